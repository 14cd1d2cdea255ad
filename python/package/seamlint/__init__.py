"""Checks Seam ``push_data`` payloads offline, before they are sent.

>>> import seamlint
>>> report = seamlint.check({"customer_key": "hotel_17", "rooms": [{"room_key": "101", "name": None}]})
>>> report.ok
False
>>> [(finding.pointer, finding.message) for finding in report]
[('/rooms/0/name', 'name is null; the API takes a string')]

An error means that the API rejects the request. A warning means that the API answers ``ok: true`` and a guest may find a locked door.
"""

from ._arrow import ArrowArray, ArrowStream
from ._linter import Fixed, Linter, Payload, Rule, check, explain, keys, rules, schema
from ._native import SCHEMA_VERSION, TIME_ZONE_DATA
from ._native import VERSION as __version__
from ._report import (
    AppliedFix,
    DroppedFix,
    Edit,
    Finding,
    Fix,
    Position,
    Range,
    Related,
    Report,
    SeamlintError,
    Severity,
)

__all__ = [
    "SCHEMA_VERSION",
    "TIME_ZONE_DATA",
    "AppliedFix",
    "ArrowArray",
    "ArrowStream",
    "DroppedFix",
    "Edit",
    "Finding",
    "Fix",
    "Fixed",
    "Linter",
    "Payload",
    "Position",
    "Range",
    "Related",
    "Report",
    "Rule",
    "SeamlintError",
    "Severity",
    "__version__",
    "check",
    "explain",
    "keys",
    "rules",
    "schema",
]
