"""A report compared with that of the year before, in sentences."""

from __future__ import annotations

from reportsearch.locale import CHINESE, read_texts
from reportsearch.models.reuse import Reuse
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
from reportsearch.output.prose.formatting import (
    KeyFigure,
    format_passage_number,
    format_percent,
    format_share,
)

TITLE = "年度对照报告"
_TEXTS = read_texts("reuse")
NOW = _TEXTS["now"][0]
BEFORE = _TEXTS["before"][0]
FIGURES = "对照结果"
SECTIONS = _TEXTS["sections"][0]
PLANS = _TEXTS["plans"][0]
HERE = "本"
THERE = "上"
PLAN = _TEXTS["plan"][0]
AGAIN = "（仍属打算）"
OLD = "（沿用上年文字）"
COPY = "（照抄上年打算）"
GONE = _TEXTS["gone"][0]
NO_SECTIONS = _TEXTS["no_sections"][0]
NO_PLANS = _TEXTS["no_plans"][0]
NO_ANSWER = _TEXTS["no_answer"][0]
ONLY_REPEATED = _TEXTS["only_repeated"][0]
ECHOES = "相似但不计为回应的段落"
OUTCOMES = {ANSWERED: "有回应", REPEATED: "照抄上年打算", SILENT: "未见明显回应"}
CANDIDATES = "仅个别词语相同的段落"
PLANS_ABOUT = _TEXTS["plans_about"][0]
CHANGES = {kind: _TEXTS[kind][0] for kind in (KEPT, CHANGED, NEW, DROPPED)}
MAX_REPEATED = 10
"""The most repeated sentences that are named."""
_OPENING = _TEXTS["opening"][0]
_ABOUT_KINDS = {
    KEPT: (
        "整句相同的句子，不计标点；仅半句相同的不计",
        "whole sentences, identical except for punctuation",
    ),
    CHANGED: (
        "与上一份报告某句大部分相同的句子，按整句计，含句中新增文字",
        "sentences mostly identical to a previous one, counted whole",
    ),
    NEW: (
        "上一份报告没有相似句子的；上年打算、本年落实的也计入新增",
        "sentences without a similar previous one; plans since carried out count as new",
    ),
    DROPPED: (
        "上一份报告有、本报告没有相似句子的",
        "previous sentences without a similar one in this report",
    ),
}
"""The meaning of each kind of sentence, in Chinese and English."""
_ENGLISH_NOTES = (
    (
        "Kept sentences are identical, changed ones similar to a sentence of the previous report. "
        "Titles, headings, numbering and signatures do not count as sentences. Plans are compared "
        "with plans only; a plan since carried out counts as new."
    ),
    "Kept, changed and new are counted in this report, dropped in the previous report.",
    "The comparison shows differences in wording; it does not judge the work.",
)


def format_section(path: tuple[str, ...]) -> str:
    """Format a path of headings as a line."""
    return " › ".join(path) or _OPENING


def build_key_figures(result: YearOnYear, language: str = CHINESE) -> list[KeyFigure]:
    """List how much was kept, changed, added and dropped."""
    found = []
    for kind, (chinese, english) in _ABOUT_KINDS.items():
        chars, sentences = getattr(result, kind), result.count_sentences(kind)
        name, whole = (BEFORE, result.previous_chars) if kind == DROPPED else (NOW, result.chars)
        if language == CHINESE:
            about = f"{sentences}句，{chars:,}字，占{name}句子字数（{whole:,}字）的比例：{chinese}"
        else:
            about = f"{chars:,} characters in {sentences} sentences: {english}"
        title = _TEXTS[kind][language != CHINESE]
        found.append(KeyFigure(title, format_share(chars, whole), about))
    return found


def format_counts(section: SectionChanges) -> str:
    """Format the counts of a section, and the earlier sections from which its sentences come."""
    line = "，".join(f"{name}{getattr(section, kind)}字" for kind, name in CHANGES.items())
    if section.is_gone or not section.before:
        return line
    return f"{line}；上一份报告的句子出自：{'；'.join(map(format_section, section.before))}"


def format_nonzero_counts(section: SectionChanges, language: str) -> str:
    """List how many characters of a section are of each kind, omitting zeros."""
    numbers = [(kind, chars) for kind in CHANGES if (chars := getattr(section, kind))]
    if language == CHINESE:
        return "，".join(f"{CHANGES[kind]} {chars} 字" for kind, chars in numbers)
    return ", ".join(f"{_TEXTS[kind][1].lower()}: {chars}" for kind, chars in numbers)


def format_similarity(score: float) -> str:
    """Format a similarity with two decimals."""
    return f"{score:.2f}"


def format_places(change: Change) -> str:
    """Name the passages of a changed sentence in both reports, and their similarity."""
    places = [
        f"{name} {format_passage_number(sentence.passage)}"
        for name, sentence in ((HERE, change.now), (THERE, change.before))
        if sentence
    ]
    return "，".join([*places, f"相似度{format_similarity(change.similarity)}"])


def format_place(change: Change) -> str:
    """Name the passage of a sentence that is in one report only, or unchanged in both."""
    if change.now:
        return f"{HERE} {format_passage_number(change.now.passage)}"
    return f"{THERE} {format_passage_number(change.before.passage)}" if change.before else ""


def format_nearest(near: Nearest) -> str:
    """Name the place of a passage that is close to a plan."""
    place = f"{NOW} {format_passage_number(near.passage)}　{format_section(near.section)}"
    return "　".join([place, *list_marks(near)])


