"""Checks payloads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, Union

from . import _native
from ._arrow import ArrowArray, ArrowStream
from ._report import AppliedFix, DroppedFix, Report, Severity, judged

Payload = Union[str, bytes, bytearray, memoryview, Mapping[str, Any]]
"""JSON text, its bytes, or a dictionary that is checked as ``json.dumps`` writes it."""

Level = Literal["off", "info", "warning", "error"]

KnownKeys = Union[str, bytes, Mapping[str, Any]]
"""What :func:`keys` returns, or its JSON, as ``seamlint keys`` writes it."""


_Options = tuple[list[tuple[str, str]], list[str], list[bytes], bool, Union[bool, None], Union[str, None], Union[int, None]]
"""As the native linter takes them."""


@dataclass(frozen=True)
class Rule:
    """A rule."""

    code: str
    """Its name, such as ``dangling-reference``."""
    severity: Severity
    """The severity of its findings, unless ``Linter(rules=…)`` says otherwise."""
    on_by_default: bool
    """Whether it finds anything unless it is switched on."""
    fix: Literal["none", "safe", "unsafe", "both"]
    """What fixes it has."""
    group: str
    """What it is about."""
    since: str
    """The first version with the rule."""
    basis: Literal["documented", "model", "judgement"]
    """Who says so: a public document, the API's own model, or our judgement."""
    source: str
    """Where that is said, or why we judge so."""
    data: list[dict[str, Any]]
    """The facts that its findings have in ``data``."""
    summary: str
    """One sentence."""
    url: str
    """Its documentation."""
    docs: str
    """Its documentation, in Markdown."""


@dataclass(frozen=True)
class Fixed:
    """A text after its fixes."""

    text: str
    """The fixed text; the same text if there was nothing to fix."""
    applied: tuple[AppliedFix, ...]
    """The fixes that were applied."""
    dropped: tuple[DroppedFix, ...]
    """The fixes that were not applied, because each would make an error."""
    rounds: int
    """How many rounds of fixes it took."""
    report: Report
    """The report of the fixed text."""


