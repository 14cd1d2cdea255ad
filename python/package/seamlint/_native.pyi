"""The extension module: bytes in, JSON and why a payload would be refused at each severity out."""

from typing import final

__all__ = ["SCHEMA_VERSION", "TIME_ZONE_DATA", "VERSION", "Linter", "explain", "keys", "rules", "schema"]

VERSION: str
SCHEMA_VERSION: str
TIME_ZONE_DATA: str

_Judged = tuple[str, tuple[str | None, str | None, str | None]]

@final
class Linter:
    def __new__(
        cls,
        rules: list[tuple[str, str]],
        known: list[str],
        context: list[bytes],
        closed_world: bool,
        redact: bool,
        now: str | None,
        max_per_code: int | None,
    ) -> Linter: ...
    def check(self, payload: bytes) -> _Judged: ...
    def check_resource(self, collection: str, resource: bytes) -> _Judged: ...
    def check_set(self, payloads: list[tuple[str, bytes]]) -> _Judged: ...
    def check_lines(self, lines: bytes) -> _Judged: ...
    def fix(self, text: bytes, with_unsafe: bool, collection: str | None, is_lines: bool) -> _Judged: ...

def keys(payloads: list[bytes]) -> str: ...
def rules() -> str: ...
def explain(code: str) -> str: ...
def schema() -> str: ...
