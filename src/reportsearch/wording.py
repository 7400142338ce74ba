"""What the printable reports say, whichever way they are written: names, figures, notes.

The pages and the Word documents show the same; what they have in common stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportsearch.marks import Mark, Segment, cut, paragraphs
from reportsearch.models import (
    CHANGED,
    DROPPED,
    EDITED,
    EXACT,
    FORMULA,
    KEPT,
    NEW,
    OCR,
    Formula,
    ReportInfo,
    Reuse,
    SectionChanges,
    Source,
    YearOnYear,
)

REUSE_TITLE = "文字复制比检测报告"
YEARLY_TITLE = "年度报告对照"
KINDS = {EXACT: "相同", EDITED: "改写", FORMULA: "套话"}
CHANGES = {KEPT: "保留", CHANGED: "改写", NEW: "新增", DROPPED: "删去"}
OPENING = "（标题之前）"
"""The name of the part of a report before its first heading."""
PLANS_ABOUT = (
    "以下是上年报告中关于下一步打算的段落，以及本年报告中意思最接近的段落，"
    "括号内为相近程度（0至1）。仅列出原文以供对照，不作评判。"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a report, what it is called and what it means."""

    name: str
    value: str
    about: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with the number under which the report names it, and its anchors."""

    label: str
    anchor: str
    source: Source

    @property
    def evidence(self) -> str:
        """The anchor of its evidence."""
        return f"evidence_{self.anchor}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A formula with its number and anchor."""

    label: str
    anchor: str
    formula: Formula


def percent(rate: float) -> str:
    """A share as a percentage with one decimal; what is not all or nothing does not look so."""
    if 0 < rate < 0.0005:
        return "<0.1%"
    if 0.9995 <= rate < 1:
        return ">99.9%"
    return f"{rate * 100:.1f}%"


def share(part: int, whole: int) -> str:
    """A number as a percentage of another."""
    return percent(part / whole) if whole else percent(0)


def place(start: int) -> str:
    """The anchor of a place of the report."""
    return f"place_{start}"


def number_of(passage: str) -> str:
    """The number of a passage, with the sign that parts it from the report's id."""
    return "#" + passage.rpartition("#")[2]


def title_of(info: ReportInfo) -> str:
    """A report's title, and whether its text was recognised on pictures of pages."""
    title = info.title or info.id
    return f"{title}（OCR识别，须核对）" if info.reader == OCR else title


def section_of(path: tuple[str, ...]) -> str:
    """A path of headings as a line."""
    return " › ".join(path) or OPENING


def about(info: ReportInfo) -> list[tuple[str, str]]:
    """What is known about a report: names and values."""
    known = [
        ("题名", title_of(info)),
        ("人员", info.official or "未注明"),
        ("职务", info.post or "未注明"),
        ("年份", str(info.year) if info.year else "未注明"),
        ("文件", info.id),
    ]
    return [*known, ("校验值", f"SHA-256 {info.sha256}")] if info.sha256 else known


def compared_with(result: Reuse) -> str:
    """A sentence on what the report was compared with, and how."""
    others = result.reports - (len(result.left_out) if result.is_draft else 1)
    return (
        f"与索引中的{max(others, 0)}份其他报告比对；"
        f"连续相同至少{result.min_chars}字的文字计为重复；"
        f"在{result.formula_officials}名以上（含）人员的报告中出现的文字视为套话。"
    )


def draft_notes(result: Reuse) -> list[str]:
    """What has to be known of a draft."""
    if not result.is_draft:
        return []
    notes = ["本文是一份未收入索引的稿件，比对时没有写入索引。"]
    if result.left_out:
        notes.append(
            f"索引中与本稿出自同一文件的报告没有参加比对：{'、'.join(result.left_out)}。"
        )
    return notes


