"""What the reuse page (查重) says; in Chinese as the printable report does, where both say it."""

from __future__ import annotations

import re

from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Reuse, ReusedPlace
from reportsearch.models.year_on_year import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    SectionChanges,
    YearOnYear,
)
from reportsearch.output.prose import reuse, year_on_year
from reportsearch.output.prose.common import NOTES, KeyFigure, format_percent, format_share

_CHINESE = "zh"
_MORE = re.compile("等([0-9]+)份")
_LABELS = str.maketrans(
    {"来": "", "源": "source ", "后": "later report ", "套": "formula ", "话": ""}
)

_LEGEND = dict(reuse.LEGEND)

TEXTS = {
    # The first page.
    "choose": ("查库中的一份报告", "Check a report of the index"),
    "filter": ("按人员、年份、标题筛选", "Filter by official, year, title"),
    "filter_go": ("筛选", "Filter"),
    "list": ("库中的报告，按人员和年份", "Reports of the index, by official and year"),
    "matched": ("共 {number} 份报告。", "Reports: {number}."),
    "no_report": (
        "没有符合“{words}”的报告。换个词，或清空筛选框看全部。",
        "No report meets “{words}”. Try another word, or empty the field to see all.",
    ),
    "check": ("查重", "Check reuse"),
    "check_of": ("查重：{title}", "Reuse: {title}"),
    "compare_years": ("与上一年对照", "Year on year"),
    "no_earlier": ("没有更早的报告", "no earlier report"),
    "no_official": ("未注明人员，不能对照", "official not known"),
    "no_year": ("未注明年份，不能对照", "year not known"),
    "of": ("：{title}", ": {title}"),
    "unknown_official": ("未注明人员", "Official not known"),
    "pairs": ("文字相同最多的报告", "Reports with most text in common"),
    "pairs_about": (
        ("连续相同至少 {min_chars} 字才算，套话不计。共 {matched} 对，列出前 {listed} 对。"
        "占比是前一份报告中与后一份相同的比例。"),
        ("Runs of at least {min_chars} characters count, formulae do not. Pairs: {matched}; listed "
        "here: {listed}. The share is that of the first report that also stands in the second."),
    ),
    "pairs_link": (
        "列出文字相同最多的报告和套话（报告多时，头一次要算一会儿）",
        "List the reports with most text in common, and formulae (takes a while the first time)",
    ),
    "pairs_all": ("列出更多", "List more"),
    "no_pairs": (
        "没有两份报告有这么长的相同文字。",
        "No two reports have text of this length in common.",
    ),
    "later": ("报告", "Report"),
    "earlier": ("与之相同的报告", "Shares text with"),
    "side_by_side": ("逐处对照", "Side by side"),
    "side_by_side_of": ("：{title} 与 {other}", ": {title} and {other}"),
    "all_formulae": ("各份报告共有的套话", "Formulae of the reports"),
    "all_formulae_about": (
        ("在 {officials} 名以上（含）人员的报告中出现、至少 8 字且不含数字的文字，"
        "和词表所列的固定用语。共 {matched} 条，列出前 {listed} 条。"),
        ("Text without digits of at least 8 characters in the reports of {officials} or more "
        "officials, and set phrases of the word lists. In all: {matched}; listed here: {listed}."),
    ),
    "stands_in": ("见于", "Stands in"),
    # The draft.
    "upload": ("查一份没有入库的稿子", "Check a draft that is not in the index"),
    "upload_only": (
        "只查，不入库，不留底。",
        "It is checked only: not added, not kept.",
    ),
    "upload_about": (
        ("可用 Word（.docx、.doc）、WPS、PDF、OFD、.txt 等文件，最大 {megabytes} MB。"
        "稿子只在本机内存里比对，不写进库，查完就没有了。"),
        ("Word (.docx, .doc), WPS, PDF, OFD, .txt and others, up to {megabytes} MB. The draft is "
        "compared in the memory of this computer, and is gone when that is done."),
    ),
    "file": ("稿子文件", "File of the draft"),
    "draft_official": ("是谁的稿子（可不填）", "Whose draft it is (optional)"),
    "draft_official_about": (
        ("填了人员，才分得清哪些是本人以前的话，也才能与其前一份报告对照。"
        "写法要与库中一致。"),
        ("With the official's name it can be told what is the official's own, and compared with "
        "the report before. Write it as the index does."),
    ),
    "draft_previous": ("同时与本人前一份报告对照", "Also compare with the official's last report"),
    "draft_as": ("结果", "Result"),
    "as_page": ("在本页显示", "On the page"),
    "as_docx": ("Word 文件", "Word file"),
    "as_html": ("可打印的网页文件", "Printable page"),
    "draft_go": ("上传并查重", "Upload and check"),
    "draft_error": ("这份稿子没能查成：", "The draft could not be checked: "),
    "no_file": ("没有选文件。请先选一个文件。", "No file was chosen. Choose one first."),
    "broken_form": (
        "上传的内容不完整。请重新选文件再传。",
        "The upload is not complete. Choose the file again.",
    ),
    "draft_of": ("稿子查重：{name}", "Reuse of the draft: {name}"),
    "draft_gone": (
        "这份稿子已经查过，结果没有留下。要再看，请重新选文件上传。",
        "This draft was checked before, and the result was not kept. Choose the file again.",
    ),
    "draft_kept": (
        ("稿子只是查了一下，没有入库，也没有留在本机，浏览器也不缓存；"
        "离开本页结果就没有了，按“后退”、刷新也回不来。"
        "要留下结果，请打印本页，或重新上传并选“Word 文件”。"),
        ("The draft was only checked: nothing of it is kept, nor does the browser store it. The "
        "result is gone when you leave this page; going back or reloading does not bring it back. "
        "To keep it print the page, or upload again and choose “Word file”."),
    ),
    "draft_unknown_official": (
        "库中没有“{official}”的报告，所以来源都算他人的。如是笔误，请改后再传。",
        ("No report of the index is of “{official}”: all sources count as those of others. If it "
        "is a slip, mend it and upload again."),
    ),
    "draft_twin": (
        "库中有一份报告与稿子几乎全同。如果就是同一份，请直接查库中的这份：",
        "A report of the index is nearly the same. If it is this very report, check it there: ",
    ),
    "draft_title": ("稿子查重", "Reuse of a draft"),
    "draft_taken_for": (
        ("没有填是谁的稿子；看开头是 {official} 的，就按库中 {official} 的稿子算。"
        "如不是，请填上人员再传。"),
        ("Whose draft it is was not told. Its first lines name {official}, so it was taken for one "
        "of that official. If that is wrong, give the official and upload again."),
    ),
    "draft_namesakes": (
        ("没有填是谁的稿子；看来是 {seems} 的稿子，库中这一职务有：{names}。"
        "是其中一位的，请填上人员再传，才分得清哪些是本人以前的话。"),
        ("Whose draft it is was not told. It seems to be of {seems}; in the index this post has: "
        "{names}. Give one of them as the official and upload again to have own text told apart."),
    ),
    "draft_seems": (
        ("没有填是谁的稿子；看来是 {seems} 的稿子。库里没有这位人员的报告，所以来源都算他人的。"
        "如不是，请填上人员再传。"),
        ("Whose draft it is was not told. It seems to be of {seems}, of whom the index has no "
        "report: all sources count as those of others. If that is wrong, give the official and "
        "upload again."),
    ),
    "draft_no_earlier": (
        "库里没有 {official} 更早的报告，所以没有与前一份报告对照。",
        "The index has no earlier report of {official}: there is none to compare with.",
    ),
    "draft_again": ("再查一份稿子", "Check another draft"),
    "draft_parts": ("本页内容", "On this page"),
    "draft_no_previous": (
        "没有可以对照的前一份报告。请填上人员姓名（与库中一致）再传。",
        ("There is no report before to compare with. Give the official as the index has it, and "
        "upload again."),
    ),
    # A report.
    "views": ("查看", "Views"),
    "view_reuse": ("查重", "Reuse"),
    "view_years": ("与上一年对照", "Year on year"),
    "view_report": ("报告全文", "The report"),
    "other_report": ("换一份报告", "Another report"),
    "figures": (reuse.FIGURES, "Result"),
    "settings": ("设置", "Settings"),
    "figures_about": (
        "几种比例各算什么、不算什么",
        "The rates: what each counts, and what it does not",
    ),
    "yearly_about": (
        "与前一份报告对照：几种比例各算什么、不算什么",
        "Against the report before: what each share counts, and what it does not",
    ),
    "figure": ("项目", "Figure"),
    "value": ("数值", "Value"),
    "counts": ("算什么，不算什么", "What counts"),
    "share_about": (
        "占比是本文有多少字也见于这一份；几份报告会有同样的字，所以各份的占比不能相加。",
        ("The share is how much of this text stands in that report, too. Several have the same "
        "text, so the shares do not add up."),
    ),
    "min_chars": ("连续相同至少几字才算", "Characters in a row that count"),
    "recount": ("重新计算", "Count again"),
    "bad_min_chars": (
        "“连续相同至少几字”应是 {least} 到 {most} 之间的整数。以下按 {used} 字计。",
        ("The number of characters must be a whole number from {least} to {most}. Counted "
        "below: {used}."),
    ),
    "sources": (reuse.SOURCES, "Sources"),
    "sources_about": (
        "较早、同期和没有注明时间的报告。点标题看逐处对照。",
        ("Earlier reports, and those of the same time or without one. A title leads to the places "
        "side by side."),
    ),
    "later_reports": (reuse.LATER, "Used by later reports"),
    "only": ("只标出这一份", "Mark this alone"),
    "only_now": ("全文只标出与这一份相同的文字：", "Marked is only what is shared with: "),
    "only_off": ("标出全部来源", "Mark all sources"),
    "number": ("序号", "No."),
    "share": ("占比", "Share"),
    "same_chars": ("相同字数", "Same"),
    "longest": ("最长", "Longest"),
    "not_formula": ("除套话", "Without formulae"),
    "edited_chars": ("小改", "Edited"),
    "own": ("本人", "Own"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "text": (reuse.TEXT, "The text, marked"),
    "legend": ("图例", "Legend"),
    "legend_exact": (_LEGEND[EXACT], "the same as in a source, in a row"),
    "legend_edited": (
        _LEGEND[EDITED],
        "like a source's with a few characters changed; part of “With edits” alone",
    ),
    "legend_formula": (
        "许多报告都有的话（点线），见下面的清单",
        "what many reports say; see the list below",
    ),
    "legend_numbers": (
        "点标出的文字，看与来源的逐处对照。" + reuse.LEGEND_NUMBERS,
        ("Marked text leads to its place side by side with the source. In brackets stands where "
        "it is from: “source 1” is the first of the list, “source 1 and 2 more” that up to 2 more "
        "reports have it, “later report 1” one that is later, “formula 1” the first formula."),
    ),
    "text_page": (
        "全文很长，分 {pages} 页显示，这是第 {page} 页。",
        "The text is long: this is page {page} of {pages}.",
    ),
    "text_cut": (
        "全文很长，这里只显示开头部分；数字按全文计算。",
        "The text is long: only its beginning is shown here; the figures are of all of it.",
    ),
    "evidence": (reuse.EVIDENCE, "Side by side"),
    "different": ("双线标出两份文字不同之处。", "A double line marks what is different."),
    "here": (reuse.OWN, "This report"),
    "there": (reuse.OTHER, "Source"),
    "to_source": ("到来源原文第 {number} 段", "To passage {number} of the source"),
    "to_own": ("到本报告第 {number} 段", "To passage {number} of this report"),
    "to_text": ("回到全文标注处", "Back to the marked text"),
    "place": ("第 {number} 处", "Place {number}"),
    "chars": ("{chars} 字", "characters: {chars}"),
    "summary": (
        "共 {places} 处，相同 {chars} 字，小改 {edited} 字",
        "Places: {places}; the same: {chars} characters; edited: {edited}",
    ),
    "places_left": (
        "其余 {number} 处没有列出。",
        "Places that are not listed: {number}.",
    ),
    "places_all": ("只看这一份，列出更多", "See this alone, with more places"),
    "sources_left": (
        "其余 {number} 份报告没有逐处对照，见来源列表。",
        "Reports that are not set side by side: {number}; see the list of sources.",
    ),
    "rows_left": (
        "其余 {number} 份没有列出，可下载 CSV 看全部。",
        "Reports that are not listed: {number}; the CSV has all.",
    ),
    "formulae": (reuse.FORMULAE, "Formulae"),
    "formulae_left": ("其余 {number} 条没有列出。", "Formulae that are not listed: {number}."),
    "formula": ("文字", "Text"),
    "formula_kind": ("种类", "Kind"),
    "set_phrase": ("固定用语", "set phrase"),
    "common": ("多份报告共有", "in many reports"),
    "length": ("字数", "Characters"),
    "reports": ("报告数", "Reports"),
    "officials": ("人员数", "Officials"),
    "times": ("本文处数", "Here"),
    "no_sources": (
        "没有发现与较早或同期报告相同或相近的文字（连续相同至少 {min_chars} 字）。",
        ("Nothing stands in an earlier report or one of the same time (runs of at least "
        "{min_chars} characters)."),
    ),
    "no_evidence": ("没有重复文字，无可对照。", "Nothing is shared: nothing to set side by side."),
    "no_formulae": ("没有发现套话。", "No formula was found."),
    "draft_unknown_own": (
        ("没有填是谁的稿子，也没有认出来，所以下面的来源都算他人的。想把本人以前的话分开算，"
        "请再传一次并填上人员。"),
        ("Whose draft it is was not told or recognised, so all sources count as those of others. "
        "Upload it again with the official to have the official's own text told apart."),
    ),
    "unknown_own": (
        "本文没有注明人员，无从区分本人与他人的报告：来源中没有一份算作本人报告。",
        "The official is not known: no source counts as the official's own.",
    ),
    "notes": (NOTES, "Notes"),
    "printable": ("可打印网页", "printable page"),
    "word": ("Word 文件", "Word file"),
    # Year on year.
    "years_of": ("与上一年对照：{title}", "Year on year: {title}"),
    "years": ("与前一份报告对照", "Against the report before"),
    "now": (year_on_year.NOW, "This report"),
    "before": (year_on_year.BEFORE, "The report before"),
    "other_previous": ("换一份报告来对照", "Compare with another report"),
    "choose_previous": ("选一份报告来对照", "Choose a report to compare with"),
    "choose_this": ("与这份对照", "Compare with it"),
    "no_previous": ("库中没有同一人员更早的报告。", "There is no earlier report of the official."),
    "no_previous_how": (
        ("可能是更早的报告没有入库，也可能是没有认出人员或年份。"
        "可以在下面选一份来对照，也可以先到报告页更正人员和年份。"),
        ("It may not be in the index, or the official or year was not recognised. Choose a report "
        "below, or correct the official and year on the report's page."),
    ),
    "not_itself": (
        "不能与自己对照。请另选一份。",
        "A report cannot be compared with itself. Choose another one.",
    ),
    "show_kinds": ("只看", "Show"),
    "kept": (year_on_year.CHANGES[KEPT], "Kept"),
    "changed": (year_on_year.CHANGES[CHANGED], "Changed"),
    "new": (year_on_year.CHANGES[NEW], "New"),
    "dropped": (year_on_year.CHANGES[DROPPED], "Dropped"),
    "kept_about": ("没有动过的句子", "not touched"),
    "changed_about": ("改动过的句子", "edited"),
    "new_about": ("前一份没有的句子", "not in the report before"),
    "dropped_about": ("前一份有、这份没有的句子", "only in the report before"),
    "by_kind": ("哪几句没动过，哪几句改了", "Sentences by kind"),
    "sections": (year_on_year.SECTIONS, "By section"),
    "to_plans": (
        "去年说要干的事（{number} 条），今年怎么说",
        "Last report's plans ({number}), and this one's answers",
    ),
    "to_sections": ("逐句看哪些没动、哪些改了", "Sentence by sentence"),
    "not_the_same_rates": (
        ("要问“多少是去年的老话”，看这里的“保留”：只与前一份报告比，按整句算。“查重”答的是"
        "“多少字别处也有”：与库中所有报告比，按连续相同的字数算（半句也算，题目也算），"
        "所以两处的比例不同，不能互相核对。"),
        ("How much is last year's text is told by “Kept”: whole sentences, against the report "
        "before alone. Reuse tells how much stands anywhere else: it counts characters "
        "in a row (half a sentence and titles, too) and looks at all reports, so its rates are "
        "others."),
    ),
    "to_rates": ("看查重的几种比例", "See the rates of reuse"),
    "opening": ("（第一个标题之前）", "(before the first heading)"),
    "gone": (year_on_year.GONE, " (no counterpart in this report)"),
    "comes_from": ("前一份报告中见于：{sections}", "In the report before: {sections}"),
    "no_sections": (year_on_year.NO_SECTIONS, "Neither report has sentences to compare."),
    "none_of_kind": ("没有这一类句子。", "There is no such sentence."),
    "alike": ("相近程度 {score}", "likeness {score}"),
    "left_sentences": (
        "句子很多，其余 {number} 句没有列出；可按种类只看一类，或下载 CSV 看全部。",
        "Sentences that are not listed: {number}. Show one kind alone, or take the CSV.",
    ),
    "plans": (year_on_year.PLANS, "Plans of the report before, and what this one says"),
    "plans_about": (year_on_year.PLANS_ABOUT, (
        "Beside each passage of the report before on what was to come stand the passages of this "
        "report that are near in wording. Where the plan is only written again word for word, it "
        "counts as said again; what is mostly last year's text and new plans are no answers. "
        "Whether it was done is for you to judge."
    )),
    "plan": (year_on_year.PLAN, "Planned then"),
    "is_plan": ("也是打算", "also a plan"),
    "repeats": ("照抄去年打算", "the plan word for word"),
    "is_old": ("这段是去年原话", "last year's words"),
    "answered": ("有回应 {number} 条", "answered: {number}"),
    "repeated": ("照抄去年打算 {number} 条", "only said again: {number}"),
    "silent": ("未见明显回应 {number} 条", "no clear answer: {number}"),
    "only_repeated": (
        year_on_year.ONLY_REPEATED,
        "Only said again, word for word; nothing is told of what became of it.",
    ),
    "echoes": (
        year_on_year.ECHOES + "（{number} 段）",
        "Passages that are near but no answer ({number})",
    ),
    "only_kind": ("{kind}：{about}（{number} 句）", "{kind}: {about} ({number})"),
    "times_here": ("同一句在本报告里出现 {number} 次：", "Stands {number} times here: "),
    "part_of_run": (
        "（属于连续相同的 {chars} 字，在分段、数字或句子边上断开显示）",
        " (part of a run of {chars}, which is cut here at a paragraph, number or sentence)",
    ),
    "no_plans": (year_on_year.NO_PLANS, "The report before has no passage on plans."),
    "no_answer": (year_on_year.NO_ANSWER, "Nothing in this report clearly answers it."),
    "candidates": (
        year_on_year.CANDIDATES + "（{number} 段）",
        "Passages that have but a word in common with it ({number})",
    ),
    "left_plans": ("其余 {number} 条打算没有列出。", "Plans that are not listed: {number}."),
}  # fmt: skip

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
_ENGLISH_KINDS = (
    (KEPT, "whole sentences that are the same but for punctuation"),
    (CHANGED, "sentences that are mostly the same as one before, with all their characters"),
    (NEW, "sentences without a like one before; what was planned then and is done now is new"),
    (DROPPED, "sentences of the report before without a like one now"),
)
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
_ENGLISH_YEARLY_NOTES = (
    (
        "Kept are sentences that are the same as they are compared, changed those that are near "
        "to a sentence of the report before. Titles, headings, numbering and signatures are no "
        "sentences. Plans are compared with plans only: what was planned then and is done now "
        "counts as new."
    ),
    "Kept, changed and new are counted in this report, dropped in the report before.",
    "Shown is how the texts differ, without a judgement on the work.",
)


def figures(result: Reuse, language: str) -> list[KeyFigure]:
    """The figures on top, the rate of all first."""
    found = reuse.figures(result)
    if language == _CHINESE:
        return found
    return [
        KeyFigure(name, figure.value, about)
        for figure, (name, about) in zip(found, _ENGLISH_FIGURES, strict=True)
    ]


def yearly_figures(result: YearOnYear, language: str) -> list[KeyFigure]:
    """How much was kept, changed, is new and was dropped."""
    found = year_on_year.figures(result)
    if language == _CHINESE:
        return found
    return [
        KeyFigure(
            TEXTS[kind][1],
            figure.value,
            f"{getattr(result, kind):,} characters in {result.count_sentences(kind)} sentences: {about}",
        )
        for figure, (kind, about) in zip(found, _ENGLISH_KINDS, strict=True)
    ]


def conclusion(result: Reuse, language: str) -> str:
    """The answer in a sentence or two."""
    if language == _CHINESE:
        return reuse.conclusion(result)
    if not result.shared:
        return (
            f"Of {result.chars:,} characters none stands in another report in a run of "
            f"{result.min_chars} or more."
        )
    likest = max((*result.sources, *result.reused_by), key=lambda source: source.chars)
    title = likest.report.title or likest.report.id
    return (
        f"Of {result.chars:,} characters {format_percent(result.rate)} also stand in other reports; "
        f"without formulae and what only the official's own reports have, "
        f"{format_percent(result.rate_from_others_without_formulae)}. The likest is “{title}” "
        f"({format_percent(likest.rate)})."
    )


def yearly_conclusion(result: YearOnYear, language: str) -> str:
    """The answer in a sentence or two."""
    if language == _CHINESE:
        return year_on_year.conclusion(result)
    line = (
        f"Of this report's sentences {format_share(result.kept, result.chars)} are the same as before, "
        f"{format_share(result.changed, result.chars)} changed and {format_share(result.new, result.chars)} new; "
        f"{format_share(result.dropped, result.previous_chars)} of the report before are gone. Sentences "
        f"kept: {result.count_sentences(KEPT)}, changed: {result.count_sentences(CHANGED)}, new: "
        f"{result.count_sentences(NEW)}."
    )
    if not result.plans:
        return line
    return (
        f"{line} Of {len(result.plans)} plans {result.count_plans(ANSWERED)} are answered, "
        f"{result.count_plans(REPEATED)} only said again, {result.count_plans(SILENT)} not answered."
    )


def explain_two_shares(result: Reuse, years: YearOnYear, language: str) -> str:
    """Which question each of the two shares of a draft answers."""
    everywhere, kept = format_percent(result.rate), format_share(years.kept, years.chars)
    if language == _CHINESE:
        return (
            f"“多少是去年的老话”：{kept}（{years.count_sentences(KEPT)}句一字没动，与前一份报告比，按整句算）。"
            f"“多少字别处也有”：{everywhere}（与库中所有报告比，不论本人他人，半句、题目也算）。"
        )
    return (
        f"How much is last year's text: {kept} ({years.count_sentences(KEPT)} sentences kept as they "
        f"were, against the report before). How much stands anywhere else: {everywhere} (against "
        "all reports of the index, half sentences and titles, too)."
    )


def count_kinds(place: ReusedPlace) -> list[tuple[str, int]]:
    """What a place shares: each kind, and how many characters."""
    return reuse.count_kinds(place)


def describe_comparison(result: Reuse, language: str) -> str:
    """What the report was compared with, and how."""
    if language == _CHINESE:
        return reuse.describe_comparison(result)
    return (
        f"Compared with the other reports of the index: {result.other_count}. Runs of at least "
        f"{result.min_chars} characters count as shared. Text without digits of at least 8 "
        f"characters in the reports of {result.formula_officials} or more officials, and set "
        "phrases of the word lists, are formulae."
    )


def notes(result: Reuse, language: str) -> list[str]:
    """How the figures of a report are counted."""
    return reuse.notes(result) if language == _CHINESE else list(_ENGLISH_NOTES)


def yearly_notes(language: str) -> list[str]:
    """How two reports are set against each other."""
    return year_on_year.notes() if language == _CHINESE else list(_ENGLISH_YEARLY_NOTES)


def label(text: str, language: str) -> str:
    """The number of a source or formula."""
    if language == _CHINESE:
        return text
    return _MORE.sub(lambda found: f" and {int(found[1]) - 1} more", text).translate(_LABELS)


def kind(name: str, language: str) -> str:
    """What a kind of shared text is called."""
    if language == _CHINESE:
        return reuse.KINDS[name]
    return {EXACT: "same", EDITED: "edited", FORMULA: "formula"}[name]


def counts(section: SectionChanges, language: str) -> str:
    """How many characters of a section are of which kind."""
    numbers = (
        (KEPT, section.kept),
        (CHANGED, section.changed),
        (NEW, section.new),
        (DROPPED, section.dropped),
    )
    if language == _CHINESE:
        return "，".join(
            f"{year_on_year.CHANGES[name]} {chars} 字" for name, chars in numbers if chars
        )
    return ", ".join(f"{TEXTS[name][1].lower()}: {chars}" for name, chars in numbers if chars)
