"""Compile the catalogue of texts when the package is built, or installed in place.

    python hatch_build.py      compile it again after a change of zh.po

gettext reads ``zh.mo``; people edit ``zh.po``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE = Path(__file__).parent / "src" / "reportsearch" / "locale" / "zh.po"


def compile_catalogue() -> None:
    """Write ``zh.mo`` next to ``zh.po``."""
    with CATALOGUE.open(encoding="utf-8") as file:
        catalogue = read_po(file, locale="zh", abort_invalid=True)
    with CATALOGUE.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile before the files of the package are collected."""
        compile_catalogue()


if __name__ == "__main__":
    compile_catalogue()
