"""The engine that is obviously right: every query is answered by looking at every passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from reportsearch.engine import Origin, Page, Writer
from reportsearch.engine.edits import LONGEST, is_near, preference
from reportsearch.engine.highlight import occurrences, passage_hit, shown_first
from reportsearch.engine.ranking import (
    CANDIDATES,
    SHARE,
    TIERS,
    TITLE,
    Collection,
    gram_scores,
    score,
)
from reportsearch.models import FacetValue, Hit, Matched, Passage, Report, ReportInfo, SearchResult
from reportsearch.normalise import fold
from reportsearch.query import (
    And,
    Node,
    Not,
    Or,
    Query,
    ReportFilter,
    SectionFilter,
    Term,
    Text,
    positive,
)
from reportsearch.tokens import Tokenizer


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage with all that is asked of it."""

    info: ReportInfo
    passage: Passage
    folded: str
    counts: Counter[str]
    headings: frozenset[str]
    title: frozenset[str]


@dataclass(slots=True)
class _Group:
    """The passages of one report that are shown together, best first."""

    tier: int
    met: int
    score: float
    matches: list[_Entry] = field(default_factory=list)


class _Scan:
    """The evaluation of one query on all passages."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self.entries = entries
        self.words = sum(entry.counts.total() for entry in entries)
        self._holding: dict[str, int] = {}
        self._weights: dict[Text, dict[str, float]] = {}

    def collection(self, words: Iterable[str]) -> Collection:
        """The statistics that BM25 needs for some words."""
        return Collection(
            passages=len(self.entries),
            words=self.words,
            holding={word: self.holding(word) for word in words},
        )

    def holding(self, word: str) -> int:
        """The number of passages that hold a word."""
        if word not in self._holding:
            self._holding[word] = sum(word in entry.counts for entry in self.entries)
        return self._holding[word]

    def meets(self, node: Node, entry: _Entry, share: float = SHARE) -> bool:
        """Whether one passage of a report meets a part of a query."""
        if isinstance(node, Term):
            return _meets_term(node, entry)
        if isinstance(node, Text):
            return node.string in entry.folded or self._is_near(node, entry, share)
        if isinstance(node, ReportFilter):
            return node.met_by(entry.info)
        if isinstance(node, SectionFilter):
            if node.field == "portfolio":
                return node.value in entry.passage.portfolios
            return any(node.value in fold(heading) for heading in entry.passage.section)
        if isinstance(node, And):
            return all(self.meets(part, entry, share) for part in node.parts)
        if isinstance(node, Or):
            return any(self.meets(part, entry, share) for part in node.parts)
        if isinstance(node, Not):
            return not self.meets(node.part, entry)
        raise TypeError(node)

    def _is_near(self, text: Text, entry: _Entry, share: float) -> bool:
        """Whether the words of a text that a passage holds weigh enough."""
        if text not in self._weights:
            idf = self.collection(text.ranking).selecting(text.ranking)
            self._weights[text] = {}
            for other in self.entries:
                weight = 0.0
                for word in idf:
                    if word in other.counts:
                        weight += idf[word]
                self._weights[text][other.passage.id] = weight
        weights = self._weights[text]
        weight = weights[entry.passage.id]
        return weight > 0 and weight >= share * max(weights.values())

    def loosened(self, part: Node) -> Node:
        """A bare term that nothing meets is a text: its words need not all occur."""
        if isinstance(part, Term) and not part.quoted:
            met = any(self.meets(part, entry) for entry in self.entries)
            return part if met else part.as_text()
        return part


def _meets_term(term: Term, entry: _Entry) -> bool:
    """See the docstring of Term."""
    if term.string in entry.folded:
        return True
    for synonym in term.synonyms:
        counts = synonym.counts_in(entry.info.year)
        if counts and all(string in entry.folded for string in synonym.strings):
            return True
    return bool(term.words) and all(word in entry.folded for word in term.words)


class MemoryEngine:
    """Keeps everything in a dict and scans it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stored: dict[str, tuple[Report, Origin]] = {}
        self._vocabularies: dict[str, str] = {}

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One commit; see :class:`reportsearch.engine.Engine`."""
        pending = _Pending(dict(self._stored), self._vocabularies)
        yield pending
        self._stored, self._vocabularies = pending.stored, pending.vocabularies

    def close(self) -> None:
        """Nothing to do: there are no files."""

    def refresh(self) -> None:
        """Nothing to do: there is one view."""

    def purge(self) -> None:
        """Nothing to do: what is removed is gone."""

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""
        return {report_id: origin for report_id, (_, origin) in self._stored.items()}

    def vocabularies(self) -> dict[str, str]:
        """The vocabularies with which the reports were read, by id."""
        return dict(self._vocabularies)

    def infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return [report.info for report in self.reports()]

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""
        return self._stored[report_id][0]

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""
        for report_id in sorted(self._stored):
            yield self._stored[report_id][0]

    def passage_count(self) -> int:
        """The number of passages of all reports."""
        return sum(len(report.passages) for report in self.reports())

    def _scan(self) -> _Scan:
        def words(text: str) -> list[str]:
            return self._tokenizer.search_words(fold(text))

        return _Scan(
            [
                _Entry(
                    report.info,
                    passage,
                    fold(passage.text),
                    Counter(words(passage.text)),
                    frozenset(word for heading in passage.section for word in words(heading)),
                    frozenset(words(report.title)),
                )
                for report in self.reports()
                for passage in report.passages
            ]
        )

    def count(self, node: Node) -> int:
        """The number of passages that meet a node."""
        scan = self._scan()
        return sum(scan.meets(node, entry) for entry in scan.entries)

    def holding(self, strings: Iterable[str]) -> set[str]:
        """The ids of the reports whose folded text contains one of the strings."""
        wanted = list(strings)
        return {
            report.id
            for report in self.reports()
            for passage in report.passages
            if any(string in fold(passage.text) for string in wanted)
        }

    def near(self, string: str) -> str | None:
        """The string one edit away that stands in the passages; see the protocol."""
        if not 2 <= len(string) <= LONGEST:
            return None
        scan = self._scan()
        windows = {
            entry.folded[start : start + length]
            for entry in scan.entries
            for length in (len(string) - 1, len(string), len(string) + 1)
            for start in range(len(entry.folded) - length + 1)
        }
        found = []
        for window in windows:
            is_word = any(window in entry.counts for entry in scan.entries)
            if is_near(string, window) and (is_word or len(string) > 2):
                passages = sum(window in entry.folded for entry in scan.entries)
                found.append(preference(string, window, passages, is_word=is_word))
        return min(found)[-1] if found else None

    def search(self, query: Query, page: Page) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""
        scan = self._scan()
        conditions, asked = query.split()
        parts = tuple(scan.loosened(part) for part in asked)
        base = [e for e in scan.entries if all(scan.meets(node, e) for node in conditions)]

        def met(entry: _Entry, share: float = SHARE) -> int:
            """The parts that a passage meets, as bits."""
            return sum(
                1 << place for place, part in enumerate(parts) if scan.meets(part, entry, share)
            )

        masks = {entry.passage.id: met(entry) for entry in base}
        everything = (1 << len(parts)) - 1
        tier = {e.passage.id: 0 for e in base if masks[e.passage.id] == everything}
        whole = {e.info.id for e in base if e.passage.id in tier}
        apart: set[str] = set()
        if page.group == "report":
            in_report: dict[str, int] = {}
            for e in base:
                in_report[e.info.id] = in_report.get(e.info.id, 0) | masks[e.passage.id]
            apart = {name for name, mask in in_report.items() if mask == everything} - whole
            tier |= {e.passage.id: 1 for e in base if e.info.id in apart and masks[e.passage.id]}
        if not tier:
            masks = {entry.passage.id: met(entry, share=0.0) for entry in base}
            tier = {e.passage.id: 2 for e in base if masks[e.passage.id]}
        if parts != asked:
            # A term that nothing meets was made a text: nothing meets all that was asked for.
            tier = dict.fromkeys(tier, 2)
            apart = set()
        matches = [e for e in base if e.passage.id in tier]
        terms = tuple(dict.fromkeys(term for part in parts for term in positive(part)))
        relevance = self._relevance(scan, matches, terms)
        scores = {name: score(*pair) for name, pair in relevance.items()}
        groups = self._groups(matches, tier, masks, relevance, scan, terms, page)
        shown = groups[page.offset : page.offset + page.limit]
        first_tier = [e for e in matches if e.info.id not in apart]
        return SearchResult(
            query=query.text,
            matched=Matched(len({e.info.id for e in matches}), len(first_tier), len(apart)),
            hits=tuple(self._hit(group, masks, scores, terms, page) for group in shown),
            facets={facet: self._facet(facet, matches, base, terms) for facet in page.facets},
            partial=any(value == 2 for value in tier.values()),
        )

    def _relevance(
        self, scan: _Scan, matches: list[_Entry], terms: tuple[Term | Text, ...]
    ) -> dict[str, tuple[int, float]]:
        """Of each passage: how many terms it contains literally, and its relevance."""
        ranking = _words(terms)
        collection = scan.collection(ranking)
        found = {}
        for e in matches:
            exact = sum(term.string in e.folded for term in terms)
            bm25 = collection.bm25(ranking, e.counts, e.counts.total(), e.headings)
            found[e.passage.id] = exact, bm25
        texts = [term for term in terms if isinstance(term, Text)]
        if texts:
            ordered = sorted(matches, key=lambda e: (-score(*found[e.passage.id]), *_key(e)))
            best = ordered[:CANDIDATES]
            gained = gram_scores(
                texts, [e.folded for e in best], [e.counts.total() for e in best], collection
            )
            for e, gain in zip(best, gained, strict=True):
                exact, bm25 = found[e.passage.id]
                found[e.passage.id] = exact, bm25 + gain
        return found

    def _groups(
        self,
        matches: list[_Entry],
        tier: Mapping[str, int],
        masks: Mapping[str, int],
        relevance: Mapping[str, tuple[int, float]],
        scan: _Scan,
        terms: tuple[Term | Text, ...],
        page: Page,
    ) -> list[_Group]:
        by_key: dict[object, list[_Entry]] = {}
        for e in matches:
            key = e.info.id if page.group == "report" else e.passage.id
            by_key.setdefault(key, []).append(e)
        groups = []
        ranking = _words(terms)
        collection = scan.collection(ranking)
        for entries in by_key.values():
            entries.sort(key=lambda e: (-score(*relevance[e.passage.id]), e.passage.number))
            best = entries[0]
            mask = 0
            for e in entries:
                mask |= masks[e.passage.id]
            exact, own = relevance[best.passage.id]
            if page.group == "report":
                lacking = 0.0
                for word in ranking:
                    if word in best.title - best.headings - best.counts.keys():
                        lacking += collection.idf(word)
                own += TITLE * lacking
            groups.append(
                _Group(tier[best.passage.id], mask.bit_count(), score(exact, own), entries)
            )
        groups.sort(key=lambda group: _key(group.matches[0]))
        if page.sort == "relevance":
            groups.sort(key=lambda group: -group.score)
            groups.sort(key=lambda group: -group.met if group.tier == 2 else 0)
        elif page.sort == "date":
            groups.sort(key=lambda group: group.matches[0].info.dated, reverse=True)
        if page.sort != "place":
            groups.sort(key=lambda group: group.tier)
        return groups

    def _hit(
        self,
        group: _Group,
        masks: Mapping[str, int],
        scores: Mapping[str, float],
        terms: tuple[Term | Text, ...],
        page: Page,
    ) -> Hit:
        info = group.matches[0].info
        order = shown_first([masks[e.passage.id] for e in group.matches])
        return Hit(
            report=info,
            score=round(group.score, 6),
            matched=len(group.matches),
            passages=tuple(
                passage_hit(
                    group.matches[n].passage,
                    scores[group.matches[n].passage.id],
                    terms,
                    info.year,
                )
                for n in order[: page.passages]
            ),
            met=TIERS[group.tier],
        )

    def _facet(
        self,
        facet: str,
        matches: list[_Entry],
        base: list[_Entry],
        terms: tuple[Term | Text, ...],
    ) -> tuple[FacetValue, ...]:
        reports: dict[str, set[str]] = {}
        for e in matches:
            for value in _facet_values(facet, e):
                reports.setdefault(value, set()).add(e.info.id)
        without = {e.info.id for e in matches}.difference(*reports.values())
        if facet != "year":
            counted = [FacetValue(value, len(ids)) for value, ids in reports.items()]
            counted.sort(key=lambda entry: (-entry.count, entry.value))
            return (*counted, FacetValue(None, len(without))) if without else tuple(counted)
        known = sorted({e.info.year for e in base if e.info.year is not None})
        years = [*known, None] if any(e.info.year is None for e in base) else [*known]
        values = []
        for year in years:
            count = len(without if year is None else reports.get(str(year), ()))
            chars = sum(len(e.passage.text) for e in base if e.info.year == year)
            found = sum(occurrences(terms, e.folded, year) for e in matches if e.info.year == year)
            values.append(
                FacetValue(
                    None if year is None else str(year),
                    count,
                    found,
                    round(found / chars * 10_000, 4) if chars else None,
                )
            )
        return tuple(values)


@dataclass(slots=True)
class _Pending:
    stored: dict[str, tuple[Report, Origin]]
    vocabularies: dict[str, str]

    def put(self, report: Report, origin: Origin) -> None:
        """Add a report, in place of one with the same id."""
        self.stored[report.id] = (report, origin)

    def remove(self, report_id: str) -> None:
        """Drop a report."""
        self.stored.pop(report_id, None)

    def keep_vocabularies(self, texts: Mapping[str, str]) -> None:
        """Keep these in place of those that are there."""
        self.vocabularies = dict(texts)


def _words(terms: tuple[Term | Text, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for term in terms for word in term.ranking))


def _key(entry: _Entry) -> tuple[str, int]:
    return entry.info.id, entry.passage.number


def _facet_values(facet: str, entry: _Entry) -> tuple[str, ...]:
    """The values of a facet that a matching passage contributes."""
    if facet == "portfolio":
        return entry.passage.portfolios
    if facet == "declared":
        return entry.info.declared
    value = getattr(entry.info, facet)
    return () if value is None else (str(value),)
