"""Counts and measures of groups against those that plain loops over the definitions give."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
import scipy
from hypothesis import example, given
from hypothesis import strategies as st

from reportsearch.analysis.compare import statistics
from reportsearch.analysis.compare.frequency_table import (
    FrequencyTable,
    SubcorpusCounts,
    TermCounts,
)
from reportsearch.analysis.compare.keyness import Keyness
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.terms.occurrences import OccurrenceCollector, Occurrences
from reportsearch.arrays import Ints
from reportsearch.comparable import Span
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.tokenizer import Tokenizer, load_dictionary
from tests.analysis.compare import brute_force as brute
from tests.analysis.compare.brute_force import Piece

TERMS = ("甲", "乙", "丙")
HERE = "here"


def ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


@dataclass(frozen=True)
class Row:
    """A passage: its report, section, whether it is in the group, each term's count, other words."""

    report: int
    section: int
    is_here: bool
    counts: tuple[int, int, int]
    others: int


ROWS = st.builds(
    Row,
    st.integers(0, 5),
    st.integers(0, 2),
    st.booleans(),
    st.tuples(st.integers(0, 3), st.integers(0, 8), st.integers(0, 1)),
    st.integers(1, 30),
)
TABLES = st.lists(ROWS, min_size=2, max_size=14).filter(
    lambda rows: 0 < sum(row.is_here for row in rows) < len(rows)
)
OFFICIALS = st.lists(st.integers(0, 4), min_size=6, max_size=6)
"""Whose each of six reports is."""


def table_of(rows: Sequence[Row], officials: Sequence[int]) -> FrequencyTable:
    term, passage = [], []
    for number, row in enumerate(rows):
        for which, count in enumerate(row.counts):
            term += [which] * count
            passage += [number] * count
    found = Occurrences(
        list(TERMS),
        [1] * len(TERMS),
        np.array(term, dtype=np.int32),
        np.array(passage, dtype=np.int32),
        np.zeros(len(term), dtype=np.int32),
        ints([sum(row.counts) + row.others for row in rows]),
    )
    return FrequencyTable(
        found,
        unit=ints([officials[row.report] for row in rows]),
        report=ints([row.report for row in rows]),
        section=ints([row.report * 3 + row.section for row in rows]),
        is_included=np.ones(len(rows), dtype=np.bool_),
    )


def pieces_of(rows: Sequence[Row], officials: Sequence[int]) -> list[Piece]:
    return [
        Piece(
            report=str(row.report),
            official=str(officials[row.report]),
            section=str(row.section),
            values=frozenset({HERE} if row.is_here else ()),
            runs=tuple(
                (word,)
                for word in [t for t, n in zip(TERMS, row.counts, strict=True) for _ in range(n)]
                + ["别"] * row.others
            ),
        )
        for row in rows
    ]


def units_of(pieces: Sequence[Piece], term: str) -> tuple[list[int], list[int]]:
    """What was drawn: officials, or of a single one the sections."""
    single = len({piece.official for piece in pieces}) == 1
    return brute.by_unit(pieces, (term,), sections=single)


def group_of(rows: Sequence[Row]) -> Ints:
    return np.flatnonzero([row.is_here for row in rows]).astype(np.int64)


@given(TABLES, OFFICIALS)
def test_a_group_and_the_rest_are_counted_as_plain_loops_count(
    rows: list[Row], officials: list[int]
) -> None:
    table = table_of(rows, officials)
    against = Keyness(table, group_of(rows))
    here, rest = brute.sides(pieces_of(rows, officials), HERE)
    reports = against.reports.counts.count_units(len(TERMS))
    rest_reports = against.rest_reports.counts.count_units(len(TERMS))
    for number, term in enumerate(TERMS):
        one, other = brute.counted(here, (term,)), brute.counted(rest, (term,))
        assert against.count[number] == one.count
        assert (against.units[number], reports[number]) == (one.officials, one.reports)
        assert (against.here.all_words, against.here.units) == (one.words, one.all_officials)
        assert (against.rest.all_words, against.rest.units) == (other.words, other.all_officials)
        # Of a group of one official only its own terms are looked at.
        if one.count or one.all_officials > 1:
            assert against.rest_count[number] == other.count
            assert (against.rest_units[number], rest_reports[number]) == (
                other.officials,
                other.reports,
            )


