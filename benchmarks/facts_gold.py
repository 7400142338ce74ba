"""Measure precision and recall of each kind of fact against tests/gold/facts/.

    python benchmarks/facts_gold.py [--misses] [GOLD.json ...]

A figure counts as found if the spans of its number and unit overlap those of the gold, value, low,
high and masked are equal, the units are equal after folding, and the names agree. Names agree if,
folded and without quotation marks, 的 and 了, one of the two ends with the other for one of the
accepted names, so that they share the head. ``strict`` is the share of figures whose name equals an
accepted one exactly. A document counts as found if its title is the same at the same place, and its
action is equal. A project counts as found if its name agrees with an accepted one as above, it
overlaps with the place that the gold quotes, and its state is the same. A time counts as found if
the spans overlap and both months are equal. Optional entries of the gold are not counted, whether
found or not. ``--misses`` lists misses and errors.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportsearch import Archive, Report
from reportsearch.models.facts import FROM_TEXT, Facts
from reportsearch.normalise import fold

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold" / "facts"
SEED = "副县长2023年履职情况的报告.txt"
KINDS = ("indicators", "citations", "projects", "periods")
_FLAT = re.compile(r"[“”‘’\"'「」的了\s]")


@dataclass
class Tally:
    """The results for one kind of fact: hits, false alarms, misses, and correct details."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    details: dict[str, list[int]] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """Return the share of the found facts that are right."""
        found = self.right + len(self.wrong)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the wanted facts that were found."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0

    def add(self, other: Tally) -> None:
        """Add the counts of another report."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        for name, values in other.details.items():
            self.details.setdefault(name, []).extend(values)

    def rate(self, detail: str) -> float:
        """Return the share of the matches with which a detail is right."""
        values = self.details.get(detail, [])
        return sum(values) / len(values) if values else 1.0


def score(report: Report, facts: Facts, gold: dict[str, Any]) -> dict[str, Tally]:
    """Score each kind of fact of a report against its gold."""
    return {
        "indicators": _indicators(report, facts, gold["indicators"]),
        "citations": _citations(report, facts, gold["citations"]),
        "projects": _projects(report, facts, gold["projects"]),
        "periods": _periods(report, facts, gold["periods"]),
    }


def _near(report: Report, entry: dict[str, Any]) -> tuple[int, int]:
    """Return the span of an entry's quotation in the clean text, in which lines may be joined."""
    wanted = "".join(entry["near"].split())
    joined, places = _without_blanks(report.text)
    found = joined.find(wanted)
    if found < 0:
        raise ValueError(f"{report.id}: {entry['near']!r} is not in the text")
    return places[found], places[found + len(wanted) - 1] + 1


@lru_cache(maxsize=1)
def _without_blanks(text: str) -> tuple[str, list[int]]:
    """Return a text without white space, and the offset of each of its characters in it."""
    places = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in places), places


def same_name(found: str, accepted: Iterable[str]) -> bool:
    """Check whether a name ends with an accepted one, or vice versa."""
    name = _FLAT.sub("", fold(found))
    others = [_FLAT.sub("", fold(other)) for other in accepted]
    return bool(name) and any(
        name.endswith(other) or other.endswith(name) for other in others if other
    )


def _matched(
    found: Sequence[Any],
    wanted: Sequence[dict[str, Any]],
    agrees: Any,
    loosely: Any,
) -> tuple[list[tuple[Any, dict[str, Any]]], list[Any], list[dict[str, Any]]]:
    """Return pairs, false alarms and misses; each entry has at most one partner.

    Overlap with an optional entry (``loosely``) is not a false alarm.
    """
    free = list(found)
    pairs = []
    missed = []
    for entry in sorted(wanted, key=lambda one: bool(one.get("optional"))):
        partner = next((one for one in free if agrees(one, entry)), None)
        if partner is not None:
            free.remove(partner)
            pairs.append((partner, entry))
        elif not entry.get("optional"):
            missed.append(entry)
    optional = [entry for entry in wanted if entry.get("optional")]
    wrong = [one for one in free if not any(loosely(one, entry) for entry in optional)]
    return [pair for pair in pairs if not pair[1].get("optional")], wrong, missed


def _indicators(report: Report, facts: Facts, wanted: list[dict[str, Any]]) -> Tally:
    spans = {id(entry): _number_span(report, entry) for entry in wanted}

    def here(one: Any, entry: dict[str, Any]) -> bool:
        start, end = spans[id(entry)]
        return bool(one.start < end and start < one.end)

    def agrees(one: Any, entry: dict[str, Any]) -> bool:
        return (
            here(one, entry)
            and (one.value, one.low, one.high) == (entry["value"], entry["low"], entry["high"])
            and one.masked == entry["masked"]
            and fold(one.unit) == fold(entry["unit"])
            and same_name(one.name, entry["names"])
        )

    pairs, wrong, missed = _matched(facts.indicators, wanted, agrees, here)
    tally = Tally(
        len(pairs),
        [f"{one.text} | {one.name} | {one.value} {one.unit}" for one in wrong],
        [f"{entry['near']} | {entry['names'][0]}" for entry in missed],
    )
    for one, entry in pairs:
        names = {_FLAT.sub("", fold(name)) for name in entry["names"]}
        for detail, right in (
            ("strict", _FLAT.sub("", fold(one.name)) in names),
            ("period", _same_period(one, entry["period"])),
            ("plan", one.is_plan == entry["plan"]),
            ("change", fold(one.change) == fold(entry["change"])),
            ("qualifier", fold(one.qualifier) == fold(entry["qualifier"])),
        ):
            tally.details.setdefault(detail, []).append(int(right))
    return tally


