"""Columns of payloads in pyarrow, Polars and DuckDB. Findings are those of the command."""

import json
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import seamlint

ROOT = Path(__file__).parents[2]
COMMAND = Path(sysconfig.get_path("scripts")) / "seamlint"
FIXTURES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/fixtures").rglob("*.json"))
BODIES = [(ROOT / path).read_bytes() for path in FIXTURES]
TEXTS = [body.decode() for body in BODIES if body.isascii()]

COLUMNS = [
    *("ordinal", "code", "severity", "resource_kind", "resource_key", "pointer", "member", "message", "help"),
    *("offset_start", "offset_end", "line", "column", "fix_safety", "fingerprint", "related_pointer"),
    *("seamlint", "schema", "iana"),
]


def command(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([COMMAND, *arguments], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def row_of(ordinal: int, finding: dict[str, Any]) -> dict[str, Any]:
    """A finding of the JSON report as a row, without what the report lacks."""
    start, end = finding["range"]["start"], finding["range"]["end"]
    return {
        "ordinal": ordinal,
        "code": finding["code"],
        "severity": finding["severity"],
        "pointer": finding["pointer"],
        "member": finding.get("data", {}).get("member"),
        "message": finding["message"],
        "help": finding.get("help"),
        "offset_start": start["offset"],
        "offset_end": end["offset"],
        "line": start["line"],
        "column": start["column"],
        "fix_safety": finding.get("fix", {}).get("safety"),
        "related_pointer": next((related["pointer"] for related in finding.get("related", [])), None),
        "seamlint": seamlint.__version__,
        "schema": seamlint.SCHEMA_VERSION,
        "iana": seamlint.TIME_ZONE_DATA,
    }


MORE = ("resource_kind", "resource_key", "fingerprint")


@pytest.mark.parametrize(("redact", "flags"), [(None, ["--redact"]), (True, ["--redact"]), (False, [])])
def test_findings_are_those_of_the_command(redact: bool | None, flags: list[str], tmp_path: Path) -> None:
    report = command("check", "--isolated", "--format", "json", *flags, *FIXTURES)
    wanted = [[row_of(*one) for one in enumerate(file["diagnostics"])] for file in report["files"]]
    linter = seamlint.Linter(redact=redact)
    lists = pa.array(linter.findings(pa.array(BODIES))).to_pylist()
    assert all(list(row) == COLUMNS for rows in lists for row in rows)
    assert [[{name: row[name] for name in row if name not in MORE} for row in rows] for rows in lists] == wanted

    table = pa.table({"push": FIXTURES, "body": BODIES, "other": BODIES})
    flat = pa.table(linter.audit(table, keep=["push"]))
    assert flat.column_names == ["push", *COLUMNS]
    assert flat.to_pylist() == [{"push": push, **row} for push, rows in zip(FIXTURES, lists, strict=True) for row in rows]

    baseline = tmp_path / "baseline.json"
    subprocess.run(
        [COMMAND, "check", "--isolated", *flags, *FIXTURES, "--write-baseline", baseline], cwd=ROOT, capture_output=True, check=True
    )
    entries = [entry for file in json.loads(baseline.read_text())["files"].values() for entry in file]
    assert sorted(entry["key"] for entry in entries) == sorted(row["fingerprint"].hex() for rows in lists for row in rows)


def test_verdicts_are_those_of_the_report() -> None:
    linter = seamlint.Linter(redact=False, max_per_code=1)
    verdicts = pa.array(linter.verdicts(pa.array(BODIES))).to_pylist()
    assert len(verdicts) == len(BODIES)
    for body, verdict in zip(BODIES, verdicts, strict=True):
        report = linter.check(body)
        summary, file = report.to_dict()["summary"], report.to_dict()["files"][0]
        assert verdict.pop("customer_key") == customer_key(body)
        assert verdict == {
            "ok": report.ok,
            **{name: summary[name] for name in ("errors", "warnings", "infos")},
            "not_listed": sum(omitted["count"] for omitted in file.get("omitted", [])),
            "first_code": next((finding.code for finding in report), None),
            "bytes": len(body),
        }


def customer_key(body: bytes) -> str | None:
    """As the first text in the payload that is JSON, or whatever seamlint reads of one that is not."""
    try:
        key = json.loads(body)["customer_key"]
        return key if isinstance(key, str) else None
    except (ValueError, KeyError, TypeError):
        read = pa.array(seamlint.Linter(redact=False).verdicts(pa.array([body]))).to_pylist()[0]["customer_key"]
        assert read is None or read in body.decode(errors="replace")
        return read  # type: ignore[no-any-return]


def test_resources() -> None:
    payload = {
        "customer_key": "c",
        "rooms": [{"room_key": "101", "name": None}, {"name": None}],
        "spaces": [{"space_key": "s", "name": "S", "customer_data": {"time_zone": "Mars"}}],
    }
    column = pa.array([json.dumps(payload)])
    open_rows = pa.array(seamlint.Linter(redact=False).findings(column)).to_pylist()[0]
    found = {(row["resource_kind"], row["resource_key"]) for row in open_rows}
    assert {("rooms", "101"), ("rooms", None), ("spaces", "s")} <= found
    redacted = pa.array(seamlint.Linter().findings(column)).to_pylist()[0]
    assert [row["resource_kind"] for row in redacted] == [row["resource_kind"] for row in open_rows]
    digests = {row["resource_key"] for row in redacted if row["resource_key"]}
    assert len(digests) == 2 and all(len(digest) == 32 for digest in digests)
    other = pa.array(seamlint.Linter().findings(pa.array([json.dumps({**payload, "customer_key": "d"})]))).to_pylist()[0]
    assert digests.isdisjoint(row["resource_key"] for row in other)
    verdict = pa.array(seamlint.Linter().verdicts(column)).to_pylist()[0]
    assert verdict["customer_key"] != "c" and len(verdict["customer_key"]) == 32


def test_nothing_of_a_payload_is_in_an_audit() -> None:
    secret = "Zaphod4711"
    payload = {"customer_key": secret, "rooms": [{"room_key": secret, "name": 4711, "description": secret}], "guests": [secret, {"guest_key": f" {secret}"}]}
    table = pa.table({"body": [json.dumps(payload), secret, f'{{"{secret[:4]}": {secret}']})
    audited = pa.table(seamlint.Linter().audit(table))
    text = json.dumps(audited.drop_columns(["fingerprint"]).to_pylist())
    assert audited.num_rows > 3 and secret not in text and "4711" not in text
    assert secret in json.dumps(pa.table(seamlint.Linter(redact=False).audit(table)).drop_columns(["fingerprint"]).to_pylist())


TYPES = [
    *(pa.string(), pa.large_string(), pa.string_view()),
    *(pa.binary(), pa.large_binary(), pa.binary_view()),
    pa.dictionary(pa.int8(), pa.string()),
]


@pytest.mark.parametrize("data_type", TYPES, ids=str)
def test_types_nulls_and_chunks(data_type: pa.DataType) -> None:
    texts = [TEXTS[0], None, TEXTS[1], "", None]
    linter = seamlint.Linter()
    wanted = pa.array(linter.findings(pa.array(texts))).to_pylist()
    assert [rows is None for rows in wanted] == [False, True, False, False, True] and wanted[3]
    column = pa.array(texts, pa.string())
    column = column.dictionary_encode().cast(data_type) if pa.types.is_dictionary(data_type) else column.cast(data_type)
    for name in ("findings", "verdicts"):
        method = getattr(linter, name)
        array = pa.array(method(column))
        array.validate(full=True)
        assert len(array) == 5 and array.null_count == 2
        assert name == "verdicts" or array.to_pylist() == wanted
        # A slice begins within its buffers.
        assert pa.array(method(column[1:4])).to_pylist() == array[1:4].to_pylist()
        chunks = pa.chunked_array([column[:2], column[2:2], column[2:]])
        assert [len(chunk) for chunk in pa.chunked_array(method(chunks)).chunks] == [2, 0, 3]
        assert pa.chunked_array(method(chunks)).to_pylist() == array.to_pylist()
    flat = pa.table(linter.audit(pa.table({"at": range(5), "body": column}), keep=["at"]))
    flat.validate(full=True)
    codes = [(row["at"], row["code"]) for row in flat.to_pylist()]
    assert codes == [(at, row["code"]) for at, rows in enumerate(wanted) for row in (rows if rows is not None else [{"code": None}])]


def test_bad_bodies_are_rows() -> None:
    large = json.dumps({"customer_key": "c", "rooms": [{"room_key": str(at), "name": None} for at in range(900_000)]})
    bodies = [b"\xff\xfe", b"\0", b"", b"[" * 200_000, b"\x1f\x8b", large.encode()]
    assert len(bodies[-1]) > 30_000_000
    rows = pa.array(seamlint.Linter().findings(pa.array(bodies))).to_pylist()
    assert all(rows) and len(rows[-1]) == 1000
    assert [verdict["ok"] for verdict in pa.array(seamlint.Linter().verdicts(pa.array(bodies))).to_pylist()] == [False] * len(bodies)


def test_empty_columns() -> None:
    for column in (pa.array([], pa.string()), pa.array([None, None], pa.null())):
        assert pa.array(seamlint.Linter().findings(column)).to_pylist() == [None] * len(column)
        assert pa.array(seamlint.Linter().verdicts(column)).to_pylist() == [None] * len(column)
    assert pa.table(seamlint.Linter().audit(pa.table({"body": pa.array([], pa.string())}))).num_rows == 0


def test_what_is_no_column_of_texts() -> None:
    linter = seamlint.Linter()
    for call in (linter.findings, linter.verdicts):
        with pytest.raises(ValueError, match="strings or bytes was expected, not Int64"):
            call(pa.array([1]))
        with pytest.raises(ValueError, match="__arrow_c_array__"):
            call(["{}"])  # type: ignore[arg-type]
    table = pa.table({"body": ["{}"], "code": ["mine"], "count": [1]})
    for options, message in [
        ({"body": "bodies"}, 'bodies'),
        ({"keep": ["id"]}, 'id'),
        ({"keep": ["code"]}, 'keep has "code", which is a column of findings: rename yours'),
        ({"body": "count"}, "strings or bytes was expected, not Int64"),
    ]:
        with pytest.raises(ValueError, match=message):
            linter.audit(table, **options)  # type: ignore[arg-type]


def test_an_audit_streams() -> None:
    taken = 0

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal taken
        for at in range(100):
            taken += 1
            yield pa.record_batch({"at": [at], "body": ["{}"]})

    reader = pa.RecordBatchReader.from_batches(pa.schema({"at": pa.int64(), "body": pa.string()}), batches())
    audit = pa.RecordBatchReader.from_stream(seamlint.Linter().audit(reader, keep=["at"]))
    assert taken == 0
    assert audit.read_next_batch()["at"].to_pylist() == [0]
    assert taken < 5
    assert audit.read_all()["at"].to_pylist() == list(range(1, 100))
    # One batch of a large log becomes several.
    bad = json.dumps({"customer_key": "c", "rooms": [{"room_key": str(at), "name": None} for at in range(1000)]})
    audit = pa.RecordBatchReader.from_stream(seamlint.Linter().audit(pa.table({"at": range(200), "body": [bad] * 200}), keep=["at"]))
    sizes = [batch.num_rows for batch in audit]
    assert sum(sizes) == 200_000 and max(sizes) <= 67_000


def test_errors_of_a_reader_are_passed_on() -> None:
    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"body": ["{}"]})
        raise OSError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"body": pa.string()}), batches())
    audit = pa.RecordBatchReader.from_stream(seamlint.Linter().audit(reader))
    with pytest.raises(Exception, match="the disk is gone"):
        audit.read_all()


