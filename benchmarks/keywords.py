"""Check the keywords of a text against those that its authors chose.

    python -m benchmarks.keywords ABSTRACTS.jsonl.gz [--half 0|1]

Each row has ``id``, ``title``, ``abstract`` and ``keywords``. All abstracts are indexed, each as a
report, and the first 5 and 10 keywords of each are compared with its authors': exact F1 on folded
strings, averaged over the texts. In a second run, the title is a heading above the abstract. The
same run measures jieba's ``extract_tags`` (tf–idf) and ``textrank`` on the same strings.

``--half`` measures every second text only, starting with the first or the second; all are indexed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reportsearch import Archive
from reportsearch.normalise import fold

DEPTHS = (5, 10)
Ranked = dict[str, list[str]]


def f1(found: Sequence[str], wanted: set[str], depth: int) -> float:
    """Return the F1 of the first ``depth`` keywords, counting missing ones as wrong."""
    right = len(set(found[:depth]) & wanted)
    return 2 * right / (depth + len(wanted)) if right else 0.0


def rows_of(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_of(row: dict[str, Any], *, with_title: bool) -> str:
    return f"{row['title']}\n{row['abstract']}" if with_title else str(row["abstract"])


def ours(rows: Sequence[dict[str, Any]], *, with_title: bool) -> Ranked:
    """Extract keywords through the archive, as a user does."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (place / "rows.jsonl").open("w", encoding="utf-8") as out:
            for row in rows:
                # A report must have a title; here it is meaningless.
                title = row["title"] if with_title else row["id"]
                report = {
                    "id": row["id"],
                    "title": title,
                    "text": text_of(row, with_title=with_title),
                }
                out.write(json.dumps(report, ensure_ascii=False) + "\n")
        with Archive.create(place / "index") as archive:
            archive.index(place / "rows.jsonl")
            started = time.perf_counter()
            found = archive.keywords(by="report", top=max(DEPTHS))
            print(f"  {len(rows)} texts in {time.perf_counter() - started:.1f} s")
    return {group.id: [entry.term for entry in group.keywords] for group in found.groups}


def jiebas(
    rows: Sequence[dict[str, Any]], method: Callable[..., list[str]], *, with_title: bool
) -> Ranked:
    return {
        row["id"]: method(text_of(row, with_title=with_title), topK=max(DEPTHS)) for row in rows
    }


def runs(rows: Sequence[dict[str, Any]], *, with_title: bool) -> Iterator[tuple[str, Ranked]]:
    import jieba
    import jieba.analyse

    jieba.setLogLevel(logging.WARNING)
    yield "reportsearch", ours(rows, with_title=with_title)
    yield "jieba TF-IDF", jiebas(rows, jieba.analyse.extract_tags, with_title=with_title)
    yield "jieba TextRank", jiebas(rows, jieba.analyse.textrank, with_title=with_title)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    rows = rows_of(options.abstracts)
    asked = rows if options.half is None else rows[options.half :: 2]
    wanted = {row["id"]: {fold(keyword) for keyword in row["keywords"]} for row in asked}
    for with_title in (False, True):
        print("abstract and title" if with_title else "abstract alone")
        for name, ranked in runs(rows, with_title=with_title):
            means = [
                sum(
                    f1([fold(term) for term in ranked[text]], keywords, depth)
                    for text, keywords in wanted.items()
                )
                / len(wanted)
                for depth in DEPTHS
            ]
            figures = "  ".join(
                f"F1@{depth} {mean:.3f}" for depth, mean in zip(DEPTHS, means, strict=True)
            )
            print(f"  {name:<16}{figures}")


if __name__ == "__main__":
    main()