@given(TABLES, OFFICIALS)
def test_ratios_and_intervals_are_those_of_the_definitions(
    rows: list[Row], officials: list[int]
) -> None:
    against = Keyness(table_of(rows, officials), group_of(rows))
    here, rest = brute.sides(pieces_of(rows, officials), HERE)
    low, high = against.intervals
    for number, term in enumerate(TERMS):
        one, other = brute.counted(here, (term,)), brute.counted(rest, (term,))
        # Of a group of one official only its own terms are looked at.
        if not one.count and (one.all_officials == 1 or not other.count):
            continue
        wanted = brute.log_ratio(one.count, one.words, other.count, other.words)
        assert against.log_ratios[number] == pytest.approx(wanted, abs=1e-9)
        ends = brute.drawn_interval(*units_of(here, term), *units_of(rest, term))
        assert (low[number], high[number]) == pytest.approx(ends, abs=1e-6)
        assert against.bounds[number] == pytest.approx(brute.nearest_to_zero(*ends), abs=1e-6)
        if one.count and other.count:
            assert low[number] < wanted < high[number]


@given(TABLES, OFFICIALS)
def test_dispersion_is_that_of_the_definition(rows: list[Row], officials: list[int]) -> None:
    against = Keyness(table_of(rows, officials), group_of(rows))
    found = against.clusters.dispersion(len(TERMS))
    here, _ = brute.sides(pieces_of(rows, officials), HERE)
    for number, term in enumerate(TERMS):
        counts, words = units_of(here, term)
        if sum(counts):
            assert found[number] == pytest.approx(brute.dispersion(counts, words), abs=1e-9)
            assert 0 <= found[number] <= 1
        else:
            assert math.isnan(found[number])


@given(TABLES, OFFICIALS)
def test_nothing_is_tested_where_a_side_is_one_official(
    rows: list[Row], officials: list[int]
) -> None:
    against = Keyness(table_of(rows, officials), group_of(rows))
    here, rest = brute.sides(pieces_of(rows, officials), HERE)
    single = 1 in (len({piece.official for piece in side}) for side in (here, rest))
    assert against.by_section == single
    assert (against.significance_tests is None) == single
    if against.significance_tests is None:
        return
    for number, term in enumerate(TERMS):
        one, other = brute.counted(here, (term,)), brute.counted(rest, (term,))
        wanted = brute.g2(one.officials, one.all_officials, other.officials, other.all_officials)
        assert against.significance_tests.g2[number] == pytest.approx(wanted, abs=1e-9)
    p, q = against.significance_tests.p, against.significance_tests.q
    assert (np.isnan(p) == np.isnan(q)).all()
    # The family of all tests is what is corrected for.
    wanted_q = brute.benjamini_hochberg(p[~np.isnan(p)].tolist())
    assert q[~np.isnan(q)].tolist() == pytest.approx(wanted_q)


def test_passages_that_take_no_part_are_on_no_side() -> None:
    rows = [
        Row(0, 0, True, (2, 0, 0), 5),
        Row(1, 0, False, (1, 0, 0), 5),
        Row(2, 0, False, (7, 0, 0), 50),
    ]
    table = table_of(rows, [0, 1, 2, 3, 4, 5])
    table = FrequencyTable(
        table.term_occurrences,
        table.unit,
        table.report,
        table.section,
        np.array([True, True, False]),
    )
    against = Keyness(table, ints([0]))
    assert (int(against.rest_count[0]), against.rest.all_words, against.rest.units) == (1, 6, 1)