def flat_rows(linter: seamlint.Linter) -> list[tuple[Any, ...]]:
    lists = pa.array(linter.findings(pa.array(TEXTS))).to_pylist()
    return [(at, row["code"], row["pointer"], row["message"], row["fingerprint"]) for at, rows in enumerate(lists) for row in rows]


def test_polars() -> None:
    linter = seamlint.Linter()
    frame = pl.DataFrame({"at": range(len(TEXTS)), "body": TEXTS})
    flat = pl.DataFrame(linter.audit(frame, keep=["at"]))
    columns = ["at", "code", "pointer", "message", "fingerprint"]
    assert flat.select(columns).rows() == flat_rows(linter)
    findings = frame.with_columns(pl.Series(linter.findings(frame["body"])).alias("finding"))
    exploded = findings.select("at", "finding").explode("finding").drop_nulls("finding").unnest("finding")
    assert exploded.select(columns).rows() == flat_rows(linter)
    verdicts = pl.Series(linter.verdicts(frame["body"])).struct.unnest()
    assert verdicts["errors"].to_list() == [len(seamlint.check(text).errors) for text in TEXTS]


def test_duckdb() -> None:
    linter = seamlint.Linter()
    connection = duckdb.connect()
    pushes = pa.table({"push": range(len(TEXTS)), "body": TEXTS})  # noqa: F841
    audit = pa.table(linter.audit(connection.sql("select * from pushes order by push"), keep=["push"]))  # noqa: F841
    rows = connection.sql("select push, code, pointer, message, fingerprint from audit").fetchall()
    assert rows == flat_rows(linter)
    findings = pa.table({"push": range(len(TEXTS)), "found": pa.array(linter.findings(pa.array(TEXTS)))})  # noqa: F841
    rows = connection.sql("select push, f.code, f.pointer, f.message, f.fingerprint from (select push, unnest(found) as f from findings)").fetchall()
    assert rows == flat_rows(linter)
