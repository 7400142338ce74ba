"""Check that search finds every passage containing a string, as a plain scan does.

    python benchmarks/recall.py REPORTS.jsonl [MORE ...] [--each 1500] [--seed 1] [--no-stock]

Four kinds of strings are drawn from the passages' text: words of jieba's dictionary, pairs of
neighbouring words, runs of 2-5 Chinese characters, and runs of 1-12 characters of any kind. Each is
searched for in quotation marks, where the passages found must be exactly those of the scan, and
bare, where all passages of the scan must be found and rank before all others. The rival is Whoosh
with jieba's ``ChineseAnalyzer`` over the same passages, queried for all tokens of the string.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import multiprocessing
import os
import random
import re
import shutil
import sys
import tempfile
import time
import unicodedata
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import rjieba

from reportsearch import Archive, QueryError
from reportsearch.normalise import fold

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_FIELD = re.compile(r"\w{2,9}[:：]")
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))
_FIRST_PAGE = 20


class Scan:
    """The passages that contain a string, found by ``str.find`` in their folded text."""

    def __init__(self, archive: Archive) -> None:
        """Fold the text of all passages and join it by line ends, which folding removes."""
        passages = [passage for report in archive.reports() for passage in report.passages]
        self.ids = [passage.id for passage in passages]
        self.texts = [passage.text for passage in passages]
        folded = list(map(fold, self.texts))
        if any("\n" in text for text in folded):
            raise AssertionError("a folded text holds a line end")
        self.starts: list[int] = []
        at = 0
        for text in folded:
            self.starts.append(at)
            at += len(text) + 1
        self.joined = "\n".join(folded)

    def holding(self, string: str) -> set[str]:
        """Return the ids of the passages that contain a string."""
        wanted = fold(string)
        found = set()
        at = self.joined.find(wanted)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            found.add(self.ids[number])
            # Skip to the next passage.
            after = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.joined)
            at = self.joined.find(wanted, after)
        return found


def dictionary_words(scan: Scan, chance: random.Random, count: int) -> Iterator[str]:
    """Draw words of jieba's dictionary, of 2-6 characters, that occur in the text."""
    import jieba

    with jieba.get_dict_file() as lines:
        known = [line.decode().split(" ")[0] for line in lines]
    words = [word for word in known if 2 <= len(word) <= 6 and _CHINESE.fullmatch(word)]
    chance.shuffle(words)
    for word in words:
        if fold(word) in scan.joined:
            yield word
            count -= 1
            if not count:
                return


def neighbours(scan: Scan, chance: random.Random, count: int) -> Iterator[str]:
    """Draw pairs of consecutive Chinese words in the text."""
    while count:
        words = list(rjieba.cut(chance.choice(scan.texts)))
        pairs = ["".join(pair) for pair in pairwise(words)]
        pairs = [pair for pair in pairs if _CHINESE.fullmatch(pair)]
        if pairs:
            yield chance.choice(pairs)
            count -= 1


def chinese_runs(scan: Scan, chance: random.Random, count: int) -> Iterator[str]:
    """Draw runs of 2-5 Chinese characters, cut anywhere."""
    while count:
        size = chance.randint(2, 5)
        runs = [run for run in _CHINESE.findall(chance.choice(scan.texts)) if len(run) >= size]
        if runs:
            run = chance.choice(runs)
            at = chance.randint(0, len(run) - size)
            yield run[at : at + size]
            count -= 1


def any_runs(scan: Scan, chance: random.Random, count: int) -> Iterator[str]:
    """Draw runs of 1-12 characters of any kind, as they occur in the reports."""
    while count:
        size = chance.randint(1, 12)
        text = chance.choice(scan.texts)
        if len(text) >= size:
            at = chance.randint(0, len(text) - size)
            string = text[at : at + size]
            if fold(string).strip():
                yield string
                count -= 1


