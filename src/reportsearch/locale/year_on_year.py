"""The texts of a report compared with the one before it; in Chinese as in the printable report."""

from __future__ import annotations

TEXTS = {
    "years_of": ("与上一年对照：{title}", "Year on year: {title}"),
    "years": ("与前一份报告对照", "Against the report before"),
    "now": ("本报告", "This report"),
    "before": ("前一份报告", "The report before"),
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
    "kept": ("保留", "Kept"),
    "changed": ("改写", "Changed"),
    "new": ("新增", "New"),
    "dropped": ("删去", "Dropped"),
    "kept_about": ("没有动过的句子", "not touched"),
    "changed_about": ("改动过的句子", "edited"),
    "new_about": ("前一份没有的句子", "not in the report before"),
    "dropped_about": ("前一份有、这份没有的句子", "only in the report before"),
    "by_kind": ("哪几句没动过，哪几句改了", "Sentences by kind"),
    "sections": ("逐部分对照", "By section"),
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
    "gone": ("（本报告没有对应部分）", " (no counterpart in this report)"),
    "comes_from": ("前一份报告中见于：{sections}", "In the report before: {sections}"),
    "no_sections": ("两份报告都没有可以对照的文字。", "Neither report has sentences to compare."),
    "none_of_kind": ("没有这一类句子。", "There is no such sentence."),
    "alike": ("相近程度 {score}", "likeness {score}"),
    "left_sentences": (
        "句子很多，其余 {number} 句没有列出；可按种类只看一类，或下载 CSV 看全部。",
        "Sentences that are not listed: {number}. Show one kind alone, or take the CSV.",
    ),
    "plans": ("去年说要干的事，今年怎么说", "Plans of the report before, and what this one says"),
    "plans_about": ((
        "左边是前一份报告中关于下一步打算的段落，右边是本报告中用字与它相近的段落。"
        "把去年打算的原句又写一遍、没有另说办得怎样的，算“照抄去年打算”；大半是去年原话的段落和"
        "今年的新打算，不算回应。仅列出原文以供对照，办没办成由读者判断。"), (
        "Beside each passage of the report before on what was to come stand the passages of this "
        "report that are near in wording. Where the plan is only written again word for word, it "
        "counts as said again; what is mostly last year's text and new plans are no answers. "
        "Whether it was done is for you to judge."
    )),
    "plan": ("前一份报告的打算", "Planned then"),
    "is_plan": ("也是打算", "also a plan"),
    "repeats": ("照抄去年打算", "the plan word for word"),
    "is_old": ("这段是去年原话", "last year's words"),
    "answered": ("有回应 {number} 条", "answered: {number}"),
    "repeated": ("照抄去年打算 {number} 条", "only said again: {number}"),
    "silent": ("未见明显回应 {number} 条", "no clear answer: {number}"),
    "only_repeated": (
        "照抄去年打算，没有另说办得怎样。",
        "Only said again, word for word; nothing is told of what became of it.",
    ),
    "echoes": (
        "相近但不算回应的段落（{number} 段）",
        "Passages that are near but no answer ({number})",
    ),
    "only_kind": ("{kind}：{about}（{number} 句）", "{kind}: {about} ({number})"),
    "times_here": ("同一句在本报告里出现 {number} 次：", "Stands {number} times here: "),
    "part_of_run": (
        "（属于连续相同的 {chars} 字，在分段、数字或句子边上断开显示）",
        " (part of a run of {chars}, which is cut here at a paragraph, number or sentence)",
    ),
    "no_plans": (
        "前一份报告中没有发现关于下一步打算的段落。",
        "The report before has no passage on plans.",
    ),
    "no_answer": ("今年报告中未见明显回应。", "Nothing in this report clearly answers it."),
    "candidates": (
        "与它只有个别词相同的段落（{number} 段）",
        "Passages that have but a word in common with it ({number})",
    ),
    "left_plans": ("其余 {number} 条打算没有列出。", "Plans that are not listed: {number}."),
}  # fmt: skip
"""Name -> (Chinese, English)."""
