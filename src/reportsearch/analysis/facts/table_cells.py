"""Table rows flattened to lines, with the unit in brackets in the row header.

    水土流失综合治理面积（平方公里）　　25　　27.4

Only a line that consists of a name, a unit and numbers counts as a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportsearch.analysis.facts.numbers import MASKED, MULTIPLIERS
from reportsearch.analysis.facts.quantity import Quantity

_BETWEEN = r"(?:\s*+\|\s*+|(?=\t|\s\s)\s++)"
_NUMBER = rf"{MASKED}|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CELL = rf"(?:[≤≥<>]?[-−]?(?:{_NUMBER})|[-—–/])"
_ROW = re.compile(
    r"[\s|]*+[^\s|()（）。;；:：,，\d][^|()（）。;；:：,，]{1,30}"
    rf"[(（](?P<unit>[^()（）]{{1,10}})[)）](?P<cells>(?:{_BETWEEN}{_CELL})+)[\s|]*"
)
_MULTIPLIED = re.compile("(?P<multiplier>[万亿]*)(?P<base>.+)")
_NUMBER_CELL = re.compile(rf"(?P<qualifier>[≤≥<>]?)(?P<number>[-−]?(?:{_NUMBER}))")


@dataclass(frozen=True)
class TableRowParser:
    """A parser of table rows; ``unit`` matches a measure, including 元/户 etc."""

    unit: re.Pattern[str]

    def find(self, text: str) -> list[Quantity]:
        """Return the quantities of a folded table row in order, or [] for any other line."""
        row = _ROW.fullmatch(text)
        unit = _MULTIPLIED.fullmatch(row["unit"]) if row else None
        if row is None or unit is None or not self.unit.fullmatch(unit["base"]):
            return []
        return list(self._iter_quantities(text, row, unit))

    def _iter_quantities(
        self, text: str, row: re.Match[str], unit: re.Match[str]
    ) -> Iterator[Quantity]:
        factor = Decimal(1)
        for char in unit["multiplier"]:
            factor *= MULTIPLIERS[char]
        for cell in _NUMBER_CELL.finditer(text, *row.span("cells")):
            is_masked = "*" in cell["number"]
            yield Quantity(
                start=cell.start(),
                end=cell.end(),
                number=cell.span("number"),
                unit=row.span("unit"),
                unit_text=row["unit"],
                value=None if is_masked else _parse_value(cell["number"]),
                low=None,
                high=None,
                is_masked=is_masked,
                is_chinese=False,
                qualifier=cell["qualifier"],
                factor=factor,
                base=unit["base"],
            )


def _parse_value(number: str) -> Decimal:
    return Decimal(number.replace(",", "").replace("−", "-"))
