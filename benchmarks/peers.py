"""Measure a search beside SQLite's FTS5 and tantivy, on the same passages and queries.

    python -m benchmarks.peers REPORTS.jsonl [MORE ...] [--sizes 24000,350000]
        [--queries 40] [--seed 1] [--keep FOLDER]

Reports, queries, rounds and times are those of benchmarks/latency.py: five kinds of queries, three
processes for each engine, and the fastest time of each query counts. reportsearch answers by a
whole ``Archive.search``. The rivals are used as a user would put them together in an afternoon,
and return less; what each returns is printed with the table. They get the normalised passages,
so that a quoted string must have the same count everywhere where it is an exact string.

The first ``similar`` of reportsearch makes the index of the nearest passages where indexing has not
made it, and is therefore listed as a part of indexing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.drawn_queries import KINDS, QUOTED, SENTENCE, Asked, draw_queries, write_passages
from benchmarks.sized_indexes import (
    Built,
    build,
    index_rows,
    kept_in,
    megabytes,
    once,
    prepared,
    processor_seconds,
)
from benchmarks.timing import (
    HEADER,
    WARM_UP,
    Answered,
    Timing,
    alone,
    answer_archive,
    in_rounds,
    load_average,
    peak_memory,
    show,
    time_all,
)
from reportsearch import Archive
from reportsearch.normalise import fold

LIMIT = 10
TRIGRAM = 3
"""FTS5 finds nothing shorter by its trigrams."""


def passages_of(texts: Path) -> Iterator[str]:
    """Yield the passages that were written for the rivals."""
    with texts.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def parts_of(query: Asked) -> list[str]:
    """Return the strings of a query that are all wanted: words, a quoted string, a sentence."""
    return [part.strip('"') for part in fold(query.text).split()]


def make_fts5(folder: Path, texts: Path) -> None:
    """Index passages with FTS5, which keeps their text as well."""
    folder.mkdir()
    with sqlite3.connect(folder / "passages.db") as database:
        database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='trigram')")
        database.executemany("INSERT INTO passages VALUES (?)", ((t,) for t in passages_of(texts)))
    database.close()


def answer_fts5(folder: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of FTS5 to the queries that have no string below three characters."""
    database = sqlite3.connect(folder / "passages.db")

    def ask(_: str, query: Asked) -> int | None:
        parts = parts_of(query)
        if min(map(len, parts)) < TRIGRAM:
            return None
        match = [" AND ".join(f'"{part}"' for part in parts)]
        where = "FROM passages WHERE passages MATCH ?"
        count: int = database.execute(f"SELECT count(*) {where}", match).fetchone()[0]
        database.execute(f"SELECT rowid {where} LIMIT {LIMIT}", match).fetchall()
        return count

    return time_all(asked, ask)


def cut_words(text: str) -> list[str]:
    """Return the words of a text, in order."""
    import rjieba

    return [word for word in rjieba.cut(text) if not word.isspace()]


def cut_pairs(text: str) -> list[str]:
    """Return the pairs of characters of a text, in order."""
    # A mark where there is space, so that no phrase is found across it.
    return " | ".join(
        " ".join(f"{first}{second}" for first, second in pairwise(run)) for run in text.split()
    ).split()


def make_tantivy(folder: Path, texts: Path, cut: Callable[[str], list[str]]) -> None:
    """Index what passages are cut into with tantivy, with positions."""
    import tantivy

    folder.mkdir()
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    writer = tantivy.Index(schema.build(), path=str(folder)).writer()
    for number, text in enumerate(passages_of(texts)):
        writer.add_document(tantivy.Document(number=number, text=" ".join(cut(text))))
    writer.commit()
    writer.wait_merging_threads()


def make_words(folder: Path, texts: Path) -> None:
    """Index words with tantivy."""
    make_tantivy(folder, texts, cut_words)


def make_pairs(folder: Path, texts: Path) -> None:
    """Index pairs of characters with tantivy."""
    make_tantivy(folder, texts, cut_pairs)


def answer_tantivy(
    folder: Path, asked: dict[str, list[Asked]], cut: Callable[[str], list[str]]
) -> Answered:
    """Time the answers of tantivy; a string that is cut into several tokens is a phrase."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher, schema = index.searcher(), index.schema

    def to_query(tokens: list[str]) -> Any:
        if len(tokens) == 1:
            return tantivy.Query.term_query(schema, "text", tokens[0])
        return tantivy.Query.phrase_query(schema, "text", tokens)

    def ask(kind: str, query: Asked) -> int | None:
        if kind == QUOTED and cut is cut_words:
            return None
        parts = [cut(part) for part in parts_of(query)]
        joined, occur = parts, tantivy.Occur.Must
        if kind == SENTENCE:
            joined = [[token] for token in dict.fromkeys(parts[0])]
            occur = tantivy.Occur.Should
        found = searcher.search(
            tantivy.Query.boolean_query([(occur, to_query(tokens)) for tokens in joined]), LIMIT
        )
        count: int = found.count
        return count

    return time_all(asked, ask)


def answer_words(folder: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of tantivy over words."""
    return answer_tantivy(folder, asked, cut_words)


def answer_pairs(folder: Path, asked: dict[str, list[Asked]]) -> Answered:
    """Time the answers of tantivy over pairs of characters."""
    return answer_tantivy(folder, asked, cut_pairs)


@dataclass(frozen=True)
class Rival:
    """Another engine: how it is built and asked, and what it returns."""

    make: Callable[[Path, Path], None]
    answer: Callable[[Path, dict[str, list[Asked]]], Answered]
    returns: str


