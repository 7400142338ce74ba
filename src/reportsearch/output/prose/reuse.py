"""What is said of a report's text reuse, in the manner of 查重."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Formula, Reuse, ReusedPlace, Source
from reportsearch.output.annotations import AnnotatedSegment, Annotation, split_at, split_paragraphs
from reportsearch.output.prose.common import (
    KeyFigure,
    format_passage_number,
    format_percent,
    format_title,
)

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

KINDS = {EXACT: "相同", EDITED: "小改", FORMULA: "套话"}
COLUMNS = ("序号", "报告", "占比", "相同字数", "最长", "除套话", "小改", "人员", "年份", "本人")
"""The heads of the tables of sources; numbers from the third to the seventh."""
FORMULA_COLUMNS = ("序号", "文字", "种类", "字数", "报告数", "人员数", "本文处数")
"""The heads of the table of formulae; numbers from the fourth on."""

LEGEND = (
    (EXACT, "与来源一字不差（实线）"),
    (EDITED, "与来源相近，只改动了几个字（虚线），只计入“含小改”"),
    (FORMULA, "许多报告都有的话（点线），见文末清单"),
)
LEGEND_NUMBERS = (
    "标出的文字后面，方括号里说它见于哪里：“来源1”是相似来源表中的第1份，"
    "“来源1等3份”是除它以外至多还有2份报告也有，“后来1”是后来的报告，"
    "“套话1”是套话清单中的第1条；在逐处对照中全部列出。"
)


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with the number under which the report names it, and its anchor."""

    label: str
    anchor: str
    source: Source

    @property
    def evidence(self) -> str:
        """The anchor of its evidence."""
        return f"evidence_{self.anchor}"


@dataclass(frozen=True, slots=True)
class FormulaEntry:
    """A formula with its number and anchor."""

    label: str
    anchor: str
    formula: Formula


def format_place_anchor(start: int) -> str:
    """The anchor of a place of the report."""
    return f"place_{start}"


def find_marked_start(shared: ReusedPlace) -> int:
    """Where in the report the first marked piece of a place begins."""
    return shared.spans[0].query[0]


def describe_comparison(result: Reuse) -> str:
    """What the report was compared with, and how."""
    return (
        f"与索引中的{result.other_count}份其他报告比对；"
        f"连续相同至少{result.min_chars}字的文字计为重复；"
        f"在{result.formula_officials}名以上（含）人员的报告中出现、至少8字且不含数字的文字，"
        "以及词表所列的固定用语，视为套话。"
    )


def build_remarks(result: Reuse) -> list[str]:
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


def figures(result: Reuse) -> list[KeyFigure]:
    """The figures that stand on top, the rate of all first."""
    least = f"连续相同至少{result.min_chars}字"
    rates = (
        (
            "总文字复制比",
            result.rate,
            f"与任何一份其他报告{least}的都算，不论本人他人、早写晚写；只是相近的不算",
        ),
        ("去除套话复制比", result.rate_without_formulae, "同第一行，但套话不算"),
        (
            "去除本人较早报告",
            result.rate_without_own,
            "同第一行，但只见于本人较早报告的不算；他人的、本人后来的照算",
        ),
        (
            "只算他人报告",
            result.rate_from_others,
            "只算也见于他人报告的，套话照算；只见于本人报告的不算，不论早晚",
        ),
        (
            "只算他人报告，去除套话",
            result.rate_from_others_without_formulae,
            "只算也见于他人报告的，套话不算；只见于本人报告的不算，不论早晚",
        ),
        (
            "去除后来的报告",
            result.rate_from_sources,
            "只算也见于较早、同期或没有注明时间的报告的；只见于后来报告的不算",
        ),
        ("含小改", result.rate_with_edits, "同第一行，再加上与其他报告相近、只改动了几个字的文字"),
    )
    numbers = (
        ("最长连续相同字数", result.longest, "与任一报告连续相同的最长一处"),
        ("总字数", result.chars, "全文的字数，标点、空白和 * 不计；各比例都以它为分母"),
        ("重复字数", result.shared, "总文字复制比的分子；同一处与几份报告相同，只计一次"),
    )
    found = [KeyFigure(name, format_percent(rate), about) for name, rate, about in rates]
    return found + [KeyFigure(name, f"{number:,}", about) for name, number, about in numbers]


def conclusion(result: Reuse) -> str:
    """The answer in a sentence or two, before all figures."""
    whole = f"全文{result.chars:,}字，"
    if not result.shared:
        line = f"{whole}没有发现与其他报告连续相同至少{result.min_chars}字的文字。"
        if result.rate_with_edits:
            line += f"相近、只改动了几个字的占{format_percent(result.rate_with_edits)}。"
        return line
    line = f"{whole}其中{format_percent(result.rate)}（{result.shared:,}字）也见于其他报告；"
    if result.report.official is None:
        line += f"去掉套话占{format_percent(result.rate_without_formulae)}。"
        line += "本稿没有注明人员，" if result.is_draft else "本报告没有注明人员，"
        line += "分不清哪些是本人以前的话。"
    else:
        others = format_percent(result.rate_from_others_without_formulae)
        line += f"去掉套话和只见于本人报告的，见于他人报告的占{others}。"
    return line + _describe_most_similar(result)


def _describe_most_similar(result: Reuse) -> str:
    """Which report is most like it, and of those of others which, if that is another one."""
    having = [source for source in (*result.sources, *result.reused_by) if source.chars]
    having.sort(key=lambda source: -source.chars)
    named = having[:1] + [source for source in having if not source.is_own][:1]
    if named[0] is named[-1]:
        return f"最像的是{format_source(named[0])}。"
    return f"最像的是{format_source(named[0])}；他人报告里最像的是{format_source(named[1])}。"


