"""What strings find, on random passages: computed here from the passages' text alone.

The other contract test holds each engine to the plain scan; this one holds both to the
definition, and knows nothing of how either is made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.search.engine import SearchOptions
from reportsearch.search.query import And, Not, Or, Term
from tests.search.engines import TOKENIZER, WORDS, OpenEmpty, both, for_each_engine

ALPHABET = [
    *"0129aAbZ.-/%*#@_,;:!?()\"' ",
    *"％＊－，。、；：！？（）“”‘’《》【】…—·「」",
    *"０９ａＡＺ　",
    *"民政工作文旅县的",
    *"說著乾隆鄉村養老裡",
    *"⑵㎡㈠½ﬁ㏄Ⅷ",
    *"😀👍𠮷𠀀\U0002f800",
    "\u0301", "\u0308", "\u20dd", "\ufe0f", "\u200b", "\u200d", "\u00ad",
]  # fmt: skip
# Words among the characters, so that runs are met by words apart and by synonyms.
PIECES = st.one_of(
    st.sampled_from(ALPHABET),
    st.sampled_from(["文旅", "文化和旅游", "民政", "養老", "补贴", "养老补贴", "4A级", "民政局"]),
)
PARAGRAPH = (
    st.lists(PIECES, min_size=1, max_size=14)
    .map("".join)
    .filter(lambda text: bool(fold(text).strip()))
)
# The last passage has a word, whatever the others are.
CORPUS = st.lists(st.lists(PARAGRAPH, min_size=1, max_size=3), min_size=0, max_size=3).map(
    lambda corpus: [*corpus, ["民政"]]
)
CHECKED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    # A corpus that fails is small; to make it smaller would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
LONGEST = 12
EVERYTHING = SearchOptions(limit=10_000, group="passage", passages=1)


def as_report(number: int, paragraphs: Sequence[str]) -> Report:
    """A report of just these passages, as no cleaning has changed them."""
    passages = []
    at = 0
    for place, text in enumerate(paragraphs, 1):
        passages.append(Passage(f"r{number}", place, at, at + len(text), text))
        at += len(text) + 1
    info = ReportInfo(f"r{number}", "報告", year=2020 + number)
    return Report(info, "\n".join(paragraphs), passages=tuple(passages))


def substrings(text: str) -> set[str]:
    return {
        text[start : start + length]
        for length in range(1, LONGEST + 1)
        for start in range(len(text) - length + 1)
    }


def found(result: SearchResult) -> list[str]:
    ids = [hit.passages[0].id for hit in result.hits]
    assert len(ids) == len(set(ids)) == result.matched.passages
    return ids


@for_each_engine
@settings(CHECKED, max_examples=5)
@given(CORPUS)
def test_a_quoted_substring_is_found_exactly_where_it_stands(
    open_empty: OpenEmpty, corpus: list[list[str]]
) -> None:
    reports = [as_report(number, paragraphs) for number, paragraphs in enumerate(corpus)]
    passages = [passage for report in reports for passage in report.passages]
    texts = {report.id: report.text for report in reports}
    with both(open_empty, reports) as (_, disk):
        for string in set().union(*(substrings(passage.text) for passage in passages)):
            # A mark inside could be the closing one; blank strings are refused.
            if {"「", "」"} & set(string) or not fold(string).strip():
                continue
            asked = query.parse(f"「{string}」", TOKENIZER, WORDS)
            result = disk.search(asked, EVERYTHING)
            standing = {p.id for p in passages if fold(string) in fold(p.text)}
            assert set(found(result)) == standing != set()
            assert disk.passage_counter()(asked.node) == len(standing)
            for hit in result.hits:
                (passage,) = hit.passages
                assert passage.highlights
                for start, end in passage.highlights:
                    assert passage.start <= start < end <= passage.end
                    assert fold(string) in fold(texts[hit.report.id][start:end])


def is_one_bare_term(string: str) -> bool:
    """Whether a string is a term as it stands, by the rules that the user's guide gives."""
    folded = fold(string)
    return (
        all(fold(char).strip() for char in string)
        and not any(char.isspace() for char in string)
        and folded[0] not in '-()"“「'
        and string not in {"OR", "AND", "NOT"}
        and not any(mark in folded for mark in "。!?;")
        and "..." not in folded
        # A comma may be one inside a number.
        and "," not in folded
    )


def expected(string: str, passages: Sequence[Passage]) -> tuple[set[str], set[str], bool] | None:
    """The passages that a bare run finds, those that contain it, and whether that is partial.

    None where a passage weighs exactly what is just enough.
    """
    folded = {passage.id: fold(passage.text) for passage in passages}
    wanted = fold(string)
    literal = {id_ for id_, text in folded.items() if wanted in text}
    words = {token.text for token in TOKENIZER.cut(wanted)}
    met = set(literal)
    for synonym in WORDS.synonyms.get(wanted, ()):
        assert synonym.years is None
        met |= {id_ for id_, text in folded.items() if all(s in text for s in synonym.strings)}
    if words:
        met |= {id_ for id_, text in folded.items() if all(word in text for word in words)}
    if met:
        return met, literal, False
    if len(words) < 2:
        return set(), literal, False
    indexed = {id_: set(TOKENIZER.cut_for_search(text)) for id_, text in folded.items()}
    asked = words - WORDS.stop_words or words
    holding = {word: sum(word in held for held in indexed.values()) for word in asked}
    asked = {word for word in asked if holding[word]}
    count = len(passages)
    asked = {word for word in asked if holding[word] <= max(0.2 * count, 10)} or asked
    weights = {
        id_: sum(
            math.log(1 + (count - holding[word] + 0.5) / (holding[word] + 0.5))
            for word in asked & held
        )
        for id_, held in indexed.items()
    }
    most = max(weights.values())
    if any(weight and math.isclose(weight, most / 4) for weight in weights.values()):
        # Here the order of the additions could decide.
        return None
    met = {id_ for id_, weight in weights.items() if weight > most / 4}
    return met, literal, bool(met)