# The measures one by one, with scipy as a second witness.


@given(st.integers(0, 40), st.integers(1, 4000), st.integers(0, 40), st.integers(1, 4000))
def test_without_clusters_the_interval_is_that_of_clopper_and_pearson(
    count: int, words: int, rest: int, rest_words: int
) -> None:
    if count + rest == 0:
        return
    none = np.ones(1)
    low, high = statistics.intervals(ints([count]), words, none, ints([rest]), rest_words, none)
    exact = scipy.stats.binomtest(count, count + rest).proportion_ci(0.95, "exact")
    size = math.log2(rest_words / words)

    def odds(share: float) -> float:
        return (
            math.log2(share / (1 - share)) + size
            if 0 < share < 1
            else math.copysign(math.inf, share - 0.5)
        )

    assert low[0] == pytest.approx(odds(float(exact.low)), abs=1e-6)
    assert high[0] == pytest.approx(odds(float(exact.high)), abs=1e-6)
    assert (low[0], high[0]) == pytest.approx(
        brute.interval(count, words, rest, rest_words), abs=1e-6
    )


def test_occurrences_that_come_together_say_less() -> None:
    words = ints([100, 100, 100])
    even = SubcorpusCounts(TermCounts(ints([0, 0, 0]), ints([0, 1, 2]), ints([4, 4, 4])), words)
    heap = SubcorpusCounts(TermCounts(ints([0]), ints([0]), ints([12])), words)
    assert statistics.design_effects(ints([12]), even.variances(1)).tolist() == [1.0]
    # 3/2 * (8² + 4² + 4²) / 12
    assert statistics.design_effects(ints([12]), heap.variances(1)).tolist() == pytest.approx(
        [12.0]
    )
    wide, narrow = (
        statistics.intervals(
            ints([12]), 300, statistics.design_effects(ints([12]), side.variances(1)),
            ints([10]), 3000, np.ones(1),
        )
        for side in (heap, even)
    )  # fmt: skip
    assert wide[0] < 0 < narrow[0] < narrow[1] < wide[1]


def test_a_side_without_a_term_has_the_effect_of_the_other() -> None:
    one, four = np.ones(1), np.full(1, 4.0)
    # As if there were a quarter of everything on both sides.
    low, high = statistics.intervals(ints([8]), 100, four, ints([0]), 900, one)
    assert (low[0], high[0]) == pytest.approx(brute.interval(2, 25, 0, 225))
    low, high = statistics.intervals(ints([0]), 100, one, ints([8]), 900, four)
    assert (low[0], high[0]) == pytest.approx(brute.interval(0, 25, 2, 225))


def test_each_side_is_smaller_by_its_own_effect() -> None:
    low, high = statistics.intervals(
        ints([8]), 100, np.full(1, 4.0), ints([6]), 900, np.full(1, 2.0)
    )
    assert (low[0], high[0]) == pytest.approx(brute.interval(2, 25, 3, 450))


def test_the_bound_is_the_end_nearest_to_zero() -> None:
    low, high = np.array([0.5, -2.0, -1.0, -np.inf]), np.array([2.0, -0.5, 1.0, np.inf])
    assert statistics.bounds(low, high).tolist() == [0.5, -0.5, 0.0, 0.0]


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_g2_is_that_of_a_table_of_four(having: int, lacking: int, rest: int, others: int) -> None:
    units, rest_units = having + lacking, rest + others
    if not (units and rest_units):
        return
    (found,) = statistics.log_likelihood(ints([having]), units, ints([rest]), rest_units)
    assert found == pytest.approx(brute.g2(having, units, rest, rest_units), abs=1e-9)
    if having + rest and lacking + others:
        wanted = scipy.stats.chi2_contingency(
            [[having, rest], [lacking, others]], correction=False, lambda_="log-likelihood"
        ).statistic
        assert found == pytest.approx(wanted, abs=1e-9)


