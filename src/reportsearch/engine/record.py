"""A report as bytes, as an index on disk keeps it, and back."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from typing import Any

from reportsearch.models import Doubt, Duty, Evidence, Passage, Report, ReportInfo, Section


def pack_info(info: ReportInfo) -> bytes:
    """What is known about a report as JSON."""
    return _json(asdict(info))


def unpack_info(data: bytes) -> ReportInfo:
    """The reverse of :func:`pack_info`."""
    values = json.loads(data)
    return ReportInfo(
        **{
            **values,
            "declared": tuple(values["declared"]),
            "portfolios": tuple(values["portfolios"]),
        }
    )


def pack(report: Report) -> bytes:
    """Everything but the info, compressed; passages are kept as spans of the text."""
    return zlib.compress(
        _json(
            {
                "text": report.text,
                "sections": [asdict(section) for section in report.sections],
                "duties": [asdict(duty) for duty in report.duties],
                "doubts": [[doubt.field, doubt.reason] for doubt in report.doubts],
                "passages": [
                    [passage.start, passage.end, passage.section, passage.portfolios]
                    for passage in report.passages
                ],
            }
        ),
        level=1,
    )


def unpack(info: ReportInfo, data: bytes) -> Report:
    """The reverse of :func:`pack`."""
    values: dict[str, Any] = json.loads(zlib.decompress(data))
    text: str = values["text"]
    return Report(
        info=info,
        text=text,
        sections=tuple(_section(section) for section in values["sections"]),
        passages=tuple(
            Passage(info.id, number, start, end, text[start:end], tuple(path), tuple(portfolios))
            for number, (start, end, path, portfolios) in enumerate(values["passages"], 1)
        ),
        duties=tuple(Duty(**duty) for duty in values["duties"]),
        doubts=tuple(Doubt(info.id, field, reason) for field, reason in values["doubts"]),
    )


def _section(values: dict[str, Any]) -> Section:
    return Section(
        **{**values, "portfolios": tuple(Evidence(**entry) for entry in values["portfolios"])}
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
