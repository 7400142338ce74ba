"""What the pages of portfolios say."""

from __future__ import annotations

from reportsearch.locale import duties

TEXTS = {
    "lead": (
        (
            "每个人分管什么、报告里各写了多少；哪些列入分工却没有报告，哪些报告了却不在分工里。要几个"
            "人的数字对照表：选一个领域，勾选人员，按“查看”，可下载带走。"
        ),
        (
            "What officials are in charge of and how much of their reports is about it; what "
            "they declare and do not report on, and the other way round. For a table of figures "
            "of several officials choose a portfolio, tick them, and go; it can be downloaded."
        ),
    ),
    "views": ("看法", "Views"),
    "view_table": ("总表", "Table"),
    "view_beside": ("数字对照表（一个领域，各人并排）", "Figures of one portfolio, side by side"),
    "view_alike": ("谁和谁像", "Who is like whom"),
    "choose": ("看哪个领域", "Portfolio"),
    "every": ("（全部领域，看总表）", "(all: the table)"),
    "within_alike": ("只比哪个领域的段落", "Passages of this portfolio alone"),
    "every_alike": ("（全部段落）", "(all passages)"),
    "report": ("报告", "report"),
    "reports": ("{number} 份报告", "reports: {number}"),
    "table": ("分管领域占篇幅，按{by}", "Share of each portfolio by {by}"),
    "unit": (
        (
            "单位：占全部字数的 %。点数字看那些段落，点领域名并排看各人。涉及几个领域的段落各计一"
            "次，所以一行相加可以超过 100。"
        ),
        (
            "In % of all characters. A number leads to the passages, the name of a portfolio to "
            "the officials side by side. A passage about several portfolios counts for each."
        ),
    ),
    "sign_missing": ("－没有讲到", "− not reported"),
    "sign_words": ("≈只在字句里", "≈ words only"),
    "sign_extra": ("＋分工外", "+ not declared"),
    "some_missing": ("－{number}份没有讲到", "− in {number}"),
    "some_words": ("≈{number}份只在字句里", "≈ in {number}"),
    "some_extra": ("＋{number}份分工外", "+ in {number}"),
    "legend_missing": (
        "分工里有、没有讲到（“－1份没有讲到”：其中一份这样）",
        "declared and not reported (“− in 1”: in one of the reports)",
    ),
    "legend_words": (
        "分工里有、只在字句里提到：没有专节或专段，字数不计",
        "declared, in words only: no passage is about it, and no share is counted",
    ),
    "legend_extra": (
        "报告了，开头的分工里没有（“＋1份分工外”：其中一份这样）",
        "reported and not declared in the opening (“+ in 1”: in one of the reports)",
    ),
    "silent": ("开头没有写分工", "nothing declared"),
    "silent_state": (
        "报告了（开头没有写分工，无从对照）",
        "reported (the opening declares nothing to compare it with)",
    ),
    "legend_shade": ("颜色越深，篇幅越大", "the darker, the more"),
    "legend_nil": ("没有", "none"),
    "other": ("不属任何领域", "no portfolio"),
    "no_names": (
        "这些报告的分工和各部分里都没有认出分管领域。",
        "No section or opening sentence names a known portfolio.",
    ),
    "title_missing": ("分工里有、没有讲到", "Declared and not reported"),
    "title_words": (
        "分工里有、只在字句里提到",
        "Declared and mentioned in words only",
    ),
    "title_unknown": duties.TEXTS["unknown"],
    "title_extra": ("报告里讲到、分工里没写的", "Reported on and not written down as a duty"),
    "caution": (
        (
            "这是按各部分的用词判断的，会有漏认和错认：讲到一个领域，也可能是配合别人的工作。"
            "下结论之前，请点进去看开头的分工和原文。"
        ),
        (
            "This is judged by the words of sections, which can mislead: who tells of a field may "
            "only have helped. Look at the opening and the report before it is held against anyone."
        ),
    ),
    "stop": ("。", "."),
    "in_reports": ("（{all} 份中的 {number} 份）", " (in {number} of {all} reports)"),
    "totals": ("各领域合计", "All portfolios"),
    "totals_about": (
        "共 {reports} 份报告；{other}的字数不属任何领域。后五列是报告份数。",
        (
            "Reports: {reports}; {other} of all text is about no portfolio. The last five "
            "columns count reports."
        ),
    ),
    "share": ("占篇幅", "Share"),
    "rows": ("{by}数", "Rows"),
    "reported": ("有专节或专段", "With passages about it"),
    "mentioned": ("只在字句里提到", "Mentioned in words only"),
    "declared": ("列入分工", "Declared"),
    "not_reported": ("没有讲到", "Not reported"),
    "not_declared": ("分工外", "Not declared"),
    "not_reported_in": ("分工里有、没有讲到的：", "Declared and not reported in:"),
    "mentioned_in": ("分工里有、只在字句里提到的：", "Declared and mentioned in words only in:"),
    "not_declared_in": ("报告里讲到、分工里没写的：", "Reported and not declared in:"),
    **duties.STATES,
    "reported, not declared": ("报告里讲到，分工里没写", "reported, not declared"),
    "reported, head of the whole": ("报告了（主持全面工作）", "reported, head of the whole"),
    "of_chars": ("（{all} 字中的 {chars} 字）", " ({chars} of {all} characters)"),
    "state": ("分工与报告", "Declared and reported"),
    "role": ("分工方式", "Role"),
    "to_beside": ("并排看各人的{portfolio}", "{portfolio} side by side"),
    "back": ("回到总表", "Back to the table"),
    "opening": ("开头怎么说分工", "What the opening says"),
    "no_opening": ("开头的分工里没有提到。", "The opening sentences do not name it."),
    "about_it": ("写这个领域的段落（{number}）", "Passages about it ({number})"),
    "mentions_it": ("提到这个领域的段落（{number}）", "Passages that mention it ({number})"),
    "no_section": (
        "分工里有、没有讲到。",
        "It is declared, and no section is about it.",
    ),
    "beside": ("{portfolio}：各人并排", "{portfolio}, side by side"),
    "nobody": (
        "所选报告里没有人分管或报告这个领域，或者他们没有注明分组用的那一项。",
        "No report that is asked about declares it or reports on it.",
    ),
    "shares": ("各写了多少", "How much each reports"),
    "by_year": ("历年", "By year"),
    "figures": ("数字对照表", "Table of figures"),
    "figures_file": ("{portfolio}_数字清单", "{portfolio}_figures"),
    "figures_file_wide": ("{portfolio}_数字对照表", "{portfolio}_figures_table"),
    "figures_about": (
        (
            "意思相同的数放在一行，计划另起一行；报告里叫法不同的，写在数的后面。点数字看出处。* 是"
            "原文隐去的数，不是零。括号里注明的年份是按报告推断的；累计的、连续几年的不推断年份。标"
            "“口径不同”的一行，各数统计的范围不一样，不能直接相比。"
        ),
        (
            "Figures of like meaning stand in a row, plans in rows of their own; where a report "
            "calls it otherwise, its name stands behind the figure. Each leads to its passage. * "
            "was hidden in the original, and is not zero. Years with a remark are inferred; none "
            "is of what is of several years. Where scopes differ, figures do not count the same."
        ),
    ),
    "figures_none": (
        "没有两个人以上报了同一个数。各人报的数在下面。",
        "No figure is reported by more than one; those of each are below.",
    ),
    "figures_more": (
        "共 {all} 行，这里是前 {shown} 行；全部在下载的表格里。",
        "The first {shown} of {all} rows; the table to download has all.",
    ),
    "no_figures": ("这些报告里关于这个领域没有数字。", "There are no figures on it."),
    "take": (
        "下载清单：每个数一行（CSV，用 Excel 打开）",
        "A line for each figure (CSV)",
    ),
    "take_wide": ("下载对照表：每人一列（CSV）", "A column for each (CSV)"),
    "take_all": ("清单，连同只有一人报的数（CSV）", "With the figures of only one (CSV)"),
    "single": ("只有一人报的数（{number} 行）", "Figures that only one reports (rows: {number})"),
    "no_unit": ("无单位", "no unit"),
    "parts": ("本页内容", "On this page"),
    "pick": (
        "勾选要看的{by}（可多选，都不勾就是全部）",
        "Tick those to show (none ticked: all)",
    ),
    "pick_having": ("有{portfolio}的共 {number} 个", "with {portfolio}: {number}"),
    "and": ("、", ", "),
    "taken_reports": (
        "改成按{by}分组：显示的是原来勾选的{of}（{values}）的报告。",
        "Grouped by {by} now: shown are the reports of what was ticked ({of}: {values}).",
    ),
    "taken_filter": (
        "改成按{by}分组：原来勾选的{of}（{values}）现在是筛选条件。",
        "Grouped by {by} now: what was ticked ({of}: {values}) is a filter.",
    ),
    "taken_not": (
        "改成按{by}分组：原来勾选的{of}（{values}）不再起作用，显示的是全部；请重新勾选。",
        "Grouped by {by} now: what was ticked ({of}: {values}) no longer counts, and all is shown.",
    ),
    "go": ("查看", "Show"),
    "narrow": ("再按年份、职务、地区等缩小范围", "Narrow down by year, post, region"),
    "figure": ("指标", "Figure"),
    "value": ("数值", "Value"),
    "scope": ("口径：{scope}", "scope: {scope}"),
    "masked": ("原文隐去，不是零", "hidden in the original, not zero"),
    "plan": ("计划", "planned"),
    "each": ("各人详情", "Each by itself"),
    "others": ("另有 {number} 条", "{number} more"),
    "in_file": ("其余在下载的表格里。", "The rest is in the table to download."),
    "indicators": ("数字", "Figures"),
    "documents": ("制定、印发的文件", "Documents"),
    "projects": ("项目", "Projects"),
    "state_谋划": ("谋划", "in preparation"),
    "state_签约": ("签约", "signed"),
    "state_启动": ("启动", "begun"),
    "state_推进": ("推进", "under way"),
    "state_主体": ("主体", "structure done"),
    "state_建成": ("建成", "finished"),
    "state_停滞": ("停滞", "halted"),
    "common_text": ("与别人相同的文字", "Text in common"),
    "with": ("与{other}相同 {chars} 字：", "With {other}, {chars} characters:"),
    "there": ("对方：", "there:"),
    "weaknesses": ("短板", "Weaknesses"),
    "plans": ("打算", "Plans"),
    "alike": ("谁和谁的报告像", "How alike officials' reports are"),
    "alike_lead": (
        "两两比较各人报告的用词，像的排在一起。",
        (
            "Officials compared with each other by the words of their reports; those which are "
            "alike stand together."
        ),
    ),
    "alike_explain": (
        (
            "按用词算的余弦相似度，乘以 100：0 完全不同，100 完全一样。少见的词分量重。“不计套话”"
            "去掉了全库的套话、人人都说的词和地名职务，更能说明问题；名次按它排。"
        ),
        (
            "Cosine similarity of words times 100, rare words weigh more: 0 is nothing in "
            "common, 100 the same. “Without formulae” leaves out set phrases, words of every "
            "report, places and posts, and says more; pairs are in the order of it."
        ),
    ),
    "alike_none": (
        "能比的人不到两个。请放宽条件，或再添加报告。",
        "There are not two officials to compare; ask for less, or add reports.",
    ),
    "matrix": ("两两相似度", "Each with each"),
    "matrix_about": (
        (
            "单位：百分之一。对角线右上计入套话，左下不计套话。编号与行首相同；带链接的可跳到下面"
            "的段落。"
        ),
        (
            "In hundredths; above the diagonal with formulae, below it without. Numbers of "
            "columns are those of rows; linked ones lead to the passages below."
        ),
    ),
    "pairs": ("最像的几对", "Most alike"),
    "pair": ("不计套话 {without}，计入套话 {with_}。", "Without formulae {without}, with {with_}."),
    "pair_terms": ("共同的词：", "Words in common:"),
    "pairs_more": (
        "共 {all} 对，这里是前 {shown} 对；全部在下载的表格里。",
        "The first {shown} of {all} pairs; the table to download has all.",
    ),
}
