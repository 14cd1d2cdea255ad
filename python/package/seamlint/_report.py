"""The JSON report as Python objects. ``schema/report.v1.schema.json`` describes each member, and a test compares both."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Position:
    """A place in a text."""

    offset: int
    """0-based, in bytes of UTF-8."""
    line: int
    """1-based."""
    column: int
    """1-based, in characters."""


@dataclass(frozen=True)
class Range:
    """A part of a text."""

    start: Position
    """The first character."""
    end: Position
    """After the last character."""


@dataclass(frozen=True)
class Related:
    """Another place that explains a finding."""

    pointer: str
    """JSON Pointer (RFC 6901)."""
    range: Range
    """Where it is."""
    message: str
    """What is there."""
    path: str | None = None
    """The name of the payload, if it is another one of the set."""


@dataclass(frozen=True)
class Edit:
    """One replacement in the text."""

    range: Range
    """What is replaced; empty for an insertion."""
    text: str
    """The replacement; empty for a removal."""


@dataclass(frozen=True)
class Fix:
    """A fix for a finding."""

    title: str
    """What it does."""
    safety: Literal["safe", "unsafe"]
    """Whether it may be applied without asking."""
    edits: tuple[Edit, ...] = ()
    """In the order of the text. Left out if values are redacted."""


@dataclass(frozen=True)
class Finding:
    """One finding: what is wrong, where, why it matters and what to do."""

    code: str
    """The rule."""
    severity: Severity
    """How much it matters."""
    message: str
    """What is wrong."""
    url: str
    """Where the rule is documented."""
    pointer: str
    """JSON Pointer (RFC 6901); ``""`` is the whole payload."""
    range: Range
    """Where it is in the text."""
    note: str | None = None
    """Why it matters."""
    help: str | None = None
    """What to do."""
    within: str | None = None
    """JSON Pointer to the payload, if it is inside other JSON."""
    related: tuple[Related, ...] = ()
    """Other places that explain it."""
    fix: Fix | None = None
    """A fix for it."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """Facts for programs."""
    group: str | None = None
    """What it has in common with other findings of the payload."""
    path: str = ""
    """The name of the payload in a set."""

    def __str__(self) -> str:
        start = self.range.start
        before = f"{self.path}:" if self.path else ""
        return f"{before}{start.line}:{start.column}: {self.severity}[{self.code}] {self.message}"


@dataclass(frozen=True)
class AppliedFix:
    """A fix that was applied."""

    code: str
    """The rule whose finding it fixes."""
    title: str
    """What it did."""
    safety: Literal["safe", "unsafe"]
    """Whether it was safe."""


@dataclass(frozen=True)
class DroppedFix:
    """A fix that was not applied, because it would make an error."""

    code: str
    """The rule whose finding it would fix."""
    pointer: str
    """The place of the finding."""
    title: str
    """What it would do."""
    safety: Literal["safe", "unsafe"]
    """Whether it is safe."""
    reason: str
    """The message of the error that it would make."""


class SeamlintError(Exception):
    """A payload with findings that should not be sent."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message, report)
        self.report = report
        """Everything that was found, warnings included."""

    def __str__(self) -> str:
        return str(self.args[0])


class Report:
    """What a check has found, in the order of the text. Iterates over the findings."""

    def __init__(self, report: dict[str, Any], refusals: tuple[str | None, str | None, str | None]) -> None:
        """Is called by :class:`~seamlint.Linter`."""
        self._report = report
        self._refusals = refusals

    @property
    def ok(self) -> bool:
        """Whether the API would take the payload: there is no error."""
        return self._refusals[0] is None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, at most ``max_per_code`` of each code; ``to_dict()["summary"]`` counts all."""
        return tuple(
            _finding(finding, file["path"]) for file in self._report["files"] for finding in file["diagnostics"]
        )

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the API would reject the request."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that the API accepts, and after which something goes wrong."""
        return self._of("warning")

    @property
    def infos(self) -> tuple[Finding, ...]:
        """The findings that are worth one look."""
        return self._of("info")

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Report) and self._report == other._report

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={self._report['summary'][name]}" for name in ("errors", "warnings", "infos"))
        return f"<seamlint.Report {counts}>"

    def to_dict(self) -> dict[str, Any]:
        """The report as ``seamlint check --format json`` writes it: version 1 of the JSON report."""
        return copy.deepcopy(self._report)

    def raise_for_errors(self, fail_on: Severity = "error") -> None:
        """Raises an error that has the report, if there is a finding of this severity or above.

        Raises:
            SeamlintError: there is such a finding.
            ValueError: there is no such severity.
        """
        if fail_on not in _SEVERITIES:
            raise ValueError(f'fail_on is {fail_on!r}: "error", "warning" or "info" was expected')
        refusal = self._refusals[_SEVERITIES.index(fail_on)]
        if refusal is not None:
            raise SeamlintError(refusal, self)


def judged(result: tuple[str, tuple[str | None, str | None, str | None]]) -> Report:
    """The report of a native result."""
    text, refusals = result
    return Report(json.loads(text), refusals)


def _finding(finding: dict[str, Any], path: str) -> Finding:
    rest = dict(finding)
    rest["range"] = _range(finding["range"])
    rest["related"] = tuple(Related(**{**one, "range": _range(one["range"])}) for one in finding.get("related", ()))
    if fix := finding.get("fix"):
        edits = tuple(Edit(_range(edit["range"]), edit["text"]) for edit in fix.get("edits", ()))
        rest["fix"] = Fix(**{**fix, "edits": edits})
    return Finding(**rest, path=path)


def _range(range: dict[str, Any]) -> Range:
    return Range(Position(**range["start"]), Position(**range["end"]))
