"""What is said of a report's text reuse, in the manner of 查重."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.marks import Mark, Segment, cut, paragraphs
from reportsearch.models import EDITED, EXACT, FORMULA, Formula, Reuse, ReusedSpan, Source
from reportsearch.wording.common import Figure, number_of, percent, title_of

TITLE = "文字复制比检测报告"
FIGURES = "检测结果"
SOURCES = "相似来源"
LATER = "被后来的报告使用"
TEXT = "全文标注"
EVIDENCE = "逐处对照"
FORMULAE = "套话"
OWN = "本报告"
OTHER = "来源"
TO_TEXT = "看原文"
TO_LIST = "回到列表"

KINDS = {EXACT: "相同", EDITED: "改写", FORMULA: "套话"}
COLUMNS = ("序号", "报告", "占比", "相同字数", "最长", "除套话", "改写", "人员", "年份", "本人")
"""The heads of the tables of sources; numbers from the third to the seventh."""
FORMULA_COLUMNS = ("序号", "文字", "种类", "字数", "报告数", "人员数", "本文处数")
"""The heads of the table of formulae; numbers from the fourth on."""

LEGEND = (
    (EXACT, "与来源连续相同的文字"),
    (EDITED, "与来源相近、经小改动的文字，只计入“含改写”"),
    (FORMULA, "套话，见文末清单"),
)
LEGEND_NUMBERS = (
    "右上角方括号内是来源的序号；“后1”是后来的报告，“套1”是套话；"
    "“1+2”表示除来源1外，另有至多2份报告也有这些文字，在逐处对照中全部列出。"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with the number under which the report names it, and its anchor."""

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


def place(start: int) -> str:
    """The anchor of a place of the report."""
    return f"place_{start}"


def compared_with(result: Reuse) -> str:
    """What the report was compared with, and how."""
    return (
        f"与索引中的{result.others}份其他报告比对；"
        f"连续相同至少{result.min_chars}字的文字计为重复；"
        f"在{result.formula_officials}名以上（含）人员的报告中出现、至少8字且不含数字的文字，"
        "以及词表所列的固定用语，视为套话。"
    )


def remarks(result: Reuse) -> list[str]:
    """What has to be known of this report before its figures are read."""
    notes = []
    if result.report.official is None:
        notes.append("本文没有注明人员，无从区分本人与他人的报告：来源中没有一份算作本人报告。")
    if result.is_draft:
        notes.append("本文是一份未收入索引的稿件，比对时没有写入索引。")
    if result.left_out:
        names = "、".join(result.left_out)
        notes.append(f"索引中与本稿出自同一文件的报告没有参加比对：{names}。")
    return notes


def figures(result: Reuse) -> list[Figure]:
    """The figures that stand on top, the rate of all first."""
    rates = (
        ("总文字复制比", result.rate, "重复字数占总字数的比例"),
        ("去除套话复制比", result.rate_without_formulae, "重复文字中不计套话"),
        ("去除本人较早报告", result.rate_without_own, "不计仅与本人较早报告相同的文字"),
        ("只算他人报告", result.rate_from_others, "不计仅与本人报告相同的文字，不论早晚"),
        ("去除后来的报告", result.rate_from_sources, "不计仅与后来的报告相同的文字"),
        ("含改写", result.rate_with_edits, "重复文字加上经小改动的文字"),
    )
    numbers = (
        ("最长连续相同字数", result.longest, "与任一报告连续相同的最长一处"),
        ("总字数", result.chars, "标点、空白和 * 不计"),
        ("重复字数", result.shared, "与任一其他报告相同的字数"),
    )
    found = [Figure(name, percent(rate), about) for name, rate, about in rates]
    return found + [Figure(name, str(number), about) for name, number, about in numbers]


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
    """The report's paragraphs as marked pieces.

    An entry is the place among the sources and, after them, the later reports.
    """
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