class Linter:
    """Checks payloads with options. Build it once; threads share it freely, and none waits for another."""

    def __init__(
        self,
        *,
        rules: Mapping[str, Level] | None = None,
        known: KnownKeys | Iterable[KnownKeys] | None = None,
        context: Iterable[Payload] = (),
        closed_world: bool = False,
        redact: bool | None = None,
        now: str | datetime | None = None,
        max_per_code: int | None = 1000,
    ) -> None:
        """A linter with options.

        Args:
            rules: overrides the default severity of rules, by code.
            known: keys of resources that exist already, as :func:`keys` returns them; one or several.
            context: payloads whose resources exist already.
            closed_world: only resources of the payload, of ``known`` and of ``context`` exist: a reference to any other is an error.
            redact: keeps the values of the payload out of messages. Unless it is given, only ``findings``, ``verdicts`` and ``audit`` do.
            now: the current time, for ``long-past-stay``; no clock is read.
            max_per_code: how many findings of one code are listed; all are counted. ``None`` lists all.

        Raises:
            ValueError: there is no such rule or severity, or a value cannot be read.
        """
        if isinstance(context, (str, bytes, bytearray, memoryview, Mapping)):
            raise TypeError("context: a list of payloads was expected, not one payload")
        if known is None:
            all_known: Iterable[KnownKeys] = ()
        elif isinstance(known, (str, bytes, Mapping)):
            all_known = (known,)
        else:
            all_known = known
        self._options: _Options = (
            [(code, level) for code, level in (rules or {}).items()],
            [_known_text(one) for one in all_known],
            [_encode(one) for one in context],
            closed_world,
            redact,
            now.isoformat() if isinstance(now, datetime) else now,
            max_per_code,
        )
        self._native = _native.Linter(*self._options)

    def __reduce__(self) -> tuple[Any, ...]:
        # Clusters send linters to their workers.
        return _from_options, (self._options,)

    def check(self, payload: Payload) -> Report:
        """Checks a payload, however broken it is. Places in a dictionary are those in its compact JSON: look at ``pointer`` instead.

        Raises:
            TypeError: JSON cannot hold a value of the dictionary.
        """
        return judged(self._native.check(_encode(payload)))

    def check_resource(self, collection: str, resource: Payload) -> Report:
        """Checks one resource of a collection, such as ``reservations``, by itself. Pointers are relative to it.

        Its references are judged only if the linter has ``known``, ``context`` or ``closed_world``.

        Raises:
            ValueError: there is no such collection, or the text is not UTF-8.
        """
        return judged(self._native.check_resource(collection, _encode(resource)))

    def check_set(self, payloads: Mapping[str, Payload]) -> Report:
        """Checks payloads by name; those with one ``customer_key`` are one set, in which references resolve."""
        return judged(self._native.check_set([(name, _encode(payload)) for name, payload in payloads.items()]))

    def check_lines(self, lines: str | bytes) -> Report:
        """Checks JSON Lines: each line is a payload by itself."""
        return judged(self._native.check_lines(_encode(lines)))

    def fix(self, payload: Payload, *, unsafe: bool = False) -> Fixed:
        """Applies the safe fixes until nothing changes; all with ``unsafe``. Text outside the fixes stays as it is.

        Raises:
            ValueError: the text is not UTF-8.
        """
        return self._fix(payload, unsafe, None, False)

    def fix_resource(self, collection: str, resource: Payload, *, unsafe: bool = False) -> Fixed:
        """As :meth:`fix`, for one resource by itself.

        Raises:
            ValueError: there is no such collection, or the text is not UTF-8.
        """
        return self._fix(resource, unsafe, collection, False)

    def fix_lines(self, lines: str | bytes, *, unsafe: bool = False) -> Fixed:
        """As :meth:`fix`, each line of JSON Lines by itself.

        Raises:
            ValueError: the text is not UTF-8.
        """
        return self._fix(lines, unsafe, None, True)

    def _fix(self, text: Payload, unsafe: bool, collection: str | None, is_lines: bool) -> Fixed:
        result, refusals = self._native.fix(_encode(text), unsafe, collection, is_lines)
        fixed = json.loads(result)
        return Fixed(
            text=fixed["text"],
            applied=tuple(AppliedFix(**fix) for fix in fixed["applied"]),
            dropped=tuple(DroppedFix(**fix) for fix in fixed["dropped"]),
            rounds=fixed["rounds"],
            report=Report(fixed["report"], refusals),
        )

    def findings(self, column: ArrowArray | ArrowStream) -> ArrowArray | ArrowStream:
        """The findings of each payload in an Arrow column, as a list of structs; null for null.

        Takes an array or a chunked array of strings or bytes of any library with the Arrow PyCapsule interface, and gives as many lists. Texts
        are not copied. Values are kept out, unless the linter has ``redact=False``.

        Raises:
            ValueError: the column has another type, or the findings of one chunk take more than 2 GiB.
        """
        return self._native.findings(column)

    def verdicts(self, column: ArrowArray | ArrowStream) -> ArrowArray | ArrowStream:
        """What is to be said of each payload in an Arrow column as a whole, as a struct; null for null. See :meth:`findings`.

        Raises:
            ValueError: the column has another type.
        """
        return self._native.verdicts(column)

    def audit(self, batches: ArrowArray | ArrowStream, *, body: str = "body", keep: Iterable[str] = ()) -> ArrowStream:
        """Reads record batches, and streams a table with a row for each finding, and one without code for each null.

        Args:
            batches: a table, reader or batch with the Arrow PyCapsule interface. It is read while the result is.
            body: the column of the payloads.
            keep: columns that the result begins with.

        Raises:
            ValueError: there is no such column, it has another type, or one of ``keep`` is named as a column of findings.
        """
        return self._native.audit(batches, body, list(keep))

    @staticmethod
    def keys(*payloads: Payload) -> dict[str, Any]:
        """:func:`seamlint.keys`."""
        return keys(*payloads)

    @staticmethod
    def rules() -> list[Rule]:
        """:func:`seamlint.rules`."""
        return rules()

    @staticmethod
    def explain(code: str) -> str:
        """:func:`seamlint.explain`."""
        return explain(code)


@cache
def _default() -> Linter:
    return Linter()


def check(payload: Payload) -> Report:
    """Checks a payload with every default rule; see :meth:`Linter.check`."""
    return _default().check(payload)


def keys(*payloads: Payload) -> dict[str, Any]:
    """The own keys of payloads, for ``Linter(known=…)``.

    Raises:
        ValueError: a text is not UTF-8.
    """
    known: dict[str, Any] = json.loads(_native.keys([_encode(payload) for payload in payloads]))
    return known


def rules() -> list[Rule]:
    """All rules, in the order of the catalogue."""
    return [Rule(**rule) for rule in json.loads(_native.rules())]


def explain(code: str) -> str:
    """The documentation of a rule, with examples, in Markdown.

    Raises:
        ValueError: there is no such rule.
    """
    return _native.explain(code)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a payload."""
    read: dict[str, Any] = json.loads(_native.schema())
    return read


def _from_options(options: _Options) -> Linter:
    linter = Linter.__new__(Linter)
    linter._options = options
    linter._native = _native.Linter(*options)
    return linter


def _encode(payload: Payload) -> bytes:
    """The bytes of a payload. Half a surrogate pair becomes bytes that are not UTF-8, which is a finding."""
    if isinstance(payload, bytes):
        return payload
    if isinstance(payload, (bytearray, memoryview)):
        return bytes(payload)
    if not isinstance(payload, str):
        if isinstance(payload, Mapping) and not isinstance(payload, dict):
            payload = dict(payload)
        payload = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return payload.encode("utf-8", "surrogatepass")


def _known_text(known: KnownKeys) -> str:
    if isinstance(known, str):
        return known
    if isinstance(known, bytes):
        return known.decode()
    return json.dumps(dict(known))
