"""Reports of four officials over years, and comparisons asked of both archives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportsearch.models.compare import (
    Comparison,
    TermUse,
    Uses,
)
from tests.reports import Both, Row, row

ROADS = "农村公路养护到位，农村公路通到每个村，农村公路安装护栏。" * 3

TOURISM = "乡村旅游接待游客*万人次，乡村旅游收入*亿元。" * 4

CARE = "民政服务提升，养老院建成，养老院入住老人80名。"

TRUE = "确保政令畅通。"

REPORTS = [
    row("z1", "一、交通运输", ROADS, TRUE, "二、民政", CARE,
        official="张三", year=2019, region="甲县", post="副县长"),
    row("z2", "一、交通运输", ROADS, "农村公路养护，桥梁加固。", official="张三", year=2021, region="甲县",
        post="副县长"),
    row("l1", "一、交通运输", "国道改线。" + ROADS, "二、民政", CARE, official="李四", year=2019,
        region="甲县", post="副县长"),
    row("w1", "一、文旅", TOURISM, "二、民政", CARE, official="王五", year=2021, region="乙县",
        post="副县长"),
    row("w2", "一、文旅", "乡村旅游提档，博物馆开馆。" + TRUE, official="王五", year=2023, region="乙县",
        post="县长"),
    row("k1", "一、文旅", TOURISM, "养老院建成，县图书馆开放。", official="赵六", year=2023, region="乙县", post="县长"),
    row("n1", "乡村旅游起步，乡村旅游升温。"),
]  # fmt: skip


class Asked(Both):
    """Comparisons of the index in memory; that the one on disk has the same is a test of its own."""

    def __enter__(self) -> Asked:
        return self

    def compare(self, by: str, **options: Any) -> Comparison:
        return self.memory.compare(by, **options)

    def uses(self, terms: str | Sequence[str], by: str = "year", **options: Any) -> Uses:
        return self.memory.uses(terms, by, **options)

    def use(self, term: str, by: str = "year", **options: Any) -> TermUse:
        (found,) = self.uses(term, by, **options).terms
        return found


def plain_group(*texts: str, year: int, name: str) -> list[Row]:
    return [
        row(f"{name}{number}", text, official=f"{name}某{number}", year=year)
        for number, text in enumerate(texts)
    ]


FILLER = "，".join(["水库", "桥梁", "学校", "医院"] * 12)
