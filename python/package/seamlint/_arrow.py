"""What crosses between libraries by the Arrow PyCapsule interface."""

from __future__ import annotations

from typing import Protocol


class ArrowArray(Protocol):
    """An array or a record batch."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Its schema and data."""


class ArrowStream(Protocol):
    """A chunked array, a table, or a reader of batches."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Its batches."""
