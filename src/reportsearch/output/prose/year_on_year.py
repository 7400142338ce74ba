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

TITLE = "年度报告对照"
_TEXTS = read_texts("reuse")
NOW = _TEXTS["now"][0]
BEFORE = _TEXTS["before"][0]
FIGURES = "对照结果"
SECTIONS = _TEXTS["sections"][0]
PLANS = _TEXTS["plans"][0]
HERE = "本"
THERE = "前"
PLAN = _TEXTS["plan"][0]
AGAIN = "（也是打算）"
OLD = "（这段是去年原话）"
COPY = "（照抄去年打算）"
GONE = _TEXTS["gone"][0]
NO_SECTIONS = _TEXTS["no_sections"][0]
NO_PLANS = _TEXTS["no_plans"][0]
NO_ANSWER = _TEXTS["no_answer"][0]
ONLY_REPEATED = _TEXTS["only_repeated"][0]
ECHOES = "相近但不算回应的段落"
OUTCOMES = {ANSWERED: "有回应", REPEATED: "照抄去年打算", SILENT: "未见明显回应"}
CANDIDATES = "与它只有个别词相同的段落"
PLANS_ABOUT = _TEXTS["plans_about"][0]
CHANGES = {kind: _TEXTS[kind][0] for kind in (KEPT, CHANGED, NEW, DROPPED)}
MAX_REPEATED = 10
"""The most repeated sentences that are named."""
_OPENING = _TEXTS["opening"][0]
_ABOUT_KINDS = {
    KEPT: (
        "整句一字不差的才算，标点不论；只有半句相同的不算",
        "whole sentences that are the same but for punctuation",
    ),
    CHANGED: (
        "与前一份某句大部分相同的，整句都算，包括句中新写的字",
        "sentences that are mostly the same as one before, with all their characters",
    ),
    NEW: (
        "前一份没有相近句子的；去年打算、今年办成的也算新增",
        "sentences without a like one before; what was planned then and is done now is new",
    ),
    DROPPED: (
        "前一份有、本报告没有相近句子的",
        "sentences of the report before without a like one now",
    ),
}
"""The meaning of each kind of sentence, in Chinese and English."""
_ENGLISH_NOTES = (
    (
        "Kept are sentences that are the same as they are compared, changed those that are near "
        "to a sentence of the report before. Titles, headings, numbering and signatures are no "
        "sentences. Plans are compared with plans only: what was planned then and is done now "
        "counts as new."
    ),
    "Kept, changed and new are counted in this report, dropped in the report before.",
    "Shown is how the texts differ, without a judgement on the work.",
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
    return f"{line}；前一份报告的句子出自：{'；'.join(map(format_section, section.before))}"


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
    return "，".join([*places, f"相近程度{format_similarity(change.similarity)}"])


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
        f"Of this report's sentences {kept} are the same as before, {changed} changed and {new} "
        f"new; {format_share(result.dropped, result.previous_chars)} of the report before are "
        f"gone. Sentences kept: {result.count_sentences(KEPT)}, changed: "
        f"{result.count_sentences(CHANGED)}, new: {result.count_sentences(NEW)}."
    )
    if not result.plans:
        return line
    return (
        f"{line} Of {len(result.plans)} plans {result.count_plans(ANSWERED)} are answered, "
        f"{result.count_plans(REPEATED)} only said again, {result.count_plans(SILENT)} not "
        "answered."
    )


def _conclude_in_chinese(result: YearOnYear) -> str:
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
    plans = "、".join(f"{name}{result.count_plans(kind)}条" for kind, name in OUTCOMES.items())
    return f"{line}前一份报告说要干的事有{len(result.plans)}条：{plans}。"


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
            f"“多少是去年的老话”：{kept}（{sentences}句一字没动，与前一份报告比，按整句算）。"
            f"“多少字别处也有”：{everywhere}（与库中所有报告比，不论本人他人，半句、题目也算）。"
        )
    return (
        f"How much is last year's text: {kept} ({sentences} sentences kept as they were, against "
        f"the report before). How much stands anywhere else: {everywhere} (against all reports of "
        "the index, half sentences and titles, too)."
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
    return f"同一句在本报告里出现多次：{repeated}。" if repeated else ""


def build_notes(language: str = CHINESE) -> list[str]:
    """Explain how two reports are compared."""
    if language != CHINESE:
        return list(_ENGLISH_NOTES)
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
