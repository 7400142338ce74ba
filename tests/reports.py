"""Small reports as rows of a file, and the same archive of them on disk and in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

from reportsearch import Archive, lexicon
from reportsearch.models.search import Concordance, PassageHit, SearchResult

Row = Mapping[str, object]


def row(report: str, *paragraphs: str, **metadata: object) -> Row:
    """A report as a row of a .jsonl file; each paragraph is a passage."""
    return {"id": report, "title": report, "text": "\n".join(paragraphs), **metadata}


# The nearest in meaning to 老人没人照顾怎么办 is not the one that has most of its words.
CARE = (
    row("a", "老人节没人缺席，老人照常登台，怎么办好节目大家出主意。"),
    row("b", "为独居老人配备护理员，上门照料，老人不愁没人管。"),
    row("c", "照顾烈属，没人掉队。怎么办案、怎么办证都有说明。"),
    row("d", "老人饭堂开业，助餐到家。"),
    row("e", "公路养护到位，桥梁维修。"),
    row("f", "没人举报，怎么办都行。"),
)


def write_rows(path: Path, rows: Sequence[Row]) -> Path:
    lines = [json.dumps(entry, ensure_ascii=False) + "\n" for entry in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def in_memory(place: Path, *rows: Row, vocabulary: str = "") -> Archive:
    """The reports in memory alone, where the index on disk would say no more."""
    words = place / lexicon.USER_FILE
    words.write_text(vocabulary, encoding="utf-8")
    archive = Archive.in_memory(words)
    assert archive.index(write_rows(place / "rows.jsonl", rows)).failed == ()
    return archive


class Both:
    """The same reports in an index on disk and in memory; every answer has to be the same."""

    def __init__(self, place: Path, *rows: Row, vocabulary: str = "") -> None:
        words = place / lexicon.USER_FILE if vocabulary else None
        if words:
            words.write_text(vocabulary, encoding="utf-8")
        self._rows = place / "rows.jsonl"
        self.place = place / "index"
        self.disk = Archive.create(self.place)
        self.memory = Archive.in_memory(words)
        self.index(*rows)

    def __enter__(self) -> Both:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.disk.close()

    def index(self, *rows: Row) -> None:
        """Make these the reports that are held."""
        write_rows(self._rows, rows)
        for archive in (self.disk, self.memory):
            assert archive.index(self._rows, prune=True).failed == ()

    def search(self, text: str, **options: Any) -> SearchResult:
        found = self.disk.search(text, **options)
        assert found == self.memory.search(text, **options)
        return found

    def kwic(self, text: str, **options: Any) -> Concordance:
        found = self.disk.kwic(text, **options)
        assert found == self.memory.kwic(text, **options)
        return found

    def passages(self, text: str, **options: Any) -> list[str]:
        """The ids of the passages that meet a query, in the order of their places."""
        found = self.search(text, group="passage", limit=10_000, **options)
        ids = [hit.passages[0].id for hit in found.hits]
        assert len(ids) == len(set(ids)) == found.matched.passages
        return sorted(ids, key=lambda id_: (id_.partition("#")[0], int(id_.partition("#")[2])))

    def marked(self, passage: PassageHit) -> list[str]:
        """What is highlighted, read from the report's clean text."""
        text = self.disk.show(passage.id.rpartition("#")[0]).text
        assert text[passage.start : passage.end] == passage.text
        assert list(passage.highlights) == sorted(passage.highlights)
        assert all(passage.start <= start < end <= passage.end for start, end in passage.highlights)
        assert all(last <= first for (_, last), (first, _) in pairwise(passage.highlights))
        return [text[start:end] for start, end in passage.highlights]


def ids(found: SearchResult) -> list[str]:
    return [hit.report.id for hit in found.hits]
