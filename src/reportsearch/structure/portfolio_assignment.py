"""Assignment of portfolios to passages and sections, with the words that are evidence for them.

``portfolio_features.py`` gives numbers for what speaks for a portfolio in a passage: words of the
lists, the wording as a model of it sees it, run-in label and heading, what the passages around it
speak of, and the official's duties and post. They are weighed by a logistic regression, whose
weights are in ``data/portfolio_weights.toml`` (``benchmarks/portfolios.py`` learns and measures
them). A section is about what its passages are about.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice

import numpy as np

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import BASES, Duty, Evidence, Passage, Section
from reportsearch.structure.personal_sections import (
    find_personal_sections,
    find_plan_sections,
    find_weakness_sections,
)
from reportsearch.structure.portfolio_features import FEATURES, Floats, PortfolioFeatures
from reportsearch.structure.portfolio_terms import TermMatch
from reportsearch.structure.post_fields import find_post_fields, is_head_of_government
from reportsearch.tokenizer import Tokenizer

_MAX_EVIDENCE = 3
_MIN_SHARE = 0.2
"""Least share of a basis in what speaks for a portfolio, to be given as a reason."""
_FEATURES_OF_BASES = {
    "label": (),
    "heading": ("heading model", "heading above"),
    "words": ("words", "several", "declared words"),
    "model": ("sentence", "clause", "passage", "odds", "clause long", "sentence long"),
    "neighbours": ("neighbours", "between", "neighbours alone"),
    "post": ("post alone",),
}
"""The features that belong to each basis of evidence (:attr:`Evidence.basis`)."""
_ODDS = BASES.index("model")
_NAMED = 1.0
"""The sum for a portfolio that the heading or label names or that the passages around have."""


@dataclass(frozen=True)
class FeatureWeights:
    """The weight of each feature, and what is added to the weighed sum, which must exceed 0.

    ``of_bases`` has a row for each of ``BASES``, with the weights of its features alone.
    """

    weights: Floats
    intercept: float

    @cached_property
    def of_bases(self) -> Floats:
        """Return the weights by basis."""
        rows = [
            [weight if name in _FEATURES_OF_BASES[basis] else 0.0 for name, weight in named]
            for basis in BASES
            for named in [list(zip(FEATURES, self.weights.tolist(), strict=True))]
        ]
        return np.array(rows, np.float32)


@cache
def load_weights() -> FeatureWeights:
    """Return the weights that ship with the package."""
    path = files("reportsearch") / "data" / "portfolio_weights.toml"
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    weights = np.array([values["weights"].get(name, 0.0) for name in FEATURES], np.float32)
    return FeatureWeights(weights, values["intercept"])


def assign_portfolios(
    text: str,
    sections: tuple[Section, ...],
    passages: tuple[Passage, ...],
    duties: tuple[Duty, ...],
    post: str | None,
    title: str,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> tuple[tuple[Section, ...], tuple[Passage, ...], tuple[Evidence, ...]]:
    """Return the sections and passages with their portfolios, and the evidence for each passage.

    The portfolios of a passage are in order of what speaks for them. A section has those of its
    passages and subsections.
    """
    features = find_features(text, sections, passages, duties, post, title, lexicon, tokenizer)
    assigning = _Assignment(text, passages, duties, features)
    evidence = tuple(assigning.iter_evidence())
    found = tuple(
        replace(passage, portfolios=names)
        for passage, names in zip(passages, assigning.portfolios, strict=True)
    )
    return _add_to_sections(sections, features, evidence), found, evidence


def find_features(
    text: str,
    sections: tuple[Section, ...],
    passages: tuple[Passage, ...],
    duties: tuple[Duty, ...],
    post: str | None,
    title: str,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> PortfolioFeatures:
    """Return what speaks for each portfolio in each passage."""
    fields = find_post_fields(post, title, duties, lexicon, tokenizer)
    return PortfolioFeatures(
        text,
        sections,
        passages,
        duties,
        fields,
        lexicon,
        tokenizer,
        heads_all=is_head_of_government(post),
    )


class _Assignment:
    """The portfolios of the passages of one report, and the reasons."""

    def __init__(
        self,
        text: str,
        passages: tuple[Passage, ...],
        duties: tuple[Duty, ...],
        features: PortfolioFeatures,
    ) -> None:
        self._text = text
        self._passages = passages
        self._duties = duties
        self._features = features
        self._weights = load_weights()
        # einsum adds up on one thread, and so always alike.
        sums = np.einsum("f,fpc->pc", self._weights.weights, features.values)
        sums += self._weights.intercept
        for named in features.is_named.values():
            sums[named] = np.maximum(sums[named], _NAMED)
        # A table's row is about what the text above the table is about.
        sums = np.maximum(sums, sums[features.find_sources()])
        chosen: list[list[tuple[float, str]]] = [[] for _ in passages]
        numbers, columns = np.nonzero(sums > 0)
        for number, column in zip(numbers.tolist(), columns.tolist(), strict=True):
            chosen[number].append((-float(sums[number, column]), features.names[column]))
        self.portfolios = [tuple(name for _, name in sorted(found)) for found in chosen]

    def iter_evidence(self) -> Iterator[Evidence]:
        """Yield the evidence for each portfolio of each passage, in order."""
        pairs = [(number, name) for number, names in enumerate(self.portfolios) for name in names]
        numbers = [number for number, _ in pairs]
        columns = [self._features.names.index(name) for _, name in pairs]
        values = self._features.values[:, numbers, columns]
        points = np.einsum("bf,fn->bn", self._weights.of_bases, values)
        # Log odds are lowest, not zero, where nothing speaks for a portfolio.
        weight = self._weights.weights[FEATURES.index("odds")]
        points[_ODDS] += weight * (self._features["odds"][numbers, columns] != 0)
        # The heading or label that decides is the first reason.
        for basis, named in self._features.is_named.items():
            points[BASES.index(basis)] += _NAMED * points.sum(0) * named[numbers, columns]
        for (number, name), of_bases in zip(pairs, points.T.tolist(), strict=True):
            kept = islice(self._iter_entries(number, name, of_bases), _MAX_EVIDENCE)
            yield from sorted(dict.fromkeys(kept), key=lambda entry: entry.start)

    def _iter_entries(self, number: int, name: str, points: Sequence[float]) -> Iterator[Evidence]:
        """Yield the evidence of each basis, that of the weightiest basis first."""
        least = _MIN_SHARE * sum(one for one in points if one > 0)
        given = False
        for at in sorted(range(len(points)), key=lambda one: -points[one]):
            if points[at] < least and given:
                break
            for start, end, shown in self._find_spans(BASES[at], number, name):
                given = True
                yield Evidence(name, shown, start, end, BASES[at], self._passages[number].number)

    def _find_spans(self, basis: str, number: int, name: str) -> list[tuple[int, int, str]]:
        part = self._features.parts[number]
        if basis == "label":
            return _list_spans(part.labels, name)
        if basis == "words":
            return _list_spans(part.own, name)
        if basis == "heading":
            return self._find_heading_spans(part.section, name)
        if basis == "neighbours":
            beside = self._features.around[number]
            spans = [self._features.parts[one] for one in beside if one is not None]
            return [
                span
                for one in spans
                for span in (
                    _list_spans(one.own, name) or self._find_strongest(one.start, one.end, name, 1)
                )[:1]
            ]
        if basis == "post" and name in self._features.fields:
            return [self._find_post_span(name)]
        return self._find_strongest(part.start, part.end, name, _MAX_EVIDENCE)

    def _find_heading_spans(self, section: int | None, name: str) -> list[tuple[int, int, str]]:
        for one in self._features.iter_sections_around(section):
            if found := _list_spans(self._features.headings[one], name):
                return found
        if section is None:
            return []
        heading = self._features.sections[section]
        return self._find_strongest(heading.start, heading.heading_end, name, 1)

    def _find_strongest(
        self, start: int, end: int, name: str, count: int
    ) -> list[tuple[int, int, str]]:
        spans = self._features.find_strongest(start, end, name, count)
        return [(*span, self._text[slice(*span)]) for span in spans]

    def _find_post_span(self, name: str) -> tuple[int, int, str]:
        """Return where the text says that the official heads a field; the title may be outside."""
        words = self._features.fields[name]
        for duty in self._duties:
            if duty.role == "主持" and duty.portfolio == name:
                return duty.start, duty.end, duty.item
        at = self._text.find(words)
        return (at, at + len(words), words) if at >= 0 else (0, 0, words)


def _list_spans(matches: Sequence[TermMatch], name: str) -> list[tuple[int, int, str]]:
    """Return the different words for a portfolio, names of it first."""
    found = sorted((one for one in matches if one.portfolio == name), key=lambda one: -one.weight)
    different = {one.text: one for one in reversed(found)}
    return [(one.start, one.end, one.text) for one in found if different[one.text] is one]


def _add_to_sections(
    sections: tuple[Section, ...], features: PortfolioFeatures, evidence: Sequence[Evidence]
) -> tuple[Section, ...]:
    """Return the sections with the evidence of their passages and subsections.

    Sections about the official and on weaknesses, with all within them, are about no portfolio.
    Nor are plans, which touch everything, but their subsections are.
    """
    chosen: list[list[Evidence]] = [[] for _ in sections]
    is_personal, is_weakness = find_personal_sections(sections), find_weakness_sections(sections)
    has_none = [
        is_plan or any(is_personal[one] or is_weakness[one] for one in around)
        for is_plan, around in zip(
            find_plan_sections(sections),
            map(features.iter_sections_around, range(len(sections))),
            strict=True,
        )
    ]
    first = features.first_number
    for entry in evidence:
        for section in features.iter_sections_around(features.parts[entry.passage - first].section):
            if not has_none[section]:
                chosen[section].append(entry)
    return tuple(
        replace(section, portfolios=_limit_evidence(entries))
        for section, entries in zip(sections, chosen, strict=True)
    )


def _limit_evidence(entries: list[Evidence]) -> tuple[Evidence, ...]:
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for entry in sorted(entries, key=lambda entry: entry.start):
        counts[entry.portfolio] += 1
        if counts[entry.portfolio] <= _MAX_EVIDENCE:
            kept.append(entry)
    return tuple(kept)
