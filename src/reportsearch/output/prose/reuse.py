"""A report's text reuse in sentences and table rows, in the manner of 查重."""

from __future__ import annotations

from reportsearch.locale import CHINESE, read_texts
from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Reuse, ReusedPlace, Source
from reportsearch.output.prose.formatting import (
    KeyFigure,
    format_passage_number,
    format_percent,
    format_title,
)
from reportsearch.output.reuse_numbering import FormulaEntry, SourceEntry

TITLE = "文字复制比检测报告"
_TEXTS = read_texts("reuse")
FIGURES = _TEXTS["figures"][0]
SOURCES = _TEXTS["sources"][0]
LATER = _TEXTS["later_reports"][0]
TEXT = _TEXTS["text"][0]
EVIDENCE = _TEXTS["evidence"][0]
FORMULAE = _TEXTS["formulae"][0]
OWN = _TEXTS["here"][0]
OTHER = _TEXTS["there"][0]
TO_TEXT = "返回全文标注"
TO_LIST = "返回列表"

KINDS = {kind: _TEXTS[f"kind_{kind}"][0] for kind in (EXACT, EDITED, FORMULA)}
COLUMNS = (
    "序号",
    "报告",
    "占比",
    "相同字数",
    "最长",
    "不含套话",
    "局部改动",
    "人员",
    "年份",
    "本人",
)
"""The column heads of the tables of sources; the third to the seventh are numbers."""
FORMULA_COLUMNS = ("序号", "文字", "类别", "字数", "报告数", "人员数", "本文处数")
"""The column heads of the table of formulae; the fourth and later ones are numbers."""

LEGEND = (
    (EXACT, _TEXTS["legend_exact"][0]),
    (EDITED, _TEXTS["legend_edited"][0]),
    (FORMULA, "多份报告共有文字或固定用语（点线），见文末清单"),
)
LEGEND_NUMBERS = (
    "标出的文字后方括号内为出处：“来源1”为相似来源表的第1份；"
    "“来源1等3份”表示除该份外，至多另有2份报告相同；“较晚1”为较晚的报告；"
    "“套话1”为套话清单的第1条；全部出处见逐处对照。"
)


def describe_comparison(result: Reuse, language: str = CHINESE) -> str:
    """State what the report was compared with, and how."""
    if language != CHINESE:
        return (
            f"Compared with other reports in the index: {result.other_count}. Runs of at least "
            f"{result.min_chars} characters count as shared. Text of at least 8 characters without "
            f"digits in the reports of {result.formula_officials} or more officials, and set "
            "phrases from the word lists, count as boilerplate."
        )
    return (
        f"与{result.other_count}份其他馆藏报告比对；"
        f"连续相同{result.min_chars}字以上的文字计为重复；"
        f"在{result.formula_officials}名以上（含）人员的报告中出现、至少8字且不含数字的文字，"
        "以及词表所列固定用语，计为套话。"
    )


def build_remarks(result: Reuse) -> list[str]:
    """List what a reader must know about this report before reading its figures."""
    notes = []
    if result.report.official is None:
        notes.append(_TEXTS["unknown_own"][0])
    if result.is_draft:
        notes.append("本文为未入库稿件，比对时未写入报告库。")
    if result.left_out:
        names = "、".join(result.left_out)
        notes.append(f"与本稿出自同一文件的馆藏报告未参与比对：{names}。")
    return notes


def build_key_figures(result: Reuse, language: str = CHINESE) -> list[KeyFigure]:
    """List the figures shown at the top, the overall rate first."""
    rates = (
        result.rate,
        result.rate_without_formulae,
        result.rate_without_own,
        result.rate_from_others,
        result.rate_from_others_without_formulae,
        result.rate_from_sources,
        result.rate_with_edits,
    )
    numbers = (result.longest, result.chars, result.shared)
    values = (*map(format_percent, rates), *(f"{number:,}" for number in numbers))
    texts = _CHINESE_FIGURES if language == CHINESE else _ENGLISH_FIGURES
    return [
        KeyFigure(name, value, about.format(min_chars=result.min_chars))
        for value, (name, about) in zip(values, texts, strict=True)
    ]