def format_source(source: Source) -> str:
    """A source in a sentence: its title, whose it is where that does not tell, and the share."""
    info = source.report
    title = format_title(info)
    whose = "本人" if source.is_own else info.official or ""
    known = [whose] if whose and whose not in title else []
    return f"《{title}》（{'，'.join([*known, format_percent(source.rate)])}）"


def number_sources(result: Reuse) -> tuple[list[SourceEntry], list[SourceEntry]]:
    """The sources, and the later reports, as they are numbered."""
    sources = [
        SourceEntry(f"来源{number}", f"source_{number}", source)
        for number, source in enumerate(result.sources, 1)
    ]
    later = [
        SourceEntry(f"后来{number}", f"later_{number}", source)
        for number, source in enumerate(result.reused_by, 1)
    ]
    return sources, later


def number_formulae(result: Reuse) -> list[FormulaEntry]:
    """The formulae as they are numbered."""
    return [
        FormulaEntry(f"套话{number}", f"formula_{number}", formula)
        for number, formula in enumerate(result.formulae, 1)
    ]


def annotate_text(result: Reuse) -> list[list[AnnotatedSegment]]:
    """The report's paragraphs as marked pieces.

    An entry is the place among the sources and, after them, the later reports.
    """
    sources = (*result.sources, *result.reused_by)
    marks = [
        Annotation(*span.query, number, span.kind)
        for number, source in enumerate(sources)
        for place in source.places
        for span in place.spans
    ]
    parts = [
        Annotation(start, end, number)
        for number, formula in enumerate(result.formulae)
        for start, end in formula.spans
    ]
    return split_paragraphs(split_at(result.text, marks, parts))


def format_label(label: str, others: int) -> str:
    """The label of a source, where ``others`` more reports have the same."""
    return f"{label}等{others + 1}份" if others else label


def format_pointer(
    segment: AnnotatedSegment, numbered: list[SourceEntry], listed: list[FormulaEntry]
) -> tuple[str, str]:
    """What stands raised behind a marked piece, and the anchor of the entry that it points to.

    The first is a source's number and how many other reports have the piece, too.
    """
    if segment.entry is not None:
        entry = numbered[segment.entry]
        return f"[{format_label(entry.label, segment.others)}]", entry.anchor
    if segment.formula is not None:
        return f"[{listed[segment.formula].label}]", listed[segment.formula].anchor
    return "", ""


def find_targets(result: Reuse, lines: list[list[AnnotatedSegment]]) -> set[int]:
    """The places of the report to which the evidence and the formulae can point back."""
    wanted = {
        find_marked_start(place)
        for source in (*result.sources, *result.reused_by)
        for place in source.places
    }
    wanted.update(formula.spans[0][0] for formula in result.formulae if formula.spans)
    # No piece begins with a line end, should a span do so.
    return wanted & {piece.start for line in lines for piece in line}


def format_row(entry: SourceEntry) -> tuple[str, ...]:
    """A source as a row of its table."""
    source = entry.source
    return (
        entry.label,
        format_title(source.report),
        format_percent(source.rate),
        str(source.chars),
        str(source.longest),
        str(source.chars_without_formulae),
        str(source.edited_chars),
        source.report.official or "—",
        str(source.report.year or "—"),
        "本人" if source.is_own else "—",
    )


def format_formula_row(entry: FormulaEntry) -> tuple[str, ...]:
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


def summarise_source(entry: SourceEntry) -> str:
    """A line on how much a source has in common with the report."""
    source = entry.source
    return f"共{len(source.places)}处，相同{source.chars}字，小改{source.edited_chars}字"


def format_place(shared: ReusedPlace) -> str:
    """The passages in which a place stands on both sides."""
    return f"{OWN} {format_passage_number(shared.passage)}，{OTHER} {format_passage_number(shared.source_passage)}"


def count_kinds(shared: ReusedPlace) -> list[tuple[str, int]]:
    """What a place shares: each kind, and how many characters."""
    exact = {span.kind for span in shared.spans} - {EDITED}
    same = FORMULA if exact == {FORMULA} else EXACT
    counts = ((same, shared.chars), (EDITED, shared.edited_chars))
    return [(kind, chars) for kind, chars in counts if chars] or [(EDITED, 0)]


def explain_short_part(shared: ReusedPlace, kind: str, result: Reuse) -> str:
    """What is said of a piece that is shorter than what counts: of which run it is a part."""
    if kind == EDITED or shared.chars >= result.min_chars:
        return ""
    return f"（属于连续相同的{shared.run}字，在分段、数字或句子边上断开显示）"


def explain_omitted_places(places: int) -> str:
    """What is said where not all places of a source are set against each other."""
    return f"其余{places}处从略，在网页版中全部列出。"


def explain_empty_list(heading: str, result: Reuse) -> str:
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
        "“小改”是相同文字之间或两侧只改动了几个字的文字，只计入“含小改”，不计入其他各项。",
        (
            "各来源的“占比”是与这一份相同的字数占本文总字数的比例；与上一年对照中的“保留”“改写”"
            "按整句计算，两者分子分母都不同，不能互相核对。"
        ),
        (
            "标出和对照时不从数字、外文词和段落中间断开，也不标另一句的几个字，"
            "所以标出的文字可能比计入的略少。"
        ),
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