def figures(result: Reuse) -> list[Figure]:
    """The figures that stand on top, the rate of all first."""
    return [
        Figure("总文字复制比", percent(result.rate), "重复字数占总字数的比例"),
        Figure("去除套话复制比", percent(result.rate_without_formulae), "重复文字中不计套话"),
        Figure(
            "去除本人已有文献复制比",
            percent(result.rate_without_own),
            "不计仅与本人较早报告相同的文字",
        ),
        Figure(
            "只算较早报告", percent(result.rate_from_sources), "不计仅与后来的报告相同的文字"
        ),
        Figure("含改写", percent(result.rate_with_edits), "重复文字加上经小改动的文字"),
        Figure("最长连续相同字数", str(result.longest), "与任一报告连续相同的最长一处"),
        Figure("总字数", str(result.chars), "标点、空白和 * 不计"),
        Figure("重复字数", str(result.shared), "与任一其他报告相同的字数"),
    ]


def entries(result: Reuse) -> tuple[list[Entry], list[Entry]]:
    """The sources, and the later reports, as they are numbered."""
    sources = [
        Entry(str(number), f"source_{number}", source)
        for number, source in enumerate(result.sources, 1)
    ]
    later = [
        Entry(f"后{number}", f"later_{number}", source)
        for number, source in enumerate(result.reused_by, 1)
    ]
    return sources, later


def formulae(result: Reuse) -> list[Listed]:
    """The formulae as they are numbered."""
    return [
        Listed(f"套{number}", f"formula_{number}", formula)
        for number, formula in enumerate(result.formulae, 1)
    ]


def marked(result: Reuse) -> list[list[Segment]]:
    """The report's paragraphs as marked pieces; numbers count sources and later reports from 0."""
    sources = (*result.sources, *result.reused_by)
    marks = [
        Mark(span.start, span.end, number, span.kind)
        for number, source in enumerate(sources)
        for span in source.spans
    ]
    parts = [
        Mark(start, end, number)
        for number, formula in enumerate(result.formulae)
        for start, end in formula.spans
    ]
    return paragraphs(cut(result.text, marks, parts))


def number_shown(segment: Segment, numbered: list[Entry], listed: list[Listed]) -> str:
    """What stands raised behind a marked piece: a source's number and how many others there are."""
    if segment.entry is not None:
        label = numbered[segment.entry].label
        return f"{label}+{segment.others}" if segment.others else label
    return listed[segment.formula].label if segment.formula is not None else ""


def anchor_of(segment: Segment, numbered: list[Entry], listed: list[Listed]) -> str:
    """The anchor of the entry to which a marked piece points."""
    if segment.entry is not None:
        return numbered[segment.entry].anchor
    return listed[segment.formula].anchor if segment.formula is not None else ""


def targets(result: Reuse) -> Iterator[int]:
    """The places of the report to which the evidence and the formulae point back."""
    for source in (*result.sources, *result.reused_by):
        yield from (span.start for span in source.spans)
    for formula in result.formulae:
        yield from (start for start, _ in formula.spans)


COLUMNS = ("序号", "报告", "人员", "年份", "本人", "相同字数", "除套话", "改写", "占比", "最长")
"""The heads of the tables of sources."""


def row(entry: Entry) -> tuple[str, ...]:
    """A source as a row of its table."""
    source = entry.source
    return (
        entry.label,
        title_of(source.report),
        source.report.official or "—",
        str(source.report.year or "—"),
        "本人" if source.is_own else "—",
        str(source.chars),
        str(source.chars_without_formulae),
        str(source.edited_chars),
        percent(source.rate),
        str(source.longest),
    )


def kind_of(formula: Formula) -> str:
    """Whether a formula is one by the word lists or by the reports."""
    return "固定用语" if formula.is_set_phrase else "多份报告共有"


FORMULA_COLUMNS = ("序号", "文字", "种类", "字数", "报告数", "人员数", "本文处数")


def formula_row(entry: Listed) -> tuple[str, ...]:
    """A formula as a row of its table."""
    formula = entry.formula
    return (
        entry.label,
        formula.text,
        kind_of(formula),
        str(formula.chars),
        str(formula.reports),
        str(formula.officials),
        str(len(formula.spans)),
    )