def list_marks(near: Nearest) -> list[str]:
    """List what a reader must know about a passage that is close to a plan."""
    marks = ((near.repeats, COPY), (near.is_old and not near.repeats, OLD), (near.is_plan, AGAIN))
    return [mark for is_so, mark in marks if is_so]


def explain_no_answer(plan: Plan) -> str:
    """State that no passage answers a plan."""
    return ONLY_REPEATED if plan.outcome == REPEATED else NO_ANSWER


def build_conclusion(result: YearOnYear, language: str = CHINESE) -> str:
    """Summarise the answer in a sentence or two, shown before all figures."""
    return _conclude_in_chinese(result) if language == CHINESE else _conclude_in_english(result)


def _conclude_in_english(result: YearOnYear) -> str:
    kept, changed, new = (
        format_share(part, result.chars) for part in (result.kept, result.changed, result.new)
    )
    line = (
        f"Kept from the previous report: {kept} of this report's sentence text; changed: "
        f"{changed}; new: {new}. Dropped: {format_share(result.dropped, result.previous_chars)} "
        f"of the previous report. Sentences kept: {result.count_sentences(KEPT)}, changed: "
        f"{result.count_sentences(CHANGED)}, new: {result.count_sentences(NEW)}."
    )
    if not result.plans:
        return line
    return (
        f"{line} Plans: {len(result.plans)} (answered: {result.count_plans(ANSWERED)}, copied: "
        f"{result.count_plans(REPEATED)}, no clear answer: {result.count_plans(SILENT)})."
    )


def _conclude_in_chinese(result: YearOnYear) -> str:
    kept, changed, new = (
        format_share(part, result.chars) for part in (result.kept, result.changed, result.new)
    )
    gone = format_share(result.dropped, result.previous_chars)
    previous, current = _name_both(result)
    line = (
        f"本报告句子共{result.chars:,}字，其中保留{kept}、改写{changed}、新增{new}；"
        f"按句数，{_format_numbers(result)}。{previous}{gone}的内容{current}未再出现。"
    )
    if not result.plans:
        return line + NO_PLANS
    plans = "、".join(f"{name}{result.count_plans(kind)}条" for kind, name in OUTCOMES.items())
    return f"{line}{previous}的工作打算共{len(result.plans)}条：{plans}。"


def _name_both(result: YearOnYear) -> tuple[str, str]:
    """Name the two reports by the year; the one before need not be of the year before."""
    now, before = result.report.year, result.previous.year
    is_year_before = now is not None and before is not None and before == now - 1
    return ("上年报告", "本年") if is_year_before else (BEFORE, NOW)


def _format_numbers(result: YearOnYear) -> str:
    return "、".join(
        f"{CHANGES[kind]}{result.count_sentences(kind)}句" for kind in (KEPT, CHANGED, NEW)
    )


def explain_two_shares(result: Reuse, years: YearOnYear, language: str) -> str:
    """Explain which question each of a draft's two shares answers."""
    everywhere, kept = format_percent(result.rate), format_share(years.kept, years.chars)
    sentences = years.count_sentences(KEPT)
    if language == CHINESE:
        return (
            f"沿用上年文字比例：{kept}（{sentences}句未改动，与上一份报告比较，按整句计）。"
            f"总文字复制比：{everywhere}（与全部馆藏报告比较，含本人报告、半句和题目）。"
        )
    return (
        f"Share of last year's text: {kept} (sentences kept: {sentences}; previous report only). "
        f"Shared text: {everywhere} (all reports in the index, including half sentences and "
        "titles)."
    )


def find_repeated(result: YearOnYear) -> list[tuple[str, int]]:
    """Find the sentences that occur several times in this report, the most frequent first."""
    having: dict[str, list[str]] = {}
    for section in result.sections:
        for change in section.changes:
            if change.now:
                text = change.now.text.strip().rstrip("。！？!?；;")
                having.setdefault(text, []).append(text)
    found = [(text, len(times)) for text, times in having.items() if len(times) > 1]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:MAX_REPEATED]


def format_repeated(result: YearOnYear) -> str:
    """Name the repeated sentences; empty if there are none."""
    repeated = "；".join(f"“{text}”{times}次" for text, times in find_repeated(result))
    return f"本报告中多次出现的句子：{repeated}。" if repeated else ""


def build_notes(language: str = CHINESE) -> list[str]:
    """Explain how two reports are compared."""
    if language != CHINESE:
        return list(_ENGLISH_NOTES)
    return [
        (
            "逐句对照：“保留”为相同的句子，“改写”为与上一份报告某句相似的句子，"
            "“新增”为上一份报告没有相似句子的句子，“删去”为上一份报告有、本报告没有相似句子的句子。"
            "题目、标题、编号和落款不计，照写另一份报告标题或落款的也不计。打算仅与打算对照：上年打算、本年落实的，计入新增。"
        ),
        ("字数不计标点、空白和 *。保留、改写、新增按本报告计，删去按上一份报告计。"),
        (
            "查重各项比例按连续相同字数计，含半句和题目，以全文字数为分母；年度对照按整句计，"
            "不计题目、标题、编号和落款，故两者数字不同。"
        ),
        "“本 #”和“上 #”后的数字为各自的段落编号，接在文件编号之后即为段落号。",
        "本对照仅列出文字异同，不评价工作。",
    ]
