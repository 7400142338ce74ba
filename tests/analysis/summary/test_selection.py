"""Which parts of sentences stand alone, what they say, and which are chosen."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.analysis.summary.clauses import FIGURE, MIN_SENTENCE_CHARS, ClauseSegmenter
from reportsearch.analysis.summary.content_units import ContentUnitReader, centroid
from reportsearch.analysis.summary.objective import Layer, Objective
from reportsearch.analysis.summary.selection import Slot, choose_candidates
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold


def parts(words: Lexicon, sentence: str) -> list[str]:
    """The stretches of a sentence, as folded text."""
    folded = fold(sentence)
    return [
        folded[part.start : part.end]
        for part in ClauseSegmenter(words.summary).find_clause_spans(folded)
    ]


def test_a_sentence_that_stands_alone_is_offered_whole_and_in_parts(words: Lexicon) -> None:
    assert parts(words, "建成乡镇公办幼儿园3所，新增普惠学位810个。") == [
        "建成乡镇公办幼儿园3所",
        "建成乡镇公办幼儿园3所,新增普惠学位810个。",
        "新增普惠学位810个。",
    ]


def test_parts_that_say_next_to_nothing_are_not_offered(words: Lexicon) -> None:
    assert parts(words, "建成学校3所，新增学位810个。") == ["建成学校3所,新增学位810个。"]
    assert parts(words, "谢谢。") == []


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        ("同时，定期组织业务培训，着力提升能力。", {"定期组织业务培训", "着力提升能力"}),
        ("此外，新建公墓9处。", {"新建公墓9处"}),
        ("一是新建高标准农田3万亩。", {"新建高标准农田3万亩"}),
    ],
)
def test_what_only_ties_a_sentence_to_the_one_before_is_cut_off(
    words: Lexicon, sentence: str, begins: set[str]
) -> None:
    found = parts(words, sentence)
    assert found
    assert not any(part.startswith(("同时", "此外", "一是")) for part in found)
    assert {part.rstrip("。").partition(",")[0] for part in found} <= begins


@pytest.mark.parametrize(
    "sentence",
    [
        "对此，我负有首要责任。",
        "这些问题得到明显缓解。",
        "其中民生支出31.4亿元。",
        "并纳入年度考核。",
        "从而推动了全县旅游发展。",
        "该项目总投资3200万元。",
        "有的公示走形式。",
        "同比增长5.8%，高于全市平均水平。",
        "12处24小时内抢通。",
        "在日后的工作中，这些问题我一定认真加以改正。",
    ],
)
def test_what_depends_on_the_sentence_before_is_left_out(words: Lexicon, sentence: str) -> None:
    assert parts(words, sentence) == []


def test_behind_a_comma_a_part_begins_only_where_something_is_done_or_reached(
    words: Lexicon,
) -> None:
    found = parts(words, "全县低保对象8640人，其中城市982人，较上年减少41人，发放低保金4058万元。")
    starts = {part[:4] for part in found}
    assert starts == {"全县低保", "发放低保"}
    found = parts(words, "经济运行稳步回升，规上工业增加值增长9.2%，占比提高。")
    assert "规上工业增加值增长9.2%" in found


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("围绕全域旅游示范县创建，印发《方案》，新建步道12公里。", "围绕全域旅游示范县创建"),
        ("2023年1—10月，接待游客120万人次，收入4亿元。", "2023年1-10月"),
        ("我始终认为，关键在项目，完成投资62亿元。", "我始终认为"),
        ("完成今年目标任务，要靠全县上下实干。", "完成今年目标任务"),
        ("主要有以下三个方面：基层经验还不够丰富，调研不够深入。", "主要有以下三个方面"),
        ("县敬老院三期综合楼工程，年内建成并投入使用。", "县敬老院三期综合楼工程"),
    ],
)
def test_no_part_ends_where_something_is_left_open(
    words: Lexicon, sentence: str, never: str
) -> None:
    found = parts(words, sentence)
    assert found
    assert not any(part == never or part.endswith(f",{never}") for part in found)


def test_brackets_and_titles_are_never_cut(words: Lexicon) -> None:
    found = parts(
        words, "印发《关于加强招商，扩大引资的意见（试行）》，签约项目3个（含续建，1个）。"
    )
    assert found
    for part in found:
        for opening, closing in ("《》", "()"):
            assert part.count(opening) == part.count(closing)
    assert "印发《关于加强招商,扩大引资的意见(试行)》" in found


def test_a_list_behind_a_colon_is_whole_or_begins_behind_it(words: Lexicon) -> None:
    found = parts(words, "抓好三件事：新建高标准农田3万亩，改造农村厕所577座；引进企业4家。")
    assert "抓好三件事:新建高标准农田3万亩" not in found
    assert "抓好三件事:新建高标准农田3万亩,改造农村厕所577座" in found
    assert "新建高标准农田3万亩" in found


@given(text=st.text(alphabet="建成新增学位个所3，；：。《》（）“”同时并其中的 ", max_size=60))
def test_parts_lie_at_clause_ends(words: Lexicon, text: str) -> None:
    folded = fold(text)
    for part in ClauseSegmenter(words.summary).find_clause_spans(folded):
        stretch = folded[part.start : part.end]
        assert 0 <= part.start < part.end <= len(folded)
        assert sum(char.isalnum() for char in stretch) >= MIN_SENTENCE_CHARS
        assert stretch[-1] not in ",;:"
        assert stretch[0] not in ",;:。"
        assert part.end == len(folded) or folded[part.end] in ",;:"
        assert part.first_statement <= part.last_statement
        assert (part.is_cut_before, part.is_cut_after) == (part.start > 0, part.end < len(folded))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("接待游客*万人次，收入4.5亿元", ["*万人", "4.5亿"]),
        ("2023年1月5日，第3届，4A级，12345热线", []),
        ("*敬老院和*公司", []),
        ("整改率达94%，同比提高2.6个百分点", ["94%", "2.6个"]),
        ("三千七百亿斤，百分之四十", ["三千七百亿斤", "百分之四十"]),
        ("坚持四个意识，十分重要", []),
        ("新增1200余人", ["1200余人"]),
    ],
)
def test_figures_have_a_unit(text: str, figures: list[str]) -> None:
    assert [match[0] for match in FIGURE.finditer(fold(text))] == figures


def names(words: Lexicon, sentence: str, **kinds: bool) -> list[tuple[str, str]]:
    reader = ContentUnitReader(words.summary, words.stop_words)
    folded = fold(sentence)
    kinds = {"is_weakness": False, "is_plan": False, **kinds}
    return [
        (thing.name[0], folded[thing.start : thing.end])
        for thing in reader.find_facts(folded, "1", **kinds)
    ]


def test_documents_count_where_they_were_made_not_where_they_are_followed(words: Lexicon) -> None:
    said = names(words, "学习《党章》，制定印发《办法》和《细则》，贯彻《条例》。")
    assert [text for kind, text in said if kind == "document"] == ["《办法》", "《细则》"]


def test_figures_in_titles_are_no_figures(words: Lexicon) -> None:
    assert names(words, "印发《关于3个问题的通知》。") == [("document", "《关于3个问题的通知》")]


def test_what_is_wanting_counts_in_its_section_alone(words: Lexicon) -> None:
    sentence = "基层经验不够丰富，建成投用滞后。"
    assert ("wanting", "不够") in names(words, sentence, is_weakness=True)
    assert {kind for kind, _ in names(words, sentence)} == {"finished"}


def test_formulae_and_stop_words_are_no_words(words: Lexicon) -> None:
    reader = ContentUnitReader(words.summary, words.stop_words)
    cut = [("旅游", 0), ("我们", 2), ("四个意识", 4), ("的", 8), ("2023", 9)]
    marks = [False] * 4 + [True] * 4 + [False] * 5
    assert list(reader.iter_content_words(cut, marks)) == [("旅游", 0)]


def test_words_of_many_texts_are_worth_less_and_frequent_ones_of_the_report_more() -> None:
    said = [["旅游", "工作"], ["旅游", "化肥"], ["工作"]]
    worth = centroid(said, {"旅游": 5, "工作": 99, "化肥": 5}, 100, 90)
    assert worth["旅游"] > worth["化肥"] > worth["工作"] > 0
    # What is not known to be in a text is rarest.
    assert centroid([["甲乙"]], {}, 0, 10)["甲乙"] > 0
    assert centroid([], {}, 10, 0) == {}


def stock(*units: tuple[int, int, list[int]], weights: tuple[float, ...] = (1, 1)) -> Objective:
    """Stretches of (characters, group, words); each word is worth 1 in each group."""
    chars, groups, words = zip(*units, strict=True) if units else ((), (), ())
    known: dict[tuple[int, int], int] = {}
    rows = [row for row, own in enumerate(words) for _ in own]
    things = [
        known.setdefault((group, word), len(known))
        for group, own in zip(groups, words, strict=True)
        for word in own
    ]
    layer = Layer(
        np.array(groups, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        np.array(rows, dtype=np.int64),
        np.array(things, dtype=np.int64),
        np.ones(len(known)),
        1.0,
    )
    numbers = np.arange(len(units))
    return Objective(
        np.array(chars, dtype=np.int64),
        np.full(len(units), 0.1),
        numbers,
        numbers,
        layer.rows,
        np.array([word for own in words for word in own], dtype=np.int64),
        (layer,),
    )


def test_the_room_is_kept_and_filled() -> None:
    held = stock((10, 0, [1, 2]), (10, 0, [3]), (10, 1, [4]))
    assert choose_candidates(held, (), 30).numbers == (0, 1, 2)
    assert choose_candidates(held, (), 20).numbers == (0, 2)
    assert choose_candidates(held, (), 9).numbers == ()
    assert choose_candidates(stock(), (), 100).numbers == ()


def test_a_slot_is_heard_first_even_by_what_says_less() -> None:
    held = stock((10, 0, [1, 2, 3, 4]), (10, 1, [5]))
    assert choose_candidates(held, (), 10).numbers == (0,)
    assert choose_candidates(held, [Slot((1,))], 10).numbers == (1,)
    assert choose_candidates(held, [Slot((1,)), Slot((0,))], 10).numbers == (1,)
    assert choose_candidates(held, [Slot(())], 10).numbers == (0,)


def test_two_that_say_the_same_are_never_taken_together() -> None:
    held = stock((10, 0, [1, 2, 3, 4]), (10, 1, [1, 2, 3, 4]), (10, 1, [7, 8, 9]))
    assert choose_candidates(held, (), 100).numbers in {(0, 2), (1, 2)}


def test_one_that_fills_the_room_is_taken_where_small_ones_are_worth_less() -> None:
    held = stock((1, 0, [1]), (100, 0, list(range(2, 40))))
    assert choose_candidates(held, (), 100).numbers == (1,)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.integers(0, 1),
            st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True),
        ),
        max_size=7,
    ),
    st.integers(0, 40),
    st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=3), max_size=2),
)
def test_a_choice_is_near_the_best_of_all(
    units: list[tuple[int, int, list[int]]], room: int, wanted: list[list[int]]
) -> None:
    held = stock(*units)
    slots = [Slot(tuple(number for number in slot if number < len(units))) for slot in wanted]
    found = choose_candidates(held, slots, room)
    assert sum(units[number][0] for number in found.numbers) <= room
    assert all(
        not held.find_conflicts(first)[second] for first, second in combinations(found.numbers, 2)
    )
    assert found == choose_candidates(held, slots, room)
    if slots:
        return
    layer = held.layers[0]

    def value(numbers: tuple[int, ...]) -> float:
        return layer.compute_value(layer.compute_covered(numbers)) - 0.1 * len(numbers)

    allowed = [
        numbers
        for size in range(len(units) + 1)
        for numbers in combinations(range(len(units)), size)
        if sum(units[number][0] for number in numbers) <= room
        and all(not held.find_conflicts(one)[other] for one, other in combinations(numbers, 2))
    ]
    assert value(found.numbers) >= 0.6 * max(map(value, allowed))


def test_a_sentence_too_long_for_a_part_is_offered_whole(words: Lexicon) -> None:
    long = "，".join(f"新建第{number}所学校" for number in range(40)) + "。"
    found = parts(words, long)
    assert fold(long) in found
    assert all(len(part) <= 160 for part in found if part != fold(long))
