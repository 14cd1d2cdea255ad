"""What Python adds to the report: objects, errors, values, threads."""

import dataclasses
import doctest
import json
import pickle
import subprocess
import sys
import sysconfig
import threading
import time
import typing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timezone
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

import seamlint

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schema/report.v1.schema.json").read_text())
GOOD = {"customer_key": "c", "sites": [{"site_key": "n", "name": "North"}]}
BAD = {"customer_key": "c", "sites": [{"site_key": "n", "name": None}], "colour": "red"}


def test_report() -> None:
    report = seamlint.check(BAD)
    assert not report.ok
    assert [finding.code for finding in report.errors] == ["schema-type"]
    assert [finding.code for finding in report.warnings] == ["unknown-member"]
    assert report.infos == ()
    assert list(report) == list(report.findings) == [*report.errors, *report.warnings]
    error = report.errors[0]
    text = json.dumps(BAD, separators=(",", ":"))
    assert text[error.range.start.offset : error.range.end.offset] == "null"
    assert error.pointer == "/sites/0/name"
    assert str(error) == f"1:{error.range.start.column}: error[schema-type] name is null; the API takes a string"
    assert repr(report) == "<seamlint.Report errors=1, warnings=1, infos=0>"
    assert seamlint.check(GOOD).ok and bool(seamlint.check(GOOD))
    assert report == seamlint.check(text) == seamlint.check(text.encode()) != seamlint.check(GOOD)
    copied = report.to_dict()
    copied["files"].clear()
    assert report.to_dict()["files"]


@pytest.mark.parametrize("wrap", [str.encode, lambda text: bytearray(text.encode()), lambda text: memoryview(text.encode())])
def test_bytes(wrap: Any) -> None:
    assert seamlint.check(wrap('{"customer_key":"é"')) == seamlint.check('{"customer_key":"é"')


def test_mappings_that_are_no_dictionaries() -> None:
    assert seamlint.check(MappingProxyType(BAD)) == seamlint.check(BAD)


def test_values_that_json_cannot_hold() -> None:
    with pytest.raises(TypeError, match="set is not JSON serializable"):
        seamlint.check({"customer_key": {"c"}})
    with pytest.raises(TypeError, match="Path"):
        seamlint.check(Path("payload.json"))  # type: ignore[arg-type]
    # What json.dumps writes is what would be sent.
    assert [finding.code for finding in seamlint.check({"customer_key": float("nan")})][-1:] == ["json-syntax"]


@pytest.mark.parametrize("text", ["", "\0", "\ud800", '{"customer_key": "\udfff"}', b"\xff\xfe", b"\xff", "[" * 100_000, "\N{BYTE ORDER MARK}{}"])
def test_any_text_has_a_report(text: str | bytes) -> None:
    report = seamlint.check(text)
    assert report.errors
    assert seamlint.Linter().check_lines(text).to_dict()["version"] == 1


def test_errors_have_the_report() -> None:
    seamlint.check(GOOD).raise_for_errors("info")
    report = seamlint.check(BAD)
    with pytest.raises(seamlint.SeamlintError, match=r"^the payload has 1 error; the first, at line 1, column 53: name is null"):
        report.raise_for_errors()
    with pytest.raises(seamlint.SeamlintError, match="^the payload has 1 error, 1 warning; ") as caught:
        report.raise_for_errors(fail_on="warning")
    assert caught.value.report is report
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.report) == (str(caught.value), report)
    with pytest.raises(ValueError, match="fail_on"):
        report.raise_for_errors("loud")  # type: ignore[arg-type]
    both = seamlint.Linter().check_set({"a": BAD, "b": GOOD, "c": b"{"})
    with pytest.raises(seamlint.SeamlintError, match="(?s)^a: the payload has .*\nc: the payload has [^\n]*$"):
        both.raise_for_errors()


def test_warnings_are_no_errors() -> None:
    report = seamlint.check({**GOOD, "colour": "red"})
    report.raise_for_errors()
    assert report.ok and report.warnings


def test_redacted() -> None:
    report = seamlint.Linter(redact=True).check({"customer_key": "c", "rooms": [{"room_key": "r", "name": 4711}]})
    assert report.errors and "4711" not in json.dumps(report.to_dict())
    with pytest.raises(seamlint.SeamlintError) as caught:
        report.raise_for_errors()
    assert "4711" not in str(caught.value)


