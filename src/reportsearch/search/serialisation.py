"""Serialising reports to the bytes stored in an index on disk, and back."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict
from itertools import accumulate, pairwise
from typing import Any

from reportsearch.errors import pack_message, unpack_message
from reportsearch.models.report import Duty, Evidence, Passage, Report, ReportInfo, Section
from reportsearch.search.officials import add_person

_BLOCK_CHARS = 2000
"""Least number of characters of a block of text, but for the last one."""
_SIZES = struct.Struct("<IIII")
"""Sizes in bytes of the parts before the blocks.

They are the spans of the passages with the numbers of their paths, compressed; the paths, which are
sections and portfolios, each as a line of JSON, compressed; the offsets of the blocks in the text;
and the sizes of the blocks.
"""


def pack_info(info: ReportInfo) -> bytes:
    """Serialise the metadata of a report as JSON."""
    return _dump_json({**asdict(info), "person": None})


def unpack_info(data: bytes, person: str | None = None) -> ReportInfo:
    """Return the metadata packed by :func:`pack_info`, with the official of the collection."""
    values = json.loads(data)
    info = ReportInfo(
        **{
            **values,
            "declared": tuple(values["declared"]),
            "portfolios": tuple(values["portfolios"]),
            "posts": tuple(values["posts"]),
            "inferred": tuple(values["inferred"]),
        }
    )
    return add_person(info, person)


def pack_body(report: Report) -> bytes:
    """Serialise the text and its passages, stored as spans of the text.

    The text is compressed in blocks that start with a passage, so that a few passages can be read
    without the others.
    """
    paths: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    spans = [
        number
        for passage in report.passages
        for number in (
            passage.start,
            passage.end,
            paths.setdefault((passage.section, passage.portfolios), len(paths)),
        )
    ]
    starts = _choose_block_starts(passage.start for passage in report.passages)
    ends = [*starts[1:], len(report.text)]
    blocks = [
        zlib.compress(report.text[start:end].encode(), level=1)
        for start, end in zip(starts, ends, strict=True)
    ]
    parts = [
        zlib.compress(_pack_numbers(spans), level=1),
        zlib.compress(b"\n".join(map(_dump_json, paths)), level=1),
        _pack_numbers(starts),
        _pack_numbers(map(len, blocks)),
    ]
    return b"".join([_SIZES.pack(*map(len, parts)), *parts, *blocks])


def _pack_numbers(numbers: Iterable[int]) -> bytes:
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpack_numbers(data: bytes) -> array[int]:
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _choose_block_starts(passages: Iterable[int]) -> list[int]:
    """Return the offsets at which the blocks of a text start, given those of its passages."""
    starts = [0]
    for start in passages:
        if start >= starts[-1] + _BLOCK_CHARS:
            starts.append(start)
    return starts


def pack_structure(report: Report) -> bytes:
    """Serialise everything but the info, the text and the passages, compressed."""
    return _compress_json(
        {
            "sections": [_list_section_values(section) for section in report.sections],
            "duties": [_list_values(duty) for duty in report.duties],
            "evidence": [_list_values(entry) for entry in report.evidence],
            "doubts": [[doubt.field, pack_message(doubt.reason)] for doubt in report.doubts],
        }
    )


class StoredBody:
    """A text and its passages, as serialised by :func:`pack_body`, read in part."""

    def __init__(self, report_id: str, data: bytes) -> None:
        """Read the directory of a report's body."""
        self._report_id = report_id
        self._data = data
        ends = [*accumulate(_SIZES.unpack_from(data), initial=_SIZES.size)]
        spans, paths, starts, sizes = (data[start:end] for start, end in pairwise(ends))
        self._spans = _unpack_numbers(zlib.decompress(spans))
        self._paths = zlib.decompress(paths).split(b"\n")
        self._starts = _unpack_numbers(starts)
        self._ends = [*accumulate(_unpack_numbers(sizes), initial=ends[-1])]
        self._blocks: dict[int, str] = {}

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._spans) // 3

    def read_passage(self, number: int) -> Passage:
        """Return a passage by its number, counted from 1."""
        start, end, path = self._spans[3 * number - 3 : 3 * number]
        block = bisect_right(self._starts, start) - 1
        first = self._starts[block]
        section, portfolios = json.loads(self._paths[path])
        return Passage(
            self._report_id,
            number,
            start,
            end,
            self._read_block(block)[start - first : end - first],
            tuple(section),
            tuple(portfolios),
        )

    def read_text(self) -> str:
        """Return the whole text."""
        return "".join(map(self._read_block, range(len(self._starts))))

    def _read_block(self, number: int) -> str:
        if number not in self._blocks:
            data = self._data[self._ends[number] : self._ends[number + 1]]
            self._blocks[number] = zlib.decompress(data).decode()
        return self._blocks[number]


def unpack(info: ReportInfo, body: bytes, structure: bytes) -> Report:
    """Return a report with all its parts."""
    stored = StoredBody(info.id, body)
    values: dict[str, Any] = json.loads(zlib.decompress(structure))
    return Report(
        info=info,
        text=stored.read_text(),
        sections=tuple(_build_section(section) for section in values["sections"]),
        passages=tuple(stored.read_passage(number) for number in range(1, len(stored) + 1)),
        duties=tuple(Duty(*duty) for duty in values["duties"]),
        evidence=tuple(Evidence(*entry) for entry in values["evidence"]),
        doubts=tuple(
            info.make_doubt(field, unpack_message(reason)) for field, reason in values["doubts"]
        ),
    )


def _list_values(entry: Duty | Evidence) -> list[Any]:
    """Return the values of a dataclass in order, quicker than ``asdict``.

    ``asdict`` would take a tenth of the time of indexing.
    """
    return [getattr(entry, name) for name in entry.__slots__]


def _list_section_values(section: Section) -> list[Any]:
    *plain, portfolios = (getattr(section, name) for name in section.__slots__)
    return [*plain, [_list_values(evidence) for evidence in portfolios]]


def _build_section(values: list[Any]) -> Section:
    level, heading, start, heading_end, end, parent, portfolios = values
    found = tuple(Evidence(*evidence) for evidence in portfolios)
    return Section(level, heading, start, heading_end, end, parent, found)


def _compress_json(value: object) -> bytes:
    return zlib.compress(_dump_json(value), level=1)


def _dump_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