KINDS: dict[str, Callable[[Scan, random.Random, int], Iterator[str]]] = {
    "dictionary words": dictionary_words,
    "neighbouring words": neighbours,
    "2-5 Chinese characters": chinese_runs,
    "1-12 of any kind": any_runs,
}


def quoted(string: str) -> str | None:
    """Quote a string with marks that it does not contain; None if there are none."""
    for opening, closing in _QUOTES:
        if opening not in string and closing not in string:
            return f"{opening}{string}{closing}"
    return None


def left_out(string: str) -> str | None:
    """Return why a bare string is not a single term (docs/query-language.md), or None."""
    plain = unicodedata.normalize("NFKC", string)
    if any(char.isspace() for char in string):
        return "holds a space: several terms"
    if plain.startswith("-"):
        return "begins with -: NOT"
    if string[0] in '"＂“「':
        return "begins with a quotation mark"
    if string[0] in "(（":
        return "begins with a bracket"
    if plain in {"OR", "AND", "NOT"}:
        return "an operator"
    if _FIELD.match(string):
        return "may begin with a field"
    return None


@dataclass
class Tally:
    """The counts of one row of the table."""

    asked: int = 0
    recall: float = 0.0
    precision: float = 0.0
    nothing: int = 0
    failures: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, string: str, wanted: set[str], found: set[str]) -> None:
        """Count the answer to one string."""
        self.asked += 1
        both = len(wanted & found)
        self.recall += both / len(wanted)
        self.precision += both / len(found) if found else 1.0
        self.nothing += not found
        if both < len(wanted):
            missed = sorted(wanted - found)
            self.failures.append(f"{string!r}: {len(missed)} missed, the first {missed[0]}")


class Ours:
    """The answers of the archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def ask(self, query: str) -> dict[str, float]:
        """Return all passages that are found, with their scores."""
        # Sorted by date, the passages of a report are consecutive, so each report is opened once.
        result = self._archive.search(query, group="passage", sort="date", limit=sys.maxsize)
        found = {hit.passages[0].id: hit.passages[0].score for hit in result.hits}
        if len(found) != len(result.hits) or len(found) != result.matched.passages:
            raise AssertionError(f"{query!r}: matched.passages is not the number of hits")
        return found

    def first(self, query: str) -> list[str]:
        """Return the first passages by relevance."""
        result = self._archive.search(query, group="passage", limit=_FIRST_PAGE)
        return [hit.passages[0].id for hit in result.hits]

    def exact(self, tally: Tally, string: str, wanted: set[str]) -> None:
        """Search for exactly the string, which must find the same set."""
        query = quoted(string)
        if query is None:
            tally.left_out["holds all kinds of quotation marks"] += 1
            return
        found = set(self.ask(query))
        tally.add(string, wanted, found)
        if found - wanted:
            extra = sorted(found - wanted)
            tally.failures.append(f"{string!r}: {len(extra)} too many, the first {extra[0]}")

    def bare(self, tally: Tally, string: str, wanted: set[str]) -> None:
        """Search for the bare string, which must find all of the set and rank it first."""
        reason = left_out(string)
        if reason:
            tally.left_out[reason] += 1
            return
        try:
            found = self.ask(string)
        except QueryError as error:
            tally.asked += 1
            tally.failures.append(f"{string!r}: refused: {error}")
            return
        tally.add(string, wanted, set(found))
        others = [score for name, score in found.items() if name not in wanted]
        least = min((found[name] for name in wanted if name in found), default=0.0)
        if others and max(others) >= least:
            tally.failures.append(f"{string!r}: a passage without it scores {max(others)}")
        first = self.first(string)
        if not wanted.issuperset(first[: len(wanted)]):
            tally.failures.append(f"{string!r}: a passage without it stands among the first")


def stock_answers(
    folder: Path, passages: Sequence[tuple[str, str]], strings: Sequence[str]
) -> list[set[str]]:
    """Return the passages that Whoosh finds for all of ChineseAnalyzer's tokens of each string.

    It runs in a separate process, which keeps jieba's dictionary out of this one.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        from jieba.analyse import ChineseAnalyzer
    from whoosh import fields, index, query

    jieba.setLogLevel(logging.WARNING)
    analyzer = ChineseAnalyzer()
    schema = fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=analyzer))
    folder.mkdir()
    stock = index.create_in(str(folder), schema)
    writer = stock.writer(limitmb=256)
    for name, text in passages:
        writer.add_document(id=name, text=text)
    writer.commit()
    answers: list[set[str]] = []
    with stock.searcher() as searcher:
        for string in strings:
            terms = sorted({token.text for token in analyzer(string)})
            asked = query.And([query.Term("text", term) for term in terms])
            found = searcher.docs_for_query(asked) if terms else ()
            answers.append({searcher.stored_fields(number)["id"] for number in found})
    return answers


