"""What is said of a report that is set against the one of the year before."""

from __future__ import annotations

from reportsearch.models import (
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    Change,
    Nearest,
    SectionChanges,
    YearOnYear,
)
from reportsearch.wording.common import Figure, number_of, share

TITLE = "年度报告对照"
NOW = "本报告"
BEFORE = "前一份报告"
FIGURES = "对照结果"
SECTIONS = "逐部分对照"
PLANS = "前一份报告的打算与本报告相近段落"
HERE = "本"
THERE = "前"
PLAN = "前一份报告的打算"
AGAIN = "（也是打算）"
GONE = "（本报告没有对应部分）"
NO_SECTIONS = "两份报告都没有可以对照的文字。"
NO_PLANS = "前一份报告中没有发现关于下一步打算的段落。"
NO_NEAREST = "本报告中没有发现相近的段落。"
PLANS_ABOUT = (
    "以下是前一份报告中关于下一步打算的段落，以及本报告中用字最接近的段落，"
    "括号内为相近程度（0至1）。仅列出原文以供对照，不作评判。"
)
CHANGES = {KEPT: "保留", CHANGED: "改写", NEW: "新增", DROPPED: "删去"}
_OPENING = "（第一个标题之前）"


def section_of(path: tuple[str, ...]) -> str:
    """A path of headings as a line."""
    return " › ".join(path) or _OPENING


def figures(result: YearOnYear) -> list[Figure]:
    """The sums, and the shares of the report that they are of."""
    now, before = (NOW, result.chars), (BEFORE, result.previous_chars)
    return [
        Figure(CHANGES[kind], f"{chars}字", f"占{name}的{share(chars, whole)}（共{whole}字）")
        for kind, chars, (name, whole) in (
            (KEPT, result.kept, now),
            (CHANGED, result.changed, now),
            (NEW, result.new, now),
            (DROPPED, result.dropped, before),
        )
    ]


def counts(section: SectionChanges) -> str:
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
    return f"{line}；前一份报告的句子出自：{'；'.join(section_of(path) for path in section.before)}"


def likeness(score: float) -> str:
    """A similarity or a cosine, as it is printed."""
    return f"{score:.2f}"


def places_of(change: Change) -> str:
    """The passages of a changed sentence in both reports, and how like the two are."""
    places = [
        f"{name} {number_of(sentence.passage)}"
        for name, sentence in ((HERE, change.now), (THERE, change.before))
        if sentence
    ]
    return "，".join([*places, f"相近程度{likeness(change.similarity)}"])


def place_of(change: Change) -> str:
    """The passage of a sentence that stands in one report alone, or is the same in both."""
    if change.now:
        return f"{HERE} {number_of(change.now.passage)}"
    return f"{THERE} {number_of(change.before.passage)}" if change.before else ""


def nearest_of(near: Nearest) -> str:
    """Where a passage stands that is near to a plan, and how near."""
    again = f"　{AGAIN}" if near.is_plan else ""
    place = f"{NOW} {number_of(near.passage)}　{section_of(near.section)}"
    return f"{place}（{likeness(near.score)}）{again}"


def notes() -> list[str]:
    """How two reports are set against each other."""
    return [
        (
            "逐句对照：“保留”是比对时文字相同的句子，“改写”是与前一份报告某句相近的句子，"
            "“新增”是前一份报告没有相近句子的句子，“删去”是本报告没有相近句子的前一份报告的句子。"
            "题目、标题、编号和落款不算句子。打算只与打算对照：去年打算、今年办成的事，算作新增。"
        ),
        (
            "字数按比对时的文字计算：标点、空白和 * 不计。"
            "保留、改写、新增按本报告计，删去按前一份报告计。"
        ),
        "“本 #”和“前 #”后的数字是各自的段落编号，接在文件编号之后即为段落号。",
        "本对照只列出文字的异同，不评判工作。",
    ]