FIGURES = "检测结果"
SOURCES = "相似来源"
LATER = "被后来的报告使用"
TEXT = "全文标注"
EVIDENCE = "逐处对照"
FORMULAE = "套话"
NOTES = "说明"


def nothing_in(heading: str, result: Reuse) -> str:
    """What is said where a list is empty."""
    if heading == SOURCES:
        return f"没有发现与较早或同期报告相同或相近的文字（连续相同至少{result.min_chars}字）。"
    if heading == LATER:
        return "没有发现后来的报告使用本报告的文字。"
    if heading == EVIDENCE:
        return "没有发现重复文字，无可对照。"
    return "没有发现套话。"


LEGEND = (
    (EXACT, "与来源连续相同的文字"),
    (EDITED, "与来源相近、经小改动的文字，只计入“含改写”"),
    (FORMULA, "套话，见文末清单"),
)
LEGEND_NUMBERS = (
    "右上角数字是来源的序号；“后1”是后来的报告，“套1”是套话；"
    "“1+2”表示除来源1外，另有2份报告也有这些文字，在逐处对照中全部列出。"
)


def reuse_notes(result: Reuse) -> list[str]:
    """How the figures are counted."""
    return [
        "字数按比对时的文字计算：标点、空白和 * 不计，全角与半角、繁体与简体、大写与小写视为相同。"
        "各复制比都是占总字数的比例。",
        f"“相同”是与另一份报告连续相同至少{result.min_chars}字的文字；不足{result.min_chars}字的不计。"
        "同一处文字与几份报告相同，总字数中只计一次，所以各来源的占比不能相加。",
        "“改写”是相同文字之间或两侧经小改动的文字，只计入“含改写”，不计入其他各项。",
        f"“套话”是至少8字、不含数字、在{result.formula_officials}名以上（含）人员的报告中出现的文字，"
        "以及词表所列的固定用语。",
        "“较早报告”包括同期和没有注明时间的报告。是否本人，按报告注明的人员判断；没有注明人员的报告"
        "不视为本人报告。",
        "对照中“#”后的数字是段落编号，接在文件编号之后即为段落号。",
        "本报告只列出相同和相近的文字，不判断其来由，也不作为是否抄袭的结论。",
    ]


def yearly_figures(result: YearOnYear) -> list[Figure]:
    """The sums of a comparison of two years."""
    return [
        *(
            Figure(
                CHANGES[kind],
                f"{chars}字",
                f"占{whose}的{share(chars, whole)}（{whole}字）",
            )
            for kind, chars, whose, whole in (
                (KEPT, result.kept, "本年报告", result.chars),
                (CHANGED, result.changed, "本年报告", result.chars),
                (NEW, result.new, "本年报告", result.chars),
                (DROPPED, result.dropped, "上年报告", result.previous_chars),
            )
        )
    ]


def yearly_notes() -> list[str]:
    """How two years are compared."""
    return [
        "逐句对照：“保留”是比对时文字相同的句子，“改写”是与上年某句相近的句子，“新增”是上年没有"
        "相近句子的句子，“删去”是本年没有相近句子的上年句子。",
        "字数按比对时的文字计算：标点、空白和 * 不计。保留、改写、新增按本年报告计，删去按上年报告计。",
        "本对照只列出文字的异同，不评判工作。",
    ]


def counts(section: SectionChanges) -> str:
    """The numbers of a section as a line."""
    return (
        f"保留{section.kept}字，改写{section.changed}字，新增{section.new}字，删去{section.dropped}字"
    )


def before_of(section: SectionChanges) -> str:
    """The sections of the report before from which a section's sentences come."""
    return "；".join(section_of(path) for path in section.before)


SECTIONS = "逐部分对照"
PLANS = "上年打算与本年相近段落"
NO_SECTIONS = "两份报告都没有可以对照的文字。"
NO_PLANS = "上年报告中没有发现关于下一步打算的段落。"
NO_NEAREST = "本年报告中没有发现相近的段落。"