def test_resources() -> None:
    stay = {
        "reservation_key": "r",
        "space_keys": ["101"],
        "starts_at": "2026-12-01T15:00:00Z",
        "ends_at": "2026-12-02T11:00:00Z",
    }

    def codes(linter: seamlint.Linter) -> set[str]:
        return {finding.code for finding in linter.check_resource("reservations", stay)}

    assert "dangling-reference" not in codes(seamlint.Linter())
    assert "dangling-reference" in codes(seamlint.Linter(closed_world=True))
    spaces = {"customer_key": "c", "spaces": [{"space_key": "102", "name": "102"}]}
    assert "dangling-reference" in codes(seamlint.Linter(context=[spaces]))
    assert "dangling-reference" in codes(seamlint.Linter(known=seamlint.keys(spaces)))
    fixed = seamlint.Linter().fix_resource("rooms", '{ "room_key": "1", "name": "N" , }')
    assert fixed.text == '{ "room_key": "1", "name": "N"  }' and fixed.report.ok
    for call in (seamlint.Linter().check_resource, seamlint.Linter().fix_resource):
        with pytest.raises(ValueError, match='there is no collection "romms"; did you mean "rooms"?'):
            call("romms", "{}")


def test_fixes() -> None:
    fixed = seamlint.Linter().fix('{ "customer_key": " c", "sites": [{ "site_key": "n", "name": "N" },] }')
    assert fixed.text == '{ "customer_key": "c", "sites": [{ "site_key": "n", "name": "N" }] }'
    assert [fix.safety for fix in fixed.applied] == ["safe", "safe"]
    assert fixed.report.ok and fixed.dropped == () and fixed.rounds >= 1
    assert seamlint.Linter().fix_lines('{}\n{ "customer_key": "c", }\r\n').text == '{}\n{ "customer_key": "c" }\r\n'
    with pytest.raises(ValueError, match="not UTF-8"):
        seamlint.Linter().fix(b"\xff")


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"rules": {"unknown-membr": "off"}}, ValueError, 'there is no rule "unknown-membr"; did you mean "unknown-member"?'),
        ({"rules": {"unknown-member": "loud"}}, ValueError, 'rules["unknown-member"]: unknown variant `loud`, expected one of'),
        ({"now": "today"}, ValueError, '"today" is not an RFC 3339 date and time'),
        ({"now": datetime(2026, 11, 30)}, ValueError, "is not an RFC 3339 date and time"),  # noqa: DTZ001
        ({"known": {"version": 2, "customers": {}}}, ValueError, "version 2 of known keys"),
        ({"known": "payload.json"}, ValueError, "expected value"),
        ({"context": GOOD}, TypeError, "context: a list of payloads was expected"),
        ({"context": [b"\xff"]}, ValueError, "not UTF-8"),
        ({"closed_wrold": True}, TypeError, "closed_wrold"),
    ],
)
def test_wrong_options(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        seamlint.Linter(**options)
    assert message in str(caught.value)


def test_now_may_be_a_date() -> None:
    past = datetime(2030, 1, 1, tzinfo=timezone.utc)
    stay = (ROOT / "tests/fixtures/readme.json").read_bytes()
    reports = [seamlint.Linter(now=now).check(stay) for now in (past, past.isoformat(), None)]
    assert reports[0] == reports[1] != reports[2]


def test_explain() -> None:
    assert seamlint.explain("schema-type").startswith("schema-type (error, ")
    with pytest.raises(ValueError, match='there is no rule "schema-typ"; did you mean "schema-type"?'):
        seamlint.explain("schema-typ")
    linter = seamlint.Linter()
    assert linter.explain("schema-type") == seamlint.explain("schema-type")
    assert linter.rules() == seamlint.rules() and linter.keys(GOOD) == seamlint.keys(GOOD)


TYPES = {
    "Finding": (seamlint.Finding, {"path"}),
    "Fix": (seamlint.Fix, set()),
    "Edit": (seamlint.Edit, set()),
    "Related": (seamlint.Related, set()),
    "Range": (seamlint.Range, set()),
    "Position": (seamlint.Position, set()),
}


@pytest.mark.parametrize("name", TYPES)
def test_types_are_those_of_the_report(name: str) -> None:
    described = SCHEMA["$defs"][name]
    ours, more = TYPES[name]
    fields = {field.name: field for field in dataclasses.fields(ours)}
    assert set(fields) == set(described["properties"]) | more
    required = {
        name
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    assert required == set(described["required"]) - {"data"} & set(fields)
    assert set(typing.get_args(seamlint.Severity)) == {one["const"] for one in SCHEMA["$defs"]["Severity"]["oneOf"]}


def payload_of(count: int) -> str:
    spaces = [{"space_key": str(at), "name": f"Room {at}"} for at in range(count)]
    return json.dumps({"customer_key": "c", "spaces": [*spaces, {"space_key": ""}]})


def test_threads_share_a_linter() -> None:
    linter = seamlint.Linter(rules={"blank-name": "error"})
    payloads = [payload_of(count) for count in range(64)]
    wanted = [linter.check(payload) for payload in payloads]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(linter.check, payloads)) == wanted


def test_the_lock_of_the_interpreter_is_released() -> None:
    payload = payload_of(50_000).encode()
    linter = seamlint.Linter()
    begin = time.perf_counter()
    linter.check(payload)
    alone = time.perf_counter() - begin
    thread = threading.Thread(target=linter.check, args=[payload])
    longest = 0.0
    thread.start()
    while thread.is_alive():
        begin = time.perf_counter()
        time.sleep(0)
        longest = max(longest, time.perf_counter() - begin)
    thread.join()
    # Held, the lock would keep this loop from running for as long as the check takes.
    assert longest < alone / 2


def test_linters_go_to_other_processes() -> None:
    linter = seamlint.Linter(rules={"unknown-member": "off"}, known=seamlint.keys(GOOD), now=datetime.now(timezone.utc))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(linter.check, BAD).result() == linter.check(BAD) != seamlint.check(BAD)


def test_the_command_starts_as_fast_as_any() -> None:
    command = str(Path(sysconfig.get_path("scripts")) / "seamlint")
    version = [command, "--version"]
    done = subprocess.run([sys.executable, "-m", "seamlint", "check", "-"], input=b"{", capture_output=True, check=False)
    assert done.returncode == 1 and b"unclosed object" in done.stdout
    assert subprocess.run(version, capture_output=True, check=True, text=True).stdout.startswith(f"seamlint {seamlint.__version__}\n")

    def fastest(*arguments: str) -> float:
        times = []
        for _ in range(10):
            begin = time.perf_counter()
            subprocess.run(arguments, capture_output=True, check=True)
            times.append(time.perf_counter() - begin)
        return min(times)

    # An empty process costs the same; Python alone would cost more than the command may.
    extra = fastest(*version) - fastest("/bin/true" if sys.platform != "win32" else "hostname")
    print(f"the command starts {extra * 1000:.1f} ms after an empty process")
    assert extra < 0.015


def test_examples() -> None:
    assert doctest.testmod(seamlint).attempted
    assert doctest.testmod(seamlint).failed == 0


@pytest.mark.parametrize("page", ["docs/python.md", "python/README.md"])
def test_examples_of_the_pages(page: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pushes").mkdir()
    pl.DataFrame({"push_id": [1, 2], "body": [json.dumps(GOOD), json.dumps(BAD)]}).write_parquet(tmp_path / "pushes/1.parquet")
    monkeypatch.chdir(tmp_path)
    blocks = [block.removeprefix("python\n") for block in (ROOT / page).read_text().split("```")[1::2] if block.startswith("python\n")]
    assert blocks
    names: dict[str, Any] = {"rooms": GOOD, "sites": GOOD}
    for block in blocks:
        if "report.raise_for_errors()" in block:
            with pytest.raises(seamlint.SeamlintError, match="the payload has 1 error; the first, at line 1, column 62: name is null"):
                exec(block, names)  # noqa: S102
        else:
            exec(block, names)  # noqa: S102
    assert "error /rooms/0/name name is null; the API takes a string" in capsys.readouterr().out