@given(st.lists(st.floats(0, 1).map(lambda p: round(p, 3)), min_size=1, max_size=12))
def test_q_is_that_of_benjamini_and_hochberg(values: list[float]) -> None:
    found = statistics.benjamini_hochberg(np.array(values)).tolist()
    assert found == pytest.approx(brute.benjamini_hochberg(values), abs=1e-12)
    assert found == pytest.approx(scipy.stats.false_discovery_control(values).tolist(), abs=1e-12)


def rank_p(group: Sequence[int], rest: Sequence[int]) -> float:
    """The p of a term that occurs so often in units of 1,000 words."""

    def side(values: Sequence[int]) -> SubcorpusCounts:
        having = [unit for unit, count in enumerate(values) if count]
        counts = TermCounts(
            ints([0] * len(having)), ints(having), ints([values[u] for u in having])
        )
        return SubcorpusCounts(counts, ints([1000] * len(values)))

    return float(statistics.rank_sum_p_values(side(group), side(rest), 1)[0])


UNITS = st.lists(st.integers(0, 6), min_size=2, max_size=5)


@given(UNITS, UNITS)
@example([2] * 5, [1, 0, 0, 0, 0])
@example([2, 2], [1] * 8)
@example([2, 2, 2, 2], [1, 0, 0, 0, 0])
def test_the_rank_test_is_not_over_sure(group: list[int], rest: list[int]) -> None:
    exact = brute.exact_p(group, rest)
    found = rank_p(group, rest)
    assert found == pytest.approx(rank_p(rest, group), abs=1e-9)
    if exact < 0.05:
        assert found >= exact / 2
    # Equal rates above zero, which hardly ever come about, make it more careful than it must be:
    # up to half of the spread is not there. With half a rank of continuity it is six times.
    if exact < 0.02:
        assert found <= 6 * exact


@given(st.integers(2, 5), st.integers(2, 5), st.permutations(range(1, 11)))
def test_without_ties_the_rank_test_is_near_the_exact_one(
    units: int, others: int, values: Sequence[int]
) -> None:
    group, rest = list(values[:units]), list(values[units : units + others])
    exact = float(scipy.stats.mannwhitneyu(group, rest, method="exact").pvalue)
    assert exact == pytest.approx(brute.exact_p(group, rest))
    assert exact / 3 <= rank_p(group, rest) <= min(1.0, 3 * exact)


