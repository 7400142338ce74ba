"""What the page of topics says."""

from __future__ import annotations

TEXTS = {
    "lead": (
        "程序从段落里自己归出的主题，以及各人、各年在每个主题上用了多少篇幅。",
        (
            "Topics found in the passages without being told, and how much each official or year "
            "gives to each."
        ),
    ),
    "number": ("主题个数", "Topics"),
    "auto": ("自动", "automatic"),
    "takes_time": (
        "报告多时要算几十秒；算过一次就记住，下次立刻显示。",
        "With many reports this takes some ten seconds; what was worked out once is kept.",
    ),
    "start_official": ("各人讲了哪些主题", "Which topics has each official?"),
    "start_year": ("各年的主题怎么变", "How do topics change over the years?"),
    "start_report": ("分成八个主题，看每份报告", "Eight topics, by report"),
    "size": (
        "{reports} 份报告的 {passages} 段归为 {topics} 个主题。",
        "{topics} topics in {passages} passages of {reports} reports.",
    ),
    "size_few": ("{reports} 份报告，{passages} 段。", "Reports: {reports}, passages: {passages}."),
    "too_few": (
        (
            "段落太少（不重复的只有 {distinct} 段，至少要 50 段），归不出可靠的主题，下面改按分管"
            "领域列出。"
        ),
        (
            "Too little for topics: {distinct} different passages with words, 50 are needed. By "
            "portfolio instead:"
        ),
    ),
    "unfit": ("{share}的段落哪个主题都不像。", "{share} of the passages fit none."),
    "unfit_portfolio": (
        "{share}的段落不属于任何分管领域。",
        "{share} of the passages have no portfolio.",
    ),
    "quality": (
        "词语一致性（NPMI）{npmi}，稳定性 {stability}。",
        "Coherence (NPMI) {npmi}, stability {stability}.",
    ),
    "fewer": ("要求 {asked} 个，能分出的只有这些。", "{asked} were asked for; there are no more."),
    "csv_terms": ("主题与词语表（CSV）", "Topics and terms (CSV)"),
    "topics": ("主题", "Topics"),
    "portfolios": ("分管领域", "Portfolios"),
    "topic": ("主题", "Topic"),
    "terms_and_passages": ("词语和段落", "Terms and passages"),
    "npmi": ("一致性", "NPMI"),
    "stability": ("稳定性", "Stability"),
    "unsteady": ("不稳", "unsteady"),
    "score": ("得分", "Score"),
    "tried": ("试过的主题个数", "Numbers of topics that were tried"),
    "taken": ("（采用）", "(taken)"),
    "passages": ("最典型的段落", "Strongest passages"),
    "weight": ("此主题占 {share}", "{share} of it is this topic"),
    "search": ("检索提到这个主题前几个词的段落", "Search passages with the first terms of it"),
    "search_portfolio": ("检索“{topic}”的段落", "Search passages of {topic}"),
    "unfit_some": ("哪个主题都不像的段落，举例", "Passages that fit no topic, for example"),
    "unfit_some_portfolio": (
        "不属于任何分管领域的段落，举例",
        "Passages of no portfolio, for example",
    ),
    "by": ("按{by}看各主题的占比", "Share of each topic by {by}"),
    "heat": (
        (
            "单位：%。每行各主题合计 100；颜色越深占比越大。点数字检索该主题前几个词在这一行报告"
            "里的段落。"
        ),
        (
            "In %. The topics of a row add up to 100; the darker, the more. A number leads to a "
            "search for the first terms of the topic in the reports of the row."
        ),
    ),
    "heat_portfolio": (
        "单位：%。每行各领域合计 100；颜色越深占比越大。点数字看这一行报告里这个领域的段落。",
        "In %. The portfolios of a row add up to 100. A number leads to a search for its passages.",
    ),
    "none": ("都不像", "fit none"),
    "none_portfolio": ("不属任何领域", "no portfolio"),
    "explain_topics": (
        (
            "主题由常在同一段里出现的词归成，名字取最有代表性的几个词，不是人起的。词语按代表性排"
            "列，点词语看例句所在段落。"
        ),
        (
            "A topic is made of words that meet in the same passages; its name is made of those "
            "that set it apart most. A term leads to the passage of its example."
        ),
    ),
    "explain_share": (
        (
            "占比按段落算，长短段落一样计；“段落”是以该主题为主的段落数。最后一列是哪个主题都不像"
            "的段落所占的比例，不在那 100 之内。"
        ),
        (
            "Shares count passages alike, however long they are; “passages” are those whose "
            "strongest topic it is. The last column is the share of passages that fit none, "
            "beside the 100."
        ),
    ),
    "explain_quality": (
        (
            "一致性（NPMI）看一个主题的词是否常在一起出现，−1 到 1，越高越好。稳定性看只取八成段"
            "落重算时同样的词还在不在，0 到 1；低于 0.5 的主题不宜当结论用。"
        ),
        (
            "NPMI tells whether the words of a topic meet, from −1 to 1. Stability tells how "
            "many of them are found again in four fifths of the passages, from 0 to 1; a topic "
            "below 0.5 proves little."
        ),
    ),
    "explain_tried": (
        "自动时试几种个数，取得分与最好者相差不超过其误差的最大个数。",
        (
            "Of the numbers that were tried the largest is taken whose score is as good as the "
            "best one, within its error."
        ),
    ),
}