_CHINESE_FIGURES = (
    (
        "总文字复制比",
        "与任一其他报告连续相同{min_chars}字以上的文字，不分本人与他人、较早与较晚；仅相似的不计",
    ),
    ("去除套话复制比", "口径同首行，不计套话"),
    (
        "去除本人较早报告",
        "口径同首行，不计仅见于本人较早报告的文字",
    ),
    ("仅他人报告", "仅计也见于他人报告的文字，含套话；仅见于本人报告的不计"),
    (
        "仅他人报告，去除套话",
        "仅计也见于他人报告的文字，不计套话；仅见于本人报告的不计",
    ),
    (
        "去除较晚的报告",
        "仅计也见于较早、同期或未注明时间的报告的文字；仅见于较晚报告的不计",
    ),
    ("含局部改动", "口径同首行，另计与其他报告相似、仅有局部改动的文字"),
    ("最长连续相同字数", "与任一报告连续相同的最大字数"),
    ("总字数", "全文字数，不计标点、空白和 *；为各项比例的分母"),
    ("重复字数", "总文字复制比的分子；同一处与几份报告相同的，计一次"),
)
_ENGLISH_FIGURES = (
    (
        "Shared text",
        (
            "runs of at least {min_chars} characters found in any other report, own or others', "
            "earlier or later; similar text does not count"
        ),
    ),
    ("Without boilerplate", "as the first line, without boilerplate"),
    (
        "Without own earlier reports",
        "as the first line, without text found only in the official's own earlier reports",
    ),
    ("From others", "only text found in others' reports, boilerplate included"),
    ("From others, without boilerplate", "only text found in others' reports, without boilerplate"),
    ("Without later reports", "only text found in earlier, contemporary or undated reports"),
    ("Including edited text", "as the first line, plus similar text with small edits"),
    ("Longest run", "longest run of characters shared with another report"),
    ("Characters", "whole text, without punctuation, white space and *; the base of all rates"),
    (
        "Shared characters",
        "characters of the first line; text in several reports counts once",
    ),
)


def build_conclusion(result: Reuse, language: str = CHINESE) -> str:
    """Summarise the answer in a sentence or two, shown before all figures."""
    return _conclude_in_chinese(result) if language == CHINESE else _conclude_in_english(result)


def _conclude_in_english(result: Reuse) -> str:
    if not result.shared:
        return (
            f"None of the {result.chars:,} characters occur in another report in a run of "
            f"{result.min_chars} or more."
        )
    likest = max((*result.sources, *result.reused_by), key=lambda source: source.chars)
    title = likest.report.title or likest.report.id
    others = format_percent(result.rate_from_others_without_formulae)
    return (
        f"{format_percent(result.rate)} of {result.chars:,} characters also occur in other "
        f"reports; without boilerplate and the official's own reports, {others}. "
        f"Most similar: {title} ({format_percent(likest.rate)})."
    )


def _conclude_in_chinese(result: Reuse) -> str:
    whole = f"全文{result.chars:,}字，"
    if not result.shared:
        line = f"{whole}未发现与其他报告连续相同{result.min_chars}字以上的文字。"
        if result.rate_with_edits:
            line += f"相似、仅有局部改动的文字占{format_percent(result.rate_with_edits)}。"
        return line
    line = f"{whole}其中{format_percent(result.rate)}（{result.shared:,}字）也见于其他报告；"
    if result.report.official is None:
        line += f"去除套话后占{format_percent(result.rate_without_formulae)}。"
        line += "本稿未注明人员，" if result.is_draft else "本报告未注明人员，"
        line += "无法区分本人以往文字。"
    else:
        others = format_percent(result.rate_from_others_without_formulae)
        line += f"去除套话和仅见于本人报告的文字后，见于他人报告的占{others}。"
    return line + _describe_most_similar(result)


