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
TO_TEXT = "看原文"
TO_LIST = "回到列表"

KINDS = {kind: _TEXTS[f"kind_{kind}"][0] for kind in (EXACT, EDITED, FORMULA)}
COLUMNS = ("序号", "报告", "占比", "相同字数", "最长", "除套话", "小改", "人员", "年份", "本人")
"""The column heads of the tables of sources; the third to the seventh are numbers."""
FORMULA_COLUMNS = ("序号", "文字", "种类", "字数", "报告数", "人员数", "本文处数")
"""The column heads of the table of formulae; the fourth and later ones are numbers."""

LEGEND = (
    (EXACT, _TEXTS["legend_exact"][0]),
    (EDITED, _TEXTS["legend_edited"][0]),
    (FORMULA, "许多报告都有的话（点线），见文末清单"),
)
LEGEND_NUMBERS = (
    "标出的文字后面，方括号里说它见于哪里：“来源1”是相似来源表中的第1份，"
    "“来源1等3份”是除它以外至多还有2份报告也有，“后来1”是后来的报告，"
    "“套话1”是套话清单中的第1条；在逐处对照中全部列出。"
)


def describe_comparison(result: Reuse, language: str = CHINESE) -> str:
    """State what the report was compared with, and how."""
    if language != CHINESE:
        return (
            f"Compared with the other reports of the index: {result.other_count}. Runs of at least "
            f"{result.min_chars} characters count as shared. Text without digits of at least 8 "
            f"characters in the reports of {result.formula_officials} or more officials, and set "
            "phrases of the word lists, are formulae."
        )
    return (
        f"与索引中的{result.other_count}份其他报告比对；"
        f"连续相同至少{result.min_chars}字的文字计为重复；"
        f"在{result.formula_officials}名以上（含）人员的报告中出现、至少8字且不含数字的文字，"
        "以及词表所列的固定用语，视为套话。"
    )


def build_remarks(result: Reuse) -> list[str]:
    """List what a reader must know about this report before reading its figures."""
    notes = []
    if result.report.official is None:
        notes.append(_TEXTS["unknown_own"][0])
    if result.is_draft:
        notes.append("本文是一份未收入索引的稿件，比对时没有写入索引。")
    if result.left_out:
        names = "、".join(result.left_out)
        notes.append(f"索引中与本稿出自同一文件的报告没有参加比对：{names}。")
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
        "与任何一份其他报告连续相同至少{min_chars}字的都算，不论本人他人、早写晚写；只是相近的不算",
    ),
    ("去除套话复制比", "同第一行，但套话不算"),
    (
        "去除本人较早报告",
        "同第一行，但只见于本人较早报告的不算；他人的、本人后来的照算",
    ),
    ("只算他人报告", "只算也见于他人报告的，套话照算；只见于本人报告的不算，不论早晚"),
    (
        "只算他人报告，去除套话",
        "只算也见于他人报告的，套话不算；只见于本人报告的不算，不论早晚",
    ),
    (
        "去除后来的报告",
        "只算也见于较早、同期或没有注明时间的报告的；只见于后来报告的不算",
    ),
    ("含小改", "同第一行，再加上与其他报告相近、只改动了几个字的文字"),
    ("最长连续相同字数", "与任一报告连续相同的最长一处"),
    ("总字数", "全文的字数，标点、空白和 * 不计；各比例都以它为分母"),
    ("重复字数", "总文字复制比的分子；同一处与几份报告相同，只计一次"),
)
_ENGLISH_FIGURES = (
    (
        "Shared text",
        (
            "all that any other report has in a run of so many characters, whoever's and "
            "whenever; not what is only alike"
        ),
    ),
    ("Without formulae", "as the first line, but no formulae"),
    (
        "Without own earlier reports",
        "as the first line, but not what only the official's own earlier reports have",
    ),
    ("From others", "only what a report of somebody else has, formulae too"),
    ("From others, without formulae", "only what a report of somebody else has, and no formulae"),
    ("Without later reports", "only what an earlier report has, or one of the same or no time"),
    ("With edits", "as the first line, and what is alike but for a few characters"),
    ("Longest run", "characters in a row that another report has, too"),
    ("Characters", "of all text, without punctuation, white space and *; all rates are of these"),
    ("Shared characters", "those of the first line; what several reports have counts once"),
)


def build_conclusion(result: Reuse, language: str = CHINESE) -> str:
    """Summarise the answer in a sentence or two, shown before all figures."""
    return _conclude_in_chinese(result) if language == CHINESE else _conclude_in_english(result)


def _conclude_in_english(result: Reuse) -> str:
    if not result.shared:
        return (
            f"Of {result.chars:,} characters none stands in another report in a run of "
            f"{result.min_chars} or more."
        )
    likest = max((*result.sources, *result.reused_by), key=lambda source: source.chars)
    title = likest.report.title or likest.report.id
    others = format_percent(result.rate_from_others_without_formulae)
    return (
        f"Of {result.chars:,} characters {format_percent(result.rate)} also stand in other "
        f"reports; without formulae and what only the official's own reports have, {others}. "
        f"The likest is “{title}” ({format_percent(likest.rate)})."
    )


def _conclude_in_chinese(result: Reuse) -> str:
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
    """Name the most similar report, and the most similar one by someone else if that differs."""
    having = [source for source in (*result.sources, *result.reused_by) if source.chars]
    having.sort(key=lambda source: -source.chars)
    named = having[:1] + [source for source in having if not source.is_own][:1]
    if named[0] is named[-1]:
        return f"最像的是{format_source(named[0])}。"
    return f"最像的是{format_source(named[0])}；他人报告里最像的是{format_source(named[1])}。"


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
    return f"共{len(source.places)}处，相同{source.chars}字，小改{source.edited_chars}字"


def format_place(shared: ReusedPlace) -> str:
    """Name the passages of a place on both sides."""
    own, other = map(format_passage_number, (shared.passage, shared.source_passage))
    return f"{OWN} {own}，{OTHER} {other}"


def explain_short_part(shared: ReusedPlace, kind: str, result: Reuse) -> str:
    """State of which longer run a piece is part if it is too short to count alone."""
    if kind == EDITED or shared.chars >= result.min_chars:
        return ""
    return f"（属于连续相同的{shared.run}字，在分段、数字或句子边上断开显示）"


def explain_omitted_places(places: int) -> str:
    """State how many places of a source are not shown."""
    return f"其余{places}处从略，在网页版中全部列出。"


def explain_empty_list(heading: str, result: Reuse) -> str:
    """State that a list is empty."""
    if heading == SOURCES:
        return f"没有发现与较早或同期报告相同或相近的文字（连续相同至少{result.min_chars}字）。"
    if heading == LATER:
        return "没有发现后来的报告使用本报告的文字。"
    if heading == EVIDENCE:
        return "没有发现重复文字，无可对照。"
    return _TEXTS["no_formulae"][0]


_ENGLISH_NOTES = (
    (
        "Characters count as they are compared: without punctuation, white space and *; full and "
        "half width, traditional and simplified, upper and lower case are the same."
    ),
    (
        "The same text in several reports counts once in the rates, so the shares of the sources "
        "do not add up."
    ),
    "What is listed is text that is the same or alike. It is no judgement on where it comes from.",
)


def build_notes(result: Reuse, language: str = CHINESE) -> list[str]:
    """Explain how the figures are counted."""
    if language != CHINESE:
        return list(_ENGLISH_NOTES)
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
