"""The report and the fixes are those of the command, member by member."""

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import seamlint

ROOT = Path(__file__).parents[2]
FIXTURES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/fixtures").rglob("*") if path.is_file())
COMMAND = Path(sysconfig.get_path("scripts")) / "seamlint"

KNOWN = {"version": 1, "customers": {"hotel_17": {"spaces": ["room_101", "101"]}, "c": {"rooms": ["r"]}}}


def command(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [COMMAND, "check", "--isolated", "--format", "json", *arguments], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def read(path: str) -> bytes:
    return (ROOT / path).read_bytes()


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ({}, []),
        ({"redact": True}, ["--redact"]),
        ({"closed_world": True, "known": KNOWN}, ["--closed-world", "--known", "known.json"]),
        ({"known": [json.dumps(KNOWN)], "now": "2030-01-01T00:00:00Z"}, ["--known", "known.json", "--now", "2030-01-01T00:00:00Z"]),
        ({"max_per_code": 1, "rules": {"unknown-member": "error"}}, ["--max-per-code", "1", "--rule", "unknown-member=error"]),
        (
            {"context": [read("tests/fixtures/hotel.json")], "max_per_code": None},
            ["--context", "tests/fixtures/hotel.json", "--max-per-code", "0"],
        ),
    ],
)
def test_every_fixture(options: dict[str, Any], arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text(json.dumps(KNOWN))
    arguments = [str(tmp_path / "known.json") if argument == "known.json" else argument for argument in arguments]
    wanted = command(*arguments, *FIXTURES)
    assert [file["path"] for file in wanted["files"]] == FIXTURES
    linter = seamlint.Linter(**options)
    sums = dict.fromkeys(wanted["summary"], 0)
    for file in wanted["files"]:
        ours = linter.check(read(file["path"])).to_dict()
        assert {**ours["files"][0], "path": file["path"]} == file
        assert (ours["version"], ours["tool"]) == (wanted["version"], wanted["tool"])
        for name, count in ours["summary"].items():
            sums[name] += count
    assert sums == wanted["summary"]
    assert sums["errors"] + sums["warnings"] > 100


def test_a_set() -> None:
    report = seamlint.Linter().check_set({path: read(path) for path in FIXTURES})
    assert report.to_dict() == command("--as-set", *FIXTURES)
    assert {finding.path for finding in report} < set(FIXTURES)
    assert any(related.path for finding in report for related in finding.related)


def test_json_lines(tmp_path: Path) -> None:
    payloads = [json.loads(read(path)) for path in FIXTURES if "/worlds/" in path]
    lines = "\n".join([*map(json.dumps, payloads), '{ "customer_key": "c", "rooms": [{ "room_key": "" }] ', ""])
    (tmp_path / "pushes.jsonl").write_text(lines)
    wanted = command(str(tmp_path / "pushes.jsonl"))
    ours = seamlint.Linter().check_lines(lines).to_dict()
    ours["files"][0]["path"] = wanted["files"][0]["path"]
    assert ours == wanted
    assert ours["summary"]["errors"] > 1


@pytest.mark.parametrize(("unsafe", "flag"), [(False, "--fix"), (True, "--unsafe-fixes")])
def test_fixes(unsafe: bool, flag: str, tmp_path: Path) -> None:
    texts = {}
    for path in FIXTURES:
        try:
            texts[path.replace("/", "-")] = read(path).decode()
        except UnicodeDecodeError:
            continue
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    wanted = command(flag, *(str(tmp_path / name) for name in texts))
    linter = seamlint.Linter()
    changed = 0
    for (name, text), file in zip(texts.items(), wanted["files"], strict=True):
        fixed = linter.fix(text, unsafe=unsafe)
        assert fixed.text.encode() == (tmp_path / name).read_bytes(), name
        assert fixed.report.to_dict()["files"][0]["diagnostics"] == file["diagnostics"]
        assert (fixed.text != text) == bool(fixed.applied)
        changed += fixed.text != text
    assert changed > 20


def test_keys(tmp_path: Path) -> None:
    files = [path for path in FIXTURES if "/worlds/" in path]
    done = subprocess.run([COMMAND, "keys", *files], cwd=ROOT, capture_output=True, check=True)
    assert seamlint.keys(*map(read, files)) == json.loads(done.stdout)


def test_rules() -> None:
    done = subprocess.run([COMMAND, "rules", "--format", "json"], capture_output=True, check=True)
    wanted = json.loads(done.stdout)
    assert [vars(rule) for rule in seamlint.rules()] == wanted
    done = subprocess.run([COMMAND, "explain", "dangling-reference"], capture_output=True, check=True)
    assert seamlint.explain("dangling-reference").strip() == done.stdout.decode().strip()
    assert seamlint.schema() == json.loads(read("schema/push_data.schema.json"))


def test_the_command_is_the_native_one() -> None:
    assert COMMAND.read_bytes()[:2] != b"#!"
    assert shutil.which("seamlint", path=str(COMMAND.parent)) == str(COMMAND)