def _describe_most_similar(result: Reuse) -> str:
    """Name the most similar report, and the most similar one by someone else if that differs."""
    having = [source for source in (*result.sources, *result.reused_by) if source.chars]
    having.sort(key=lambda source: -source.chars)
    named = having[:1] + [source for source in having if not source.is_own][:1]
    if named[0] is named[-1]:
        return f"相似度最高的是{format_source(named[0])}。"
    return (
        f"相似度最高的是{format_source(named[0])}；"
        f"他人报告中相似度最高的是{format_source(named[1])}。"
    )


def format_source(source: Source) -> str:
    """Name a source in a sentence: its title, whose it is if that is not clear, and its share."""
    info = source.report
    title = format_title(info)
    whose = "本人" if source.is_own else info.official or ""
    known = [whose] if whose and whose not in title else []
    return f"《{title}》（{'，'.join([*known, format_percent(source.rate)])}）"


def format_row(entry: SourceEntry) -> tuple[str, ...]:
    """Format a source as a table row."""
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
    """Format a formula as a table row."""
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
    """Summarise how much a source has in common with the report."""
    source = entry.source
    return f"共{len(source.places)}处，相同{source.chars}字，局部改动{source.edited_chars}字"


def format_place(shared: ReusedPlace) -> str:
    """Name the passages of a place on both sides."""
    own, other = map(format_passage_number, (shared.passage, shared.source_passage))
    return f"{OWN} {own}，{OTHER} {other}"


def explain_short_part(shared: ReusedPlace, kind: str, result: Reuse) -> str:
    """State of which longer run a piece is part if it is too short to count alone."""
    if kind == EDITED or shared.chars >= result.min_chars:
        return ""
    return f"（属于连续相同的{shared.run}字，因分段、数字或句界分开显示）"


def explain_omitted_places(places: int) -> str:
    """State how many places of a source are not shown."""
    return f"其余{places}处从略，在网页版中全部列出。"


def explain_empty_list(heading: str, result: Reuse) -> str:
    """State that a list is empty."""
    if heading == SOURCES:
        return (
            "未发现与较早、同期或未注明时间的报告相同或相似的文字"
            f"（连续相同{result.min_chars}字以上）。"
        )
    if heading == LATER:
        return "较晚的报告中未发现相同文字。"
    if heading == EVIDENCE:
        return "没有重复文字，无需对照。"
    return _TEXTS["no_formulae"][0]


_ENGLISH_NOTES = (
    (
        "Character counts exclude punctuation, white space and *; width, case, and traditional or "
        "simplified form make no difference."
    ),
    (
        "Text found in several reports counts once in the rates, so the shares of the sources do "
        "not add up."
    ),
    "Identical and similar text is listed without judging its origin.",
)


def build_notes(result: Reuse, language: str = CHINESE) -> list[str]:
    """Explain how the figures are counted."""
    if language != CHINESE:
        return list(_ENGLISH_NOTES)
    return [
        (
            "字数不计标点、空白和 *，不区分全角与半角、繁体与简体、大写与小写。"
            "各复制比均为占总字数的比例。"
        ),
        (
            f"“相同”为与另一份报告连续相同{result.min_chars}字以上的文字。"
            "同一处文字与几份报告相同的，重复字数中计一次，故各来源的占比不能相加。"
        ),
        "“局部改动”为相同文字之间或两侧仅改动少数字的文字，仅计入“含局部改动”，不计入其他各项。",
        (
            "各来源的“占比”为与该来源相同的字数占本文总字数的比例；年度对照中的“保留”“改写”"
            "按整句计算，两者口径不同，不能相互核对。"
        ),
        (
            "标注和对照时不在数字、外文词和段落中间断开，也不标注另一句的零星文字，"
            "故标出的文字可能略少于计入的文字。"
        ),
        (
            f"“套话”为{result.formula_officials}名以上（含）人员的报告中出现、至少8字且不含数字的文字，"
            "以及词表所列固定用语。"
        ),
        (
            "“相似来源”和“较早报告”含同期及未注明时间的报告。本人报告按报告注明的人员判断；"
            "未注明人员的报告不计为本人报告，统计套话时各计一人。"
        ),
        "对照中“#”后的数字为段落编号，接在文件编号之后即为段落号。",
        "本报告仅列出相同和相似的文字，不判断其来源，不作为认定抄袭的依据。",
    ]
