"""A run of the package over small reports, which builds everything that reads their text."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from reportsearch import Archive

_TEXT = """甲县人民政府副县长张三{year}年度述职报告
我是甲县副县长张三，分管教育、卫生健康和民政工作。{year}年，全县地区生产总值增长5%，新建学校3所。
一、主要工作
（一）抓好教育。推动甲县中学建设项目开工，印发《甲县教育发展规划》，比上年增加2所。
（二）抓好医疗。县医院新院区建成投用，群众满意度达98%。
二、存在不足和下一步打算
工作中还有差距，抓落实的力度不够。下一步，我们将力争新建养老院2个，办好民生实事。
"""
_TASKS = """一、重点任务
加快推进学校建设，确保全部开工。要加强医院管理，推动养老服务提质扩面。
"""
"""A list of tasks, of no year and no kind."""


def run_everything() -> None:
    """Index two small reports, search them and ask for every analysis of their text."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        entries = [{"id": f"{year}", "text": _TEXT.format(year=year)} for year in (2022, 2023)]
        entries.append({"id": "tasks", "text": _TASKS})
        rows.write_text(
            "\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8"
        )
        with Archive.create(Path(folder) / "index") as archive:
            archive.index(rows)
            ids = [info.id for info in archive.infos()]
            archive.search("教育 AND 医院")
            archive.facts_of_all()
            archive.portfolio("教育")
            archive.summary(where=["portfolio=教育"])
            archive.summary(ids[0])
            archive.year_on_year(ids[1])
            archive.reuse(ids[1])
            archive.portfolios()
