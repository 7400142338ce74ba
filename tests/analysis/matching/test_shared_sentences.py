"""What is shown of what two texts share: no number cut, no crumbs, sentence by sentence."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reportsearch.analysis.matching.alignment import AlignedSpan
from reportsearch.analysis.matching.exact_matches import find_exact_matches
from reportsearch.analysis.matching.shared_sentences import (
    TextSide,
    find_display_span,
    find_shared_places,
    keep_whole_tokens,
    split_for_display,
)
from reportsearch.comparable import ComparableText
from reportsearch.models.reuse import EDITED, EXACT


def side(text: str) -> TextSide:
    return TextSide(text, ComparableText.of(text))


def runs(own: TextSide, other: TextSide, least: int) -> list[AlignedSpan]:
    (found,) = find_exact_matches(own.view.text, [other.view.text], least)
    return [
        AlignedSpan(
            run.start, run.end, run.source_start, run.source_start + run.end - run.start, EXACT
        )
        for run in found
    ]


def told(text: str, other: str, least: int = 5) -> list[tuple[str, str]]:
    """What is shown of the exact runs of two texts, as it stands in each."""
    here, there = side(text), side(other)
    return [
        (
            text[slice(*here.view.map_to_original(piece.start, piece.end))],
            other[slice(*there.view.map_to_original(piece.other_start, piece.other_end))],
        )
        for run in runs(here, there, least)
        for piece in split_for_display(here, there, run)
    ]


def test_no_number_is_cut_on_either_side() -> None:
    one = "全年参加集体学习"
    assert told(f"{one}16次", f"{one}18次") == [(one, one)]
    assert told(f"{one}1次，讲课", f"{one}18次，开会") == [(one, one)]
    assert told(f"{one}12.6%，好", f"{one}12.8%，坏") == [(one, one)]
    assert told("203万人次到县里来", "1203万人次到县里来") == [("万人次到县里来",) * 2]
    assert told("甲在丙县教育和体育局2022年", "丙县教育和体育局2023年") == [
        ("丙县教育和体育局",) * 2
    ]
    assert told("空气里的ＰＭ2.5浓度降", "空气里的PM10浓度降") == [("空气里的",) * 2]
    assert told("立案1203件（起）了结", "立案1203件起了结") == [
        ("立案1203件（起）了结", "立案1203件起了结")
    ]


def test_a_year_goes_with_its_sign() -> None:
    assert told("规划到2023年为止", "规划到2023个为止", 4) == [("规划到",) * 2]
    assert told("三年行动方案（2023—2025年）", "三年行动方案（2023—2025年）好") == [
        ("三年行动方案（2023—2025年",) * 2
    ]


def test_a_paragraph_end_parts_a_run() -> None:
    one, two = "坚持先看后问再商量", "旅游不是收门票的生意"
    assert told(f"{one}\n{two}", f"{one}。{two}") == [(one, one), (two, two)]


def test_a_number_that_a_line_end_cuts_in_one_text_is_not_shown() -> None:
    one = "全年新建公路"
    assert told(f"{one}2023公里左右完工", f"{one}20\n23公里左右完工") == [
        (one, one),
        ("公里左右完工",) * 2,
    ]


def test_a_crumb_of_another_sentence_is_not_shown() -> None:
    one = "既不让老实人吃亏，也不让小本生意人寒心"
    assert told(f"{one}。全年立案三件", f"{one}。全县立了八件") == [(one, one)]
    assert told(f"办法有度\n{one}。", f"制度有度\n{one}。") == [(one, one)]
    whole_one = "谢谢大家"
    assert told(f"{one}。{whole_one}。", f"{one}。{whole_one}。") == [(f"{one}。{whole_one}",) * 2]


def test_a_sentence_is_told_once_with_all_that_is_shared() -> None:
    own = side("前面一句话。坚持对违法的不手软，用好三把尺子，既不让老实人吃亏。后面一句话。")
    other = side("坚持对违法的不手软，推行首次免罚，既不让老实人吃亏。")
    (place,) = find_shared_places(own, other, runs(own, other, 7))
    assert len(place.pieces) == 2
    spans = [own.view.map_to_original(piece.start, piece.end) for piece in place.pieces]
    start, end = find_display_span(own, place.sentences, spans)
    assert own.text[start:end] == "坚持对违法的不手软，用好三把尺子，既不让老实人吃亏。"


def test_what_stands_in_two_sentences_of_the_other_text_is_two_places() -> None:
    own = side("坚持对违法的不手软，既不让老实人吃亏。")
    other = side("既不让老实人吃亏。中间还有别的话。坚持对违法的不手软。")
    assert len(find_shared_places(own, other, runs(own, other, 7))) == 2


def test_of_a_sentence_without_end_what_is_around_is_shown() -> None:
    text = "，".join(f"甲乙{chr(0x4E00 + at)}" for at in range(2_000))
    own, other = side(text), side(text[3_000:3_040])
    (place,) = find_shared_places(own, other, runs(own, other, 20))
    start, end = find_display_span(
        own, place.sentences, [own.view.map_to_original(p.start, p.end) for p in place.pieces]
    )
    assert end - start < 400


def test_an_edit_has_the_whole_of_its_numbers() -> None:
    own, other = side("全年立案271件，好"), side("全年立案253件，坏")
    found = [AlignedSpan(0, 5, 0, 5, EXACT), AlignedSpan(5, 8, 5, 8, EDITED)]
    spans = [
        own.view.map_to_original(entry.start, entry.end)
        for entry in keep_whole_tokens(own, other, found)
    ]
    assert [own.text[slice(*span)] for span in spans] == ["全年立案", "271件"]


def test_an_edit_has_no_crumb_of_another_sentence_either() -> None:
    own = side("拍不了板的三天之内给回音。全年下村")
    other = side("拍不了板的一周之内给回音。全年走了")
    found = [AlignedSpan(5, 14, 5, 14, EDITED)]
    ((piece,),) = (place.pieces for place in find_shared_places(own, other, found))
    assert own.view.text[piece.start : piece.end] == "三天之内给回音"
    assert other.view.text[piece.other_start : piece.other_end] == "一周之内给回音"


TEXT = st.text("甲乙丙丁12.，。\nab ", max_size=60)


@given(TEXT, TEXT, st.integers(2, 6))
@example("11", "1\n1", 2)
@example("1\n1", "11", 2)
def test_what_is_shown_is_equal_and_cuts_nothing(one: str, other: str, least: int) -> None:
    here, there = side(one), side(other)
    if not here.view.text or not there.view.text:
        return
    for run in runs(here, there, least):
        for piece in split_for_display(here, there, run):
            same = here.view.text[piece.start : piece.end]
            assert same == there.view.text[piece.other_start : piece.other_end]
            assert run.start <= piece.start < piece.end <= run.end
            for text, view, span in (
                (one, here.view, (piece.start, piece.end)),
                (other, there.view, (piece.other_start, piece.other_end)),
            ):
                start, end = view.map_to_original(*span)
                assert "\n" not in text[start:end]
                for at in (start, end):
                    around = text[max(at - 1, 0) : at + 1]
                    assert at in {0, len(text)} or not (around.isdecimal() and around.isascii())
    for place in find_shared_places(here, there, runs(here, there, least)):
        spans = [here.view.map_to_original(piece.start, piece.end) for piece in place.pieces]
        start, end = find_display_span(here, place.sentences, spans)
        assert start <= min(span[0] for span in spans)
        assert max(span[1] for span in spans) <= end
