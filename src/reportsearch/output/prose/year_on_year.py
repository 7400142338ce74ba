"""What is said of a report that is set against the one of the year before."""

from __future__ import annotations

from reportsearch.models.year_on_year import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    Change,
    Nearest,
    Plan,
    SectionChanges,
    YearOnYear,
)
from reportsearch.output.prose.common import KeyFigure, format_passage_number, format_share

TITLE = "年度报告对照"
NOW = "本报告"
BEFORE = "前一份报告"
FIGURES = "对照结果"
SECTIONS = "逐部分对照"
PLANS = "去年说要干的事，今年怎么说"
HERE = "本"
THERE = "前"
PLAN = "前一份报告的打算"
AGAIN = "（也是打算）"
OLD = "（这段是去年原话）"
COPY = "（照抄去年打算）"
GONE = "（本报告没有对应部分）"
NO_SECTIONS = "两份报告都没有可以对照的文字。"
NO_PLANS = "前一份报告中没有发现关于下一步打算的段落。"
NO_ANSWER = "今年报告中未见明显回应。"
ONLY_REPEATED = "照抄去年打算，没有另说办得怎样。"
ECHOES = "相近但不算回应的段落"
OUTCOMES = {ANSWERED: "有回应", REPEATED: "照抄去年打算", SILENT: "未见明显回应"}
CANDIDATES = "与它只有个别词相同的段落"
PLANS_ABOUT = (
    "左边是前一份报告中关于下一步打算的段落，右边是本报告中用字与它相近的段落。"
    "把去年打算的原句又写一遍、没有另说办得怎样的，算“照抄去年打算”；大半是去年原话的段落和"
    "今年的新打算，不算回应。仅列出原文以供对照，办没办成由读者判断。"
)
CHANGES = {KEPT: "保留", CHANGED: "改写", NEW: "新增", DROPPED: "删去"}
MAX_REPEATED = 10
"""Sentences that stand several times, of which this is said."""
_OPENING = "（第一个标题之前）"


def format_section(path: tuple[str, ...]) -> str:
    """A path of headings as a line."""
    return " › ".join(path) or _OPENING


def figures(result: YearOnYear) -> list[KeyFigure]:
    """The sums, and the shares of the report that they are of."""
    now, before = (NOW, result.chars), (BEFORE, result.previous_chars)
    return [
        KeyFigure(
            CHANGES[kind],
            format_share(chars, whole),
            f"{result.count_sentences(kind)}句，{chars:,}字，占{name}句子字数（{whole:,}字）的比例：{about}",
        )
        for kind, chars, (name, whole), about in (
            (KEPT, result.kept, now, "整句一字不差的才算，标点不论；只有半句相同的不算"),
            (CHANGED, result.changed, now, "与前一份某句大部分相同的，整句都算，包括句中新写的字"),
            (NEW, result.new, now, "前一份没有相近句子的；去年打算、今年办成的也算新增"),
            (DROPPED, result.dropped, before, "前一份有、本报告没有相近句子的"),
        )
    ]


def format_counts(section: SectionChanges) -> str:
    """The numbers of a section, and the sections before from which its sentences come."""
    numbers = (
        (KEPT, section.kept),
        (CHANGED, section.changed),
        (NEW, section.new),
        (DROPPED, section.dropped),
    )
    line = "，".join(f"{CHANGES[kind]}{chars}字" for kind, chars in numbers)
    if section.is_gone or not section.before:
        return line
    return f"{line}；前一份报告的句子出自：{'；'.join(format_section(path) for path in section.before)}"


def format_similarity(score: float) -> str:
    """A similarity or a cosine, as it is printed."""
    return f"{score:.2f}"


def format_places(change: Change) -> str:
    """The passages of a changed sentence in both reports, and how like the two are."""
    places = [
        f"{name} {format_passage_number(sentence.passage)}"
        for name, sentence in ((HERE, change.now), (THERE, change.before))
        if sentence
    ]
    return "，".join([*places, f"相近程度{format_similarity(change.similarity)}"])


