"""Compile the catalogue of texts when the package is built, or installed in place.

    python hatch_build.py      compile it again after a change of zh.po

gettext reads ``zh.mo``; people edit ``zh.po``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE = Path(__file__).parent / "src" / "reportsearch" / "locale" / "zh.po"


def format_compiled() -> bytes:
    """Return ``zh.po`` compiled; the same texts give the same bytes."""
    with CATALOGUE.open(encoding="utf-8") as file:
        catalogue = read_po(file, locale="zh", abort_invalid=True)
    # Babel writes the moment into the header.
    catalogue.creation_date = datetime(1980, 1, 1, tzinfo=UTC)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def compile_catalogue() -> None:
    """Write ``zh.mo`` next to ``zh.po``."""
    CATALOGUE.with_suffix(".mo").write_bytes(format_compiled())


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile before the files of the package are collected."""
        compile_catalogue()


if __name__ == "__main__":
    compile_catalogue()