def _same_period(one: Any, wanted: str) -> bool:
    """Check the period as written; where the gold has none, no sentence of the figure states it."""
    return fold(one.period) == fold(wanted) if wanted else one.period_source != FROM_TEXT


def _number_span(report: Report, entry: dict[str, Any]) -> tuple[int, int]:
    start, end = _near(report, entry)
    text = report.text[start:end]
    number = re.escape(entry["number"])
    unit = r"\s*".join(map(re.escape, entry["unit"]))
    match = re.search(rf"{number}\s*(?:[余多来]|分之)?\s*{unit}", text) or re.search(
        rf"{number}.{{0,3}}?{unit}", text
    )
    if match is None:
        return start, end
    return start + match.start(), start + match.end()


def _citations(report: Report, facts: Facts, wanted: list[dict[str, Any]]) -> Tally:
    def here(one: Any, entry: dict[str, Any]) -> bool:
        start, end = _near(report, entry)
        return bool(one.start < end and start < one.end)

    def agrees(one: Any, entry: dict[str, Any]) -> bool:
        same = "".join(one.title.split()) == "".join(entry["title"].split())
        return same and here(one, entry) and one.action == entry["action"]

    pairs, wrong, missed = _matched(facts.citations, wanted, agrees, here)
    return Tally(
        len(pairs),
        [f"{one.title} | {one.action}" for one in wrong],
        [f"{entry['title']} | {entry['action']}" for entry in missed],
    )


def _projects(report: Report, facts: Facts, wanted: list[dict[str, Any]]) -> Tally:
    def here(one: Any, entry: dict[str, Any]) -> bool:
        start, end = _near(report, entry)
        return bool(one.start < end and start < one.end)

    def agrees(one: Any, entry: dict[str, Any]) -> bool:
        names = (entry["name"], *entry.get("names", ()))
        return here(one, entry) and one.state == entry["state"] and same_name(one.name, names)

    def loosely(one: Any, entry: dict[str, Any]) -> bool:
        return here(one, entry) and same_name(one.name, (entry["name"], *entry.get("names", ())))

    pairs, wrong, missed = _matched(facts.projects, wanted, agrees, loosely)
    return Tally(
        len(pairs),
        [f"{one.name} | {one.state} {one.verb}" for one in wrong],
        [f"{entry['near']} | {entry['name']} | {entry['state']}" for entry in missed],
    )


def _periods(report: Report, facts: Facts, wanted: list[dict[str, Any]]) -> Tally:
    def span(entry: dict[str, Any]) -> tuple[int, int]:
        start, end = _near(report, entry)
        at = report.text[start:end].find(entry["text"])
        return (start + at, start + at + len(entry["text"])) if at >= 0 else (start, end)

    def here(one: Any, entry: dict[str, Any]) -> bool:
        start, end = span(entry)
        return bool(one.start < end and start < one.end)

    def agrees(one: Any, entry: dict[str, Any]) -> bool:
        return here(one, entry) and (one.first, one.last) == (entry["first"], entry["last"])

    pairs, wrong, missed = _matched(facts.periods, wanted, agrees, here)
    tally = Tally(
        len(pairs),
        [f"{one.text} {one.first} {one.last}" for one in wrong],
        [f"{entry['near']} | {entry['text']} {entry['first']} {entry['last']}" for entry in missed],
    )
    tally.details["text"] = [int(one.text == entry["text"]) for one, entry in pairs]
    return tally


def measured(archive: Archive, paths: Iterable[Path]) -> dict[str, dict[str, Tally]]:
    """Return the tallies of each report of the gold, by its id."""
    found = {}
    for path in sorted(paths):
        gold = json.loads(path.read_text(encoding="utf-8"))
        report = archive.show(gold["report"])
        found[gold["report"]] = score(report, archive.facts(report.id), gold)
    return found


def total(tallies: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    """Sum the tallies of several reports."""
    sums = {kind: Tally() for kind in KINDS}
    for one in tallies:
        for kind in KINDS:
            sums[kind].add(one[kind])
    return sums


def _print(name: str, tallies: dict[str, Tally], *, misses: bool) -> None:
    print(f"\n{name}")
    for kind in KINDS:
        tally = tallies[kind]
        found = tally.right + len(tally.wrong)
        wanted = tally.right + len(tally.missed)
        details = "  ".join(f"{name} {tally.rate(name):.3f}" for name in tally.details)
        print(
            f"  {kind:<10} {tally.right}/{found}/{wanted}  "
            f"P {tally.precision:.3f}  R {tally.recall:.3f}  {details}"
        )
        if misses:
            for text in tally.missed:
                print(f"      missed  {text}")
            for text in tally.wrong:
                print(f"      wrong   {text}")


def main() -> None:
    """Print right/found/wanted, precision and recall of each report and kind."""
    misses = "--misses" in sys.argv
    paths = [Path(name) for name in sys.argv[1:] if name.endswith(".json")]
    archive = Archive.in_memory()
    archive.index([ROOT / "corpus"])
    found = measured(archive, paths or sorted(GOLD.glob("*.json")))
    for name, tallies in found.items():
        _print(name, tallies, misses=misses)
    _print(
        "all but the seed", total(one for name, one in found.items() if name != SEED), misses=False
    )


if __name__ == "__main__":
    main()