OURS = "reportsearch"
FTS5 = "FTS5 trigram"
RETURNS = (
    "ten reports by BM25, each with its best passages, their text and highlights; exact counts of "
    "passages and reports; the filter; parts of words and synonyms, too"
)
RIVALS = {
    FTS5: Rival(
        make_fts5,
        answer_fts5,
        "ten row ids in the order of the rows, exact count; no text, ranking, groups, facets or "
        "highlights; three words without the filter; a sentence as one string; no string below "
        "three characters: queries that have one are left out, and not in the numbers",
    ),
    "tantivy words": Rival(
        make_words,
        answer_words,
        "ten bare hits by BM25, exact count; no text, groups, facets or highlights; three words "
        "without the filter; a sentence as an OR of its words; only words that rjieba cuts like "
        "that, so no quoted strings",
    ),
    "tantivy pairs": Rival(
        make_pairs,
        answer_pairs,
        "the same, a word or string as a phrase of its pairs of characters, a sentence as an OR of "
        "its pairs",
    ),
}


def first_similar(index: Path) -> Built:
    """Measure the first ``similar`` of an index; the size is that of all files afterwards."""
    before = processor_seconds()
    with Archive.open(index) as archive:
        archive.similar(text="农村饮水安全工程")
    return Built(processor_seconds() - before, peak_memory(), megabytes(index))


def show_sizes(built: dict[str, Built], answered: dict[str, Answered]) -> None:
    """Print what indexing took, and the memory of answering."""
    print(
        f"  {'':<32}{'indexing, s':>12}{'peak, MiB':>12}{'on disk, MiB':>14}{'answering, MiB':>16}"
    )
    for name, cost in built.items():
        memory = f"{answered[name].peak:.0f}" if name in answered else ""
        print(f"  {name:<32}{cost.cpu:12.1f}{cost.peak:12.0f}{cost.size:14.1f}{memory:>16}")
    print(
        f"  (processor seconds; the first similar is apart from indexing, but its size is that of "
        f"all files; a process that has only imported this script has "
        f"{alone(peak_memory):.0f} MiB)"
    )


def count_left_out(asked: dict[str, list[Asked]], answered: dict[str, Answered]) -> None:
    """Print how many queries each rival cannot answer."""
    total = sum(len(queries) - WARM_UP for queries in asked.values())
    for name in RIVALS:
        left_out = total - sum(len(timing.wall) for timing in answered[name].timings.values())
        print(f"  {name} leaves out {left_out} of {total} queries")


def compare_quoted(ours: Timing, rivals: dict[str, Timing]) -> None:
    """Print whether all count the same for quoted strings, and how much slower ours is."""
    for name, timing in rivals.items():
        if timing.wall:
            same = sum(a == b for a, b in zip(ours.matched, timing.matched, strict=True))
            print(f"  {name} counts like {OURS} for {same} of {len(ours.matched)} quoted strings")
    wall, cpu = (
        float(np.median(own) / np.median(other))
        for own, other in ((ours.wall, rivals[FTS5].wall), (ours.cpu, rivals[FTS5].cpu))
    )
    print(
        f"  quoted strings, p50: {OURS} takes {wall:.1f} times as long as {FTS5} by the clock, "
        f"{cpu:.1f} times on the processor"
    )


def measure_size(folder: Path, passages: int, index: Path, options: argparse.Namespace) -> None:
    """Print the tables of one collection."""
    texts = folder / f"{index.name}.texts"
    if not texts.is_file():
        alone(write_passages, index, texts)
    asked = alone(draw_queries, index, options.seed, options.queries + WARM_UP)
    stores = {name: folder / f"{index.name}-{name.replace(' ', '-')}" for name in RIVALS}
    built = {OURS: build(index, index_rows, index.with_name(f"{index.name}.jsonl"))}
    built[f"{OURS}, first similar"] = once(
        index.with_name(f"{index.name}-similar.built.json"), first_similar, index
    )
    built |= {name: build(stores[name], rival.make, texts) for name, rival in RIVALS.items()}
    print(f"\n{passages} passages, {load_average()}")
    answered = {OURS: in_rounds(answer_archive, index, asked)}
    for name, rival in RIVALS.items():
        answered[name] = in_rounds(rival.answer, stores[name], asked)
    print(HEADER)
    for kind in KINDS:
        for name, answers in answered.items():
            show(name, {kind: answers.timings[kind]})
    count_left_out(asked, answered)
    compare_quoted(
        answered[OURS].timings[QUOTED], {name: answered[name].timings[QUOTED] for name in RIVALS}
    )
    show_sizes(built, answered)


def main() -> int:
    """Measure the collections named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--sizes", default="24000,350000", help="in passages")
    parser.add_argument("--queries", type=int, default=40, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="indexes to use again")
    options = parser.parse_args()
    if importlib.util.find_spec("tantivy") is None:
        print("tantivy is missing: pip install 'reportsearch[benchmark]'", file=sys.stderr)
        return 1
    print(
        f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, SQLite "
        f"{sqlite3.sqlite_version}, {load_average()}\n{options.queries} queries of each kind, seed "
        f"{options.seed}; milliseconds by the clock, then on the processor; median number of "
        f"passages that match; queries answered"
    )
    for name, returns in {OURS: RETURNS, **{n: r.returns for n, r in RIVALS.items()}}.items():
        print(f"  {name}: {returns}")
    with kept_in(options.keep) as folder:
        for passages, index in prepared(folder, options).items():
            measure_size(folder, passages, index, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