def measure(archive: Archive, folder: Path, options: argparse.Namespace) -> bool:
    """Print the table; return whether search found everything that the scan finds."""
    scan = Scan(archive)
    print(f"{len(scan.ids)} passages, {len(scan.joined)} characters; seed {options.seed}\n")
    # A separate seed, so that the strings of one kind do not depend on those of another.
    asked = {
        kind: list(draw(scan, random.Random(f"{options.seed} {kind}"), options.each))  # noqa: S311
        for kind, draw in KINDS.items()
    }
    rivals: dict[str, set[str]] = {}
    if options.stock:
        strings = sorted({string for drawn in asked.values() for string in drawn})
        passages = list(zip(scan.ids, scan.texts, strict=True))
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found = pool.submit(stock_answers, folder / "stock", passages, strings).result()
        rivals = dict(zip(strings, found, strict=True))
    ours = Ours(archive)
    print(f"{'':<52}{'asked':>6}{'recall':>8}{'precision':>11}{'nothing':>9}{'failures':>10}")
    notes: list[str] = []
    for kind, drawn in asked.items():
        exact, bare, stock = Tally(), Tally(), Tally()
        for string in drawn:
            wanted = scan.holding(string)
            ours.exact(exact, string, wanted)
            ours.bare(bare, string, wanted)
            if rivals:
                stock.add(string, wanted, rivals[string])
        show(kind, "ours, quoted", exact)
        show(kind, "ours, bare", bare)
        if rivals:
            show(kind, "Whoosh + jieba, all tokens", stock)
        for name, tally in (("quoted", exact), ("bare", bare)):
            notes += [f"{kind}, {name}: FAILED {line}" for line in tally.failures]
            notes += [
                f"{kind}, {name}: {count} left out: {reason}"
                for reason, count in tally.left_out.most_common()
            ]
    print("\n" + "\n".join(notes))
    return not any(" FAILED " in note for note in notes)


def show(kind: str, name: str, tally: Tally) -> None:
    """Print one row, with means over the strings searched for."""
    asked = tally.asked or 1
    print(
        f"{kind:<24}{name:<28}{tally.asked:6}{tally.recall / asked:8.3f}"
        f"{tally.precision / asked:11.3f}{tally.nothing / asked:9.1%}{len(tally.failures):10}",
        flush=True,
    )


def unpacked(path: Path, folder: Path) -> Path:
    """Return the file itself, or a .gz file unpacked into ``folder``."""
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    with gzip.open(path) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out)
    return target


def main() -> int:
    """Measure a collection; return 1 if search missed something that the scan finds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--each", type=int, default=1500, help="strings of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-stock", dest="stock", action="store_false", help="without the rival")
    options = parser.parse_args()
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], f"load average {load}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Archive.create(folder / "index") as archive:
            archive.index([unpacked(path, folder) for path in options.paths])
            return 0 if measure(archive, folder, options) else 1


if __name__ == "__main__":
    raise SystemExit(main())