def pointer(segment: Segment, numbered: list[Entry], listed: list[Listed]) -> tuple[str, str]:
    """What stands raised behind a marked piece, and the anchor of the entry that it points to.

    The first is a source's number and how many other reports have the piece, too.
    """
    if segment.entry is not None:
        entry = numbered[segment.entry]
        others = f"+{segment.others}" if segment.others else ""
        return f"[{entry.label}{others}]", entry.anchor
    if segment.formula is not None:
        return f"[{listed[segment.formula].label}]", listed[segment.formula].anchor
    return "", ""


def targets(result: Reuse, lines: list[list[Segment]]) -> set[int]:
    """The places of the report to which the evidence and the formulae can point back."""
    wanted = {
        span.start for source in (*result.sources, *result.reused_by) for span in source.spans
    }
    wanted.update(formula.spans[0][0] for formula in result.formulae if formula.spans)
    # No piece begins with a line end, should a span do so.
    return wanted & {piece.start for line in lines for piece in line}


def row(entry: Entry) -> tuple[str, ...]:
    """A source as a row of its table."""
    source = entry.source
    return (
        entry.label,
        title_of(source.report),
        percent(source.rate),
        str(source.chars),
        str(source.longest),
        str(source.chars_without_formulae),
        str(source.edited_chars),
        source.report.official or "—",
        str(source.report.year or "—"),
        "本人" if source.is_own else "—",
    )


def formula_row(entry: Listed) -> tuple[str, ...]:
    """A formula as a row of its table."""
    formula = entry.formula
    return (
        entry.label,
        formula.text,
        "固定用语" if formula.is_set_phrase else "多份报告共有",
        str(formula.chars),
        str(formula.reports),
        str(formula.officials),
        str(len(formula.spans)),
    )


def summary(entry: Entry) -> str:
    """A line on how much a source has in common with the report."""
    source = entry.source
    return f"共{len(source.spans)}处，相同{source.chars}字，改写{source.edited_chars}字"


def place_of(span: ReusedSpan) -> str:
    """The passages in which a place stands on both sides."""
    return f"{OWN} {number_of(span.passage)}，{OTHER} {number_of(span.source_passage)}"


def left(places: int) -> str:
    """What is said where not all places of a source are set against each other."""
    return f"其余{places}处从略，在网页版中全部列出。"


def nothing_in(heading: str, result: Reuse) -> str:
    """What is said where a list is empty."""
    if heading == SOURCES:
        return f"没有发现与较早或同期报告相同或相近的文字（连续相同至少{result.min_chars}字）。"
    if heading == LATER:
        return "没有发现后来的报告使用本报告的文字。"
    if heading == EVIDENCE:
        return "没有发现重复文字，无可对照。"
    return "没有发现套话。"


def notes(result: Reuse) -> list[str]:
    """How the figures are counted."""
    return [
        (
            "字数按比对时的文字计算：标点、空白和 * 不计，全角与半角、繁体与简体、大写与小写"
            "视为相同。各复制比都是占总字数的比例。"
        ),
        (
            f"“相同”是与另一份报告连续相同至少{result.min_chars}字的文字，不足的不计。"
            "同一处文字与几份报告相同，重复字数中只计一次，所以各来源的占比不能相加。"
        ),
        "“改写”是相同文字之间或两侧经小改动的文字，只计入“含改写”，不计入其他各项。",
        (
            f"“套话”是至少8字、不含数字、在{result.formula_officials}名以上（含）人员的报告中"
            "出现的文字，以及词表所列的固定用语。"
        ),
        (
            "“相似来源”和“较早报告”包括同期和没有注明时间的报告。是否本人，按报告注明的人员判断；"
            "没有注明人员的报告不视为任何人的本人报告，在套话中各算一人。"
        ),
        "对照中“#”后的数字是段落编号，接在文件编号之后即为段落号。",
        "本报告只列出相同和相近的文字，不判断其来由，也不作为是否抄袭的结论。",
    ]