@for_each_engine
@settings(CHECKED, max_examples=6)
@given(CORPUS, st.data())
def test_a_bare_run_finds_what_the_definition_says_exact_ones_first(
    open_empty: OpenEmpty, corpus: list[list[str]], data: st.DataObject
) -> None:
    reports = [as_report(number, paragraphs) for number, paragraphs in enumerate(corpus)]
    passages = [passage for report in reports for passage in report.passages]
    strings = set().union(*(substrings(passage.text) for passage in passages))
    # Runs that stand nowhere: two pieces of passages after one another, and what is made up.
    pieces = st.sampled_from(sorted(strings))
    for _ in range(20):
        strings.add(data.draw(pieces)[:6] + data.draw(pieces)[:6])
    strings |= {"养老补贴", "文旅", "文化和旅游", "民政养老", "工作民政县文旅", "鲸鱼", "鲸鱼民政"}
    with both(open_empty, reports) as (memory, disk):
        for number, string in enumerate(sorted(filter(is_one_bare_term, strings))):
            asked = query.parse(string, TOKENIZER, WORDS)
            assert isinstance(asked.node, Term)
            assert (asked.node.string, asked.node.quoted) == (fold(string), False)
            known = expected(string, passages)
            if known is None:
                continue
            met, literal, partial = known
            result = disk.search(asked, EVERYTHING)
            ids = found(result)
            assert (set(ids), result.partial) == (met, partial)
            assert set(ids[: len(literal)]) == literal
            assert {hit.met for hit in result.hits} <= {"part" if partial else "passage"}
            if number % 5 == 0:
                assert memory.search(asked, EVERYTHING) == result


STRINGS = st.lists(PIECES, min_size=1, max_size=8).map("".join).map(fold).filter(bool)


@for_each_engine
@settings(CHECKED, max_examples=20)
@given(CORPUS, st.lists(STRINGS, min_size=2, max_size=6), st.data())
def test_engines_count_and_hold_the_same(
    open_empty: OpenEmpty, corpus: list[list[str]], strings: list[str], data: st.DataObject
) -> None:
    reports = [as_report(number, paragraphs) for number, paragraphs in enumerate(corpus)]
    passages = [passage for report in reports for passage in report.passages]
    inside = sorted(set().union(*(substrings(fold(passage.text)) for passage in passages)))
    strings += data.draw(st.lists(st.sampled_from(inside), min_size=2, max_size=6))
    with both(open_empty, reports) as (memory, disk):
        for string in strings:
            term = Term(string, string, quoted=True)
            standing = {p.id for p in passages if string in fold(p.text)}
            for engine in (memory, disk):
                assert engine.passage_counter()(term) == len(standing)
                assert engine.passage_counter()(Not(term)) == len(passages) - len(standing)
                assert engine.reports_containing([string]) == {
                    id_.partition("#")[0] for id_ in standing
                }
        terms = tuple(Term(string, string, quoted=True) for string in strings)
        for node in (And(terms[-2:]), Or(terms), And((terms[-1], Not(terms[-2])))):
            assert disk.passage_counter()(node) == memory.passage_counter()(node)
        everywhere = {
            passage.report
            for passage in passages
            if any(string in fold(passage.text) for string in strings)
        }
        assert disk.reports_containing(strings) == memory.reports_containing(strings) == everywhere
        assert disk.reports_containing([]) == memory.reports_containing([]) == set()


@for_each_engine
@settings(CHECKED, max_examples=15)
@given(CORPUS, st.lists(STRINGS, min_size=1, max_size=3), st.data())
def test_engines_find_the_same_string_near(
    open_empty: OpenEmpty, corpus: list[list[str]], strings: list[str], data: st.DataObject
) -> None:
    reports = [as_report(number, paragraphs) for number, paragraphs in enumerate(corpus)]
    texts = [fold(passage.text) for report in reports for passage in report.passages]
    with both(open_empty, reports) as (memory, disk):
        for _ in range(4):
            # A piece of a passage with a slip in it.
            text = data.draw(st.sampled_from(texts))
            start = data.draw(st.integers(0, len(text) - 1))
            piece = text[start : start + data.draw(st.integers(1, 13))]
            at = data.draw(st.integers(0, len(piece)))
            slip = data.draw(st.sampled_from(["", "x", "文", "𠮷", "。", *piece[at + 1 : at + 2]]))
            cut = data.draw(st.integers(0, 1))
            strings.append(piece[:at] + slip + piece[at + cut :])
        for string in strings:
            near = disk.spelling_suggestion(string)
            assert near == memory.spelling_suggestion(string)
            if near is not None:
                assert near != string
                assert abs(len(near) - len(string)) <= 1
                assert any(near in text for text in texts)
                is_word = any(near in TOKENIZER.cut_for_search(text) for text in texts)
                assert is_word or len(string) > 2
                assert len(string) > 1
