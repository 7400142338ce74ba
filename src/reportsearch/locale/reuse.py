"""The texts of the page on reuse (查重); in Chinese those of the printable report, too."""

from __future__ import annotations

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
    # A report.
    "views": ("查看", "Views"),
    "view_reuse": ("查重", "Reuse"),
    "view_years": ("与上一年对照", "Year on year"),
    "view_report": ("报告全文", "The report"),
    "other_report": ("换一份报告", "Another report"),
    "figures": ("检测结果", "Result"),
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
    "sources": ("相似来源", "Sources"),
    "sources_about": (
        "较早、同期和没有注明时间的报告。点标题看逐处对照。",
        ("Earlier reports, and those of the same time or without one. A title leads to the places "
        "side by side."),
    ),
    "later_reports": ("被后来的报告使用", "Used by later reports"),
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
    "text": ("全文标注", "The text, marked"),
    "legend": ("图例", "Legend"),
    "legend_exact": ("与来源一字不差（实线）", "the same as in a source, in a row"),
    "legend_edited": (
        "与来源相近，只改动了几个字（虚线），只计入“含小改”",
        "like a source's with a few characters changed; part of “With edits” alone",
    ),
    "legend_formula": (
        "许多报告都有的话（点线），见下面的清单",
        "what many reports say; see the list below",
    ),
    "legend_numbers": (
        ("点标出的文字，看与来源的逐处对照。标出的文字后面，方括号里说它见于哪里：“来源1”是相似"
        "来源表中的第1份，“来源1等3份”是除它以外至多还有2份报告也有，“后来1”是后来的报告"
        "，“套话1”是套话清单中的第1条；在逐处对照中全部列出。"),
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
    "evidence": ("逐处对照", "Side by side"),
    "different": ("双线标出两份文字不同之处。", "A double line marks what is different."),
    "here": ("本报告", "This report"),
    "there": ("来源", "Source"),
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
    "formulae": ("套话", "Formulae"),
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
    "unknown_own": (
        "本文没有注明人员，无从区分本人与他人的报告：来源中没有一份算作本人报告。",
        "The official is not known: no source counts as the official's own.",
    ),
    "notes": ("说明", "Notes"),
    "printable": ("可打印网页", "printable page"),
    "word": ("Word 文件", "Word file"),
    "kind_exact": ("相同", "same"),
    "kind_edited": ("小改", "edited"),
    "kind_formula": ("套话", "formula"),
}  # fmt: skip
"""Name -> (Chinese, English)."""