def format_place(change: Change) -> str:
    """The passage of a sentence that stands in one report alone, or is the same in both."""
    if change.now:
        return f"{HERE} {format_passage_number(change.now.passage)}"
    return f"{THERE} {format_passage_number(change.before.passage)}" if change.before else ""


def format_nearest(near: Nearest) -> str:
    """Where a passage stands that is near to a plan."""
    place = f"{NOW} {format_passage_number(near.passage)}　{format_section(near.section)}"
    return "　".join([place, *list_marks(near)])


def list_marks(near: Nearest) -> list[str]:
    """What has to be known of a passage that is near to a plan."""
    marks = ((near.repeats, COPY), (near.is_old and not near.repeats, OLD), (near.is_plan, AGAIN))
    return [mark for is_so, mark in marks if is_so]


def explain_no_answer(plan: Plan) -> str:
    """What is said of a plan that nothing answers."""
    return ONLY_REPEATED if plan.outcome == REPEATED else NO_ANSWER


def conclusion(result: YearOnYear) -> str:
    """The answer in a sentence or two, before all figures."""
    kept, changed, new = (
        format_share(part, result.chars) for part in (result.kept, result.changed, result.new)
    )
    gone = format_share(result.dropped, result.previous_chars)
    line = (
        f"本报告的句子共{result.chars:,}字，其中{kept}与前一份报告一字不差，{changed}改动过，"
        f"{new}是新写的；按句数，{_format_numbers(result)}。前一份报告的话有{gone}这次没有再说。"
    )
    if not result.plans:
        return line + NO_PLANS
    told = "、".join(f"{name}{result.count_plans(kind)}条" for kind, name in OUTCOMES.items())
    return f"{line}前一份报告说要干的事有{len(result.plans)}条：{told}。"


def _format_numbers(result: YearOnYear) -> str:
    return "、".join(
        f"{CHANGES[kind]}{result.count_sentences(kind)}句" for kind in (KEPT, CHANGED, NEW)
    )


def find_repeated(result: YearOnYear) -> list[tuple[str, int]]:
    """The sentences that stand several times in this report, the most frequent first."""
    having: dict[str, list[str]] = {}
    for section in result.sections:
        for change in section.changes:
            if change.now:
                text = change.now.text.strip().rstrip("。！？!?；;")
                having.setdefault(text, []).append(text)
    found = [(text, len(times)) for text, times in having.items() if len(times) > 1]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:MAX_REPEATED]


def format_repeated(result: YearOnYear) -> str:
    """What is said of them; nothing where there are none."""
    told = "；".join(f"“{text}”{times}次" for text, times in find_repeated(result))
    return f"同一句在本报告里出现多次：{told}。" if told else ""


def notes() -> list[str]:
    """How two reports are set against each other."""
    return [
        (
            "逐句对照：“保留”是比对时文字相同的句子，“改写”是与前一份报告某句相近的句子，"
            "“新增”是前一份报告没有相近句子的句子，“删去”是本报告没有相近句子的前一份报告的句子。"
            "题目、标题、编号和落款不算句子，只是照写另一份报告的标题或落款的也不算。打算只与打算对照：去年打算、今年办成的事，算作新增。"
        ),
        (
            "字数按比对时的文字计算：标点、空白和 * 不计。"
            "保留、改写、新增按本报告计，删去按前一份报告计。"
        ),
        (
            "查重中的各种比例按连续相同的字数计，半句也算、题目也算，占的是全文字数；这里按整句计，"
            "题目、标题、编号和落款不算，所以两处的数字不同。"
        ),
        "“本 #”和“前 #”后的数字是各自的段落编号，接在文件编号之后即为段落号。",
        "本对照只列出文字的异同，不评判工作。",
    ]