def test_of_many_units_it_is_the_normal_approximation() -> None:
    group = [5 * n % 31 + n // 7 for n in range(1, 120)]
    rest = [7 * n % 29 + n // 11 for n in range(1, 140)]
    wanted = float(scipy.stats.mannwhitneyu(group, rest, method="asymptotic").pvalue)
    assert rank_p(group, rest) == pytest.approx(wanted, rel=0.02)


def test_many_units_without_a_term_are_equal() -> None:
    # Rates above zero all differ, so that both correct for the same.
    chance = random.Random(12)
    values = list(range(1, 221)) + [0] * 180
    chance.shuffle(values)
    group, rest = values[:190], values[190:]
    wanted = float(scipy.stats.mannwhitneyu(group, rest, method="asymptotic").pvalue)
    assert rank_p(group, rest) == pytest.approx(wanted, rel=1e-6)
    assert wanted == pytest.approx(0.175, abs=0.001)


def test_the_normal_approximation_goes_on_where_the_mixture_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    group = [n % 9 for n in range(80)]
    rest = [n % 8 for n in range(90)]
    mixed = rank_p(group, rest)
    monkeypatch.setattr(statistics, "_MAX_EXACT_UNITS", 0)
    assert rank_p(group, rest) == pytest.approx(mixed, rel=0.05)


def test_a_term_of_two_reports_of_a_group_is_no_miracle() -> None:
    # 1 in C(52, 2): the two that have it are the two of the group.
    assert rank_p([3, 4], [0] * 50) == pytest.approx(2 / 1326, rel=0.6)


def test_equal_rates_differ_by_nothing() -> None:
    assert rank_p([3] * 4, [3] * 5) == pytest.approx(1.0)
    assert rank_p([0] * 4, [0] * 5) == 1.0


def test_a_term_that_no_test_could_find_is_not_tested() -> None:
    units, others = 5, 5
    # 1 in 252 at best, twice that two-sided, for one that five have.
    seen = ints([5])
    nothing = ints([0])
    assert statistics.find_testable_terms(seen, nothing, units, others).tolist() == [True]
    # Once in two of ten: one in 45 at best, of one in 22 two-sided.
    assert statistics.find_testable_terms(ints([1]), nothing, units, others).tolist() == [False]
    assert statistics.find_testable_terms(
        ints([10**0, 5]), ints([0, 0]), units, others
    ).tolist() == [
        False,
        True,
    ]


def extreme(seen: int, units: int, others: int) -> float:
    """The least p of a term that so many units have: all on one side, and above all on the other."""
    found = 1.0
    for first, second in ((units, others), (others, units)):
        rates = list(range(seen, 0, -1)) + [0] * (first + second - seen)
        found = min(found, rank_p(rates[:first], rates[first:]))
    return found


SIDES = (4, 6)
LEAST = [extreme(seen, *SIDES) for seen in range(sum(SIDES) + 1)]


@given(
    st.lists(st.tuples(st.integers(0, SIDES[0]), st.integers(0, SIDES[1])), min_size=1, max_size=30)
)
def test_what_is_tested_could_pass_after_a_correction_for_all_of_it(
    having: list[tuple[int, int]],
) -> None:
    here, rest = ints([one for one, _ in having]), ints([other for _, other in having])
    best = [LEAST[one + other] for one, other in having]
    # Tarone: the least number of tests that leaves no more terms than that.
    tests = 1
    while sum(p <= 0.05 / tests + 1e-12 for p in best) > tests:
        tests += 1
    found = statistics.find_testable_terms(here, rest, *SIDES)
    assert found.tolist() == [p <= 0.05 / tests + 1e-12 for p in best]


def test_the_interval_of_a_rate_is_that_of_garwood() -> None:
    low, high = statistics.rate_interval(7, 3500, 3.0)
    assert low == pytest.approx(scipy.stats.chi2.ppf(0.025, 14) / 2 / 3500)
    assert high == pytest.approx(scipy.stats.chi2.ppf(0.975, 16) / 2 / 3500)
    # A variance of four times the count: as if there were a quarter of all.
    low, high = statistics.rate_interval(8, 4000, 32.0)
    assert low == pytest.approx(scipy.stats.chi2.ppf(0.025, 4) / 2 / 1000)
    assert high == pytest.approx(scipy.stats.chi2.ppf(0.975, 6) / 2 / 1000)
    low, high = statistics.rate_interval(0, 1000, 0.0)
    assert low == 0.0
    assert high == pytest.approx(-math.log(0.025) / 1000)


# Occurrences: words and phrases of passages.

PARTS = (
    "农村公路", "养护", "乡村旅游", "旅游", "收入", "的", "和", "，", "。", "2023年", "*亿元", "4a级",
    "景区", "四个意识", "增强", "民政", "博物馆", "㎡", "不", "工作", "pm2.5",
)  # fmt: skip
TEXTS = st.lists(
    st.lists(st.sampled_from(PARTS), max_size=12).map(lambda parts: fold("".join(parts))),
    min_size=1,
    max_size=5,
)
SET_PHRASE = "四个意识"


@pytest.fixture(scope="session")
def rules(words: Lexicon) -> TermRules:
    return TermRules(load_dictionary(), words.stop_words, words.boilerplate, words.terms)


def hollow_of(text: str) -> list[Span]:
    size = len(SET_PHRASE)
    return [(at, at + size) for at in range(len(text)) if text.startswith(SET_PHRASE, at)]


def read(texts: Sequence[str], tokenizer: Tokenizer, rules: TermRules) -> OccurrenceCollector:
    reader = OccurrenceCollector(tokenizer, rules)
    for text in texts:
        reader.add(text, hollow_of(text))
    return reader


def outside(text: str, tokenizer: Tokenizer) -> list[tuple[str, int, int]]:
    """The words that are not in a set phrase."""
    inside = {at for start, end in hollow_of(text) for at in range(start, end)}
    return [
        (token.text, token.start, token.end)
        for token in tokenizer.cut(text)
        if token.start not in inside
    ]


def stretches(text: str, tokenizer: Tokenizer, rules: TermRules) -> list[list[tuple[str, int]]]:
    """Words with nothing between them, not even a word over which no phrase reaches."""
    found: list[list[tuple[str, int]]] = []
    reached = -1
    for word, start, end in outside(text, tokenizer):
        if rules.is_boundary(word):
            reached = -1
            continue
        if start != reached:
            found.append([])
        found[-1].append((word, start))
        reached = end
    return found


def names_something(string: tuple[str, ...], rules: TermRules) -> bool:
    return (
        len("".join(string)) > 1
        and not rules.is_boilerplate(string)
        and rules.can_be_edge(string[0])
        and rules.can_be_edge(string[-1])
    )


def plainly(
    texts: Sequence[str], longest: int, tokenizer: Tokenizer, rules: TermRules
) -> Counter[tuple[str, int, int]]:
    """Each term with its passage and place; phrases that come once are none."""
    strings: list[tuple[tuple[str, ...], int, int]] = []
    for number, text in enumerate(texts):
        for stretch in stretches(text, tokenizer, rules):
            for first in range(len(stretch)):
                for size in range(1, longest + 1):
                    if first + size <= len(stretch):
                        words = tuple(word for word, _ in stretch[first : first + size])
                        strings.append((words, number, stretch[first][1]))
    often = Counter(words for words, _, _ in strings)
    return Counter(
        ("".join(words), number, place)
        for words, number, place in strings
        if (len(words) == 1 or often[words] >= 2) and names_something(words, rules)
    )


def listed(found: Occurrences) -> Counter[tuple[str, int, int]]:
    return Counter(
        (found.terms[term], passage, place)
        for term, passage, place in zip(
            found.term.tolist(), found.passage.tolist(), found.place.tolist(), strict=True
        )
    )


@given(TEXTS)
def test_words_and_phrases_are_those_that_a_plain_count_finds(
    tokenizer: Tokenizer, rules: TermRules, texts: list[str]
) -> None:
    reader = read(texts, tokenizer, rules)
    for found, longest in ((reader.collect_words(), 1), (reader.collect_phrases(), 4)):
        assert listed(found) == plainly(texts, longest, tokenizer, rules)
        assert len(set(found.terms)) == len(found.terms)
        assert found.passage.tolist() == sorted(found.passage.tolist())
        assert max(found.lengths, default=1) <= longest
        assert found.words.tolist() == [len(outside(text, tokenizer)) for text in texts]
        for term, passage, place in listed(found):
            assert texts[passage].startswith(term, place)
            assert not any(start <= place < end for start, end in hollow_of(texts[passage]))


def test_phrases_of_up_to_four_words(tokenizer: Tokenizer, rules: TermRules) -> None:
    text = "农村公路养护乡村旅游博物馆景区。"
    words = [token.text for token in tokenizer.cut(text)]
    assert len(words) > 4
    found = read([text, text], tokenizer, rules).collect_phrases()
    assert "".join(words[:4]) in found.terms
    assert "".join(words[:5]) not in found.terms
    assert listed(found)[words[0], 1, 0] == 1


def test_no_text_has_no_terms(tokenizer: Tokenizer, rules: TermRules) -> None:
    for texts in ([], [""], ["，。"]):
        found = read(texts, tokenizer, rules).collect_phrases()
        assert (found.terms, found.words.tolist()) == ([], [0] * len(texts))
