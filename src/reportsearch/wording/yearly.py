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
NOW = "本年报告"
BEFORE = "上年报告"
FIGURES = "对照结果"
SECTIONS = "逐部分对照"
PLANS = "上年打算与本年相近段落"
THIS_YEAR = "今年"
LAST_YEAR = "上年"
PLAN = "上年打算"
GONE = "（本年没有对应部分）"
NO_SECTIONS = "两份报告都没有可以对照的文字。"
NO_PLANS = "上年报告中没有发现关于下一步打算的段落。"
NO_NEAREST = "本年报告中没有发现相近的段落。"
PLANS_ABOUT = (
    "以下是上年报告中关于下一步打算的段落，以及本年报告中意思最接近的段落，"
    "括号内为相近程度（0至1）。仅列出原文以供对照，不作评判。"
)
CHANGES = {KEPT: "保留", CHANGED: "改写", NEW: "新增", DROPPED: "删去"}
_OPENING = "（标题之前）"


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
    return f"{line}；对应上年：{'；'.join(section_of(path) for path in section.before)}"


def likeness(score: float) -> str:
    """A similarity or a cosine, as it is printed."""
    return f"{score:.2f}"


def places_of(change: Change) -> str:
    """The passages of a changed sentence in both reports, and how like the two are."""
    places = [
        f"{name} {number_of(sentence.passage)}"
        for name, sentence in ((THIS_YEAR, change.now), (LAST_YEAR, change.before))
        if sentence
    ]
    return "，".join([*places, f"相近程度{likeness(change.similarity)}"])


def nearest_of(near: Nearest) -> str:
    """Where a passage stands that is near to a plan, and how near."""
    return f"{NOW} {number_of(near.passage)}　{section_of(near.section)}（{likeness(near.score)}）"


def notes() -> list[str]:
    """How two reports are set against each other."""
    return [
        (
            "逐句对照：“保留”是比对时文字相同的句子，“改写”是与上年某句相近的句子，"
            "“新增”是上年没有相近句子的句子，“删去”是本年没有相近句子的上年句子。"
        ),
        (
            "字数按比对时的文字计算：标点、空白和 * 不计。"
            "保留、改写、新增按本年报告计，删去按上年报告计。"
        ),
        "“#”后的数字是段落编号，接在文件编号之后即为段落号。",
        "本对照只列出文字的异同，不评判工作。",
    ]
