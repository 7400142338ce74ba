"""What the pages of analyses share."""

from __future__ import annotations

TEXTS = {
    "by": ("按什么分组", "Group by"),
    "by_of": ("按{by}", "by {by}"),
    "within": ("只看哪些报告（不选就是全部）", "Only these reports (all, if nothing is chosen)"),
    "query": ("只看提到……的段落", "Only passages that mention"),
    "query_hint": ("如：招商引资", "e.g. 招商引资"),
    "year_hint": ("2023 或 2021..2023", "2023 or 2021..2023"),
    "top": ("每组列几个词", "Terms of each group"),
    "pick": ("只取其中几个{by}", "Only some values of {by}"),
    "write": ("其他（用顿号隔开）", "Others (with commas between)"),
    "write_year": (
        "或写起止年份，用顿号隔开：2018..2020、2021..2023",
        "Or spans of years, with commas between: 2018..2020, 2021..2023",
    ),
    "go": ("计算", "Work it out"),
    "not_done": ("没能算出，请改一改条件：", "This cannot be worked out; change the form:"),
    "starts": ("可以从这里开始", "To begin with"),
    "csv": ("表格（CSV）", "Table (CSV)"),
    "svg": ("图（SVG）", "Picture (SVG)"),
    "note": ("方法说明", "Method note"),
    "picture": ("图", "Picture"),
    "picture_alt": (
        "图；数字都在本页的表格里",
        "A picture; its numbers are in the tables of this page",
    ),
    "explain": ("这些数怎么看", "What the numbers mean"),
    "explain_search": (
        (
            "点词语看例句所在段落。点“检索”，按同样的范围查这个词；检索连套话和更长的词里的也算，"
            "所以可能比表里的次数多。"
        ),
        (
            "A term leads to the passage of its example. “Search” looks for the term within the "
            "same reports; it finds set phrases and longer words too, so there can be more than "
            "is counted."
        ),
    ),
    "to_example": ("看例句所在段落", "To the passage of the example"),
    "everywhere": ("检索", "Search"),
    "places": ("全部出处", "All places"),
    "groups": ("各组", "Groups"),
    "whole": ("所选全部段落", "All chosen passages"),
    "first_groups": (
        "共 {all} 组，这里是前 {shown} 组；全部在下载的表格里。",
        "The first {shown} of {all} groups; the table to download has all.",
    ),
    "nothing": (
        "没有符合条件的段落。请放宽上面的条件。",
        "No passage meets these conditions. Ask for less above.",
    ),
    "term": ("词语", "Term"),
    "count": ("次数", "Times"),
    "passages": ("段落", "Passages"),
    "reports": ("报告", "Reports"),
    "example": ("例句", "Example"),
    "without": (
        "另有 {number} 份报告没有注明{by}，未计入。",
        "Left out: {number} reports for which no {by} is known.",
    ),
    "share": ("占比", "Share"),
    "group": ("组", "Group"),
}
