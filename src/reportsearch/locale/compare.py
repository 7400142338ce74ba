"""What the page of comparisons says."""

from __future__ import annotations

TEXTS = {
    "lead": (
        "某个人、某一年和其余的比，多用哪些词；各组都爱用哪些词；一个词在各年各组用了多少。",
        (
            "What an official or a year says more than all the rest, what all of them say, and "
            "how often a term is used over the years."
        ),
    ),
    "conclusion": ("结论", "In short"),
    "conclusion_about": (
        (
            "点领域、词语看原文段落。篇幅是写这个领域的字数占报告的百分之几：一个人只算他分管这个领域"
            "的报告，和同样分管的别人在分管它的报告里的比，别人取各人的平均；一段写几个领域的，各算一"
            "次，平分来算也相差 5 个百分点以上的才列。次数凡出现这串字都算，和点开检索的一样；不到"
            " 5 次、只在一段里的词不列。“没有检验”是说：人太少，算不出是不是碰巧。"
        ),
        (
            "A portfolio or a term leads to its passages. Room is the share of a report's "
            "characters: of an official in the reports that declare the portfolio, beside the mean "
            "of the others who are in charge of it, in theirs that do; a passage on several "
            "portfolios counts for each, and what is told differs by 5 points of a hundred or more "
            "also when it is divided among them. Times are those of the string, as the search "
            "behind a term finds it; terms that occur less than five times, or in one passage "
            "alone, are not told. “Nothing is tested”: there are too few officials to tell what is "
            "by chance."
        ),
    ),
    "this_year": (
        "只看这份（{year} 年），与同年的别人比",
        "This report alone ({year}), with that year's",
    ),
    "this_alone": (
        "只看这份（{year} 年），与其余报告比",
        "This report alone ({year}), with all others",
    ),
    "one_year": ("只比 {year} 年的", "Only those of {year}"),
    "all_years": ("各年的一起比", "All years together"),
    "between": ("；", "; "),
    "less_title": ("讲得比别人少的", "What the others say more"),
    "less_about": (
        "别的人里至少一半都讲，这里讲得少的词；例句是别人的。",
        "What at least half of the others say, and this one clearly less; examples are theirs.",
    ),
    "term": ("只看一个词的用法（可不填）", "The use of a term alone (optional)"),
    "term_hint": ("如：乡村振兴、脱贫攻坚", "e.g. 乡村振兴、脱贫攻坚"),
    "kind": ("词语", "Terms"),
    "phrases": ("词和短语", "words and phrases"),
    "words": ("只要单词", "single words"),
    "pairwise": ("只让选中的两个互相比", "The two that are chosen against each other"),
    "two": (
        "互相比较要正好选两个：请在“只取其中几个”里勾选两个，或去掉“互相比”。",
        "To set two against each other choose exactly two values below, or leave that out.",
    ),
    "use_of": ("“{terms}”的使用", "The use of {terms}"),
    "start_official": ("每个人和其他人比，突出讲什么", "What does each official stress?"),
    "start_post": ("各位{post}互相比", "How do the {post} differ?"),
    "start_year": ("每一年和其他年比", "How do the years differ?"),
    "start_kind": ("不同类型的报告写法有什么不同", "How do the kinds of reports differ?"),
    "start_term": ("“营商环境”历年用了多少", "How often is 营商环境 used, by year?"),
    "size": (
        "{reports} 份报告，{units} 人，{words} 词。",
        "Reports: {reports}, officials: {units}, words: {words}.",
    ),
    "against": ("对照（{other}）：", "Against {other}: "),
    "rest": ("对照（其余全部）：", "Against all the rest: "),
    "single": (
        "这是一个人和别人比，没有检验：列出的是他自己讲得多的词，不能推到别的人身上。",
        (
            "One official against others: what is listed is this one's own, and says nothing "
            "of anyone else."
        ),
    ),
    "untested": (
        "人数少，表里的词只说明这几份报告之间的差别。",
        "There are few officials: the terms tell of these reports alone.",
    ),
    "tested": (
        (
            "够得上检验的词语 {candidates} 个，其中这里更多、又不像是碰巧的"
            " {significant} 个（表中记＊）。"
        ),
        (
            "Terms that are frequent enough: {candidates}; more frequent here and hardly by "
            "chance (marked ＊): {significant}."
        ),
    ),
    "none": ("没有哪个词能肯定地说它用得更多。", "Nothing sets it apart for certain."),
    "both": (
        "{number} 段同属两组，两边都没有计入。",
        "Passages of both groups, left out: {number}.",
    ),
    "table": ("特色词语表：", "Terms of"),
    "count": ("次数", "Times"),
    "name": ("专名", "name"),
    "name_about": (
        "别人都没有讲到的地名、企业名等，词典里查不到",
        "The name of a place or a firm that no other official has and no dictionary knows",
    ),
    "rate": ("每万词次数", "Per 10,000 words"),
    "rate_here": ("每万词", "In 10,000"),
    "rate_rest": ("对照", "Rest"),
    "count_note": (
        (
            "次数按词算：套话里的不算，在更长的词里的也不算（“生态”不含“生态环境”里的）。"
            "“检索”找的是这串字，会多些；结论里的次数和它一样。"
        ),
        (
            "Counted as a term: neither in set phrases nor inside longer terms. The search behind "
            "it finds the string, which may be more; the sentences above tell the number of that."
        ),
    ),
    "about": ("约 {times}", "about {times}"),
    "ratio": ("是对照的几倍（由对数比换算）", "Times the rest (from the log ratio)"),
    "interval": ("至少、至多（95% 区间）", "At least, at most (95 % interval)"),
    "q": ("是碰巧吗（q 值）", "By chance? (q)"),
    "dp": ("集中还是分散（DP）", "Spread (DP)"),
    "short_ratio": ("是对照的几倍", "Times the rest"),
    "short_interval": ("至少、至多", "At least, at most"),
    "short_q": ("是碰巧吗", "By chance?"),
    "short_dp": ("集中还是分散", "Spread"),
    "explain_count": (
        "这个词在这一组里出现几次，套话里的不算；“报告”是有它的报告数。",
        "How often it occurs in the group, set phrases left out; “reports” are those that have it.",
    ),
    "explain_rate": (
        (
            "“突出”就是用得比别人多。先看“每万词”和“对照”两列：这一组每一万个词里用"
            "几次，别人用几次；篇幅不同也能比。表里的词按把握从大到小排，拿不准的不列。"
        ),
        (
            "A term stands out where it is used clearly more than by the others: look at the "
            "two columns of times in 10,000 words, here and in the rest, which can be "
            "compared however long both are. The surest come first; what is not sure is not "
            "listed."
        ),
    ),
    "explain_ratio": (
        (
            "“每万词”除以“对照”：8 倍就是每万词里多用到 8 倍，1/8 是只用到八分之一。有一边没用过"
            "的，按半次算，只是个大约数。文件里给的是它以 2 为底的对数（log ratio，Hardie 2014）。"
        ),
        (
            "The first rate over the second; 1/8 is an eighth. Where one side has none, half an "
            "occurrence is added, so that it is only about right. Files have its binary logarithm "
            "(log ratio, Hardie 2014)."
        ),
    ),
    "explain_interval": (
        (
            "报告就这么几份，换几份来算，倍数会变，多半落在这两个数之间；隔得越远越没把握，“不封顶”"
            "是说不出上限。两个数把 1 倍（一样多）夹在中间的不列。算法是 95% 置信区间（LRC，Evert "
            "2022），按人（只有一个人时按章节）的差异放宽；词按靠近 1 倍的那一头排先后。"
        ),
        (
            "With other reports of the same officials the ratio would be another one: it may well "
            "lie between these two. The wider apart, the less sure. Where they have 1 between "
            "them (no difference) the term is not listed. They are 95 % confidence intervals "
            "(LRC, Evert 2022), widened by how officials (of a single one the sections) differ; "
            "terms are ordered by the end that is nearest to 1."
        ),
    ),
    "explain_q": (
        (
            "“不像”（记＊）：这样选出来的词里，估计只是碰巧的不到二十分之一（秩和检验，Benjamini–"
            "Hochberg 校正后 q 小于 0.05）。“也可能”：q 不小于 0.05。“没检验”：只有一个人或人太少，"
            "算不出来。"
        ),
        (
            "“Hardly” (marked ＊): of the terms so chosen fewer than one in twenty may be there by "
            "chance (rank-sum test, q after Benjamini and Hochberg below 0.05). “Perhaps”: q is "
            "0.05 or more. “Not tested”: too few officials."
        ),
    ),
    "explain_dp": (
        (
            "“分散”是处处都讲（几个人比时：人人都讲），“集中”是几乎全在一两处讲。按离散度"
            " DP（Gries 2008）：0.8 起算集中，0.5 起算较集中。"
        ),
        (
            "Spread over all officials of the group (of a single one, over the sections), or "
            "nearly all in one or two places: by DP (Gries 2008), from 0.8 in few places, from "
            "0.5 rather so."
        ),
    ),
    "shared": ("各组都常用的词", "What all groups share"),
    "shared_about": (
        "每组至少一半的人在用，且各组之间相差不到一倍。点词语检索，点数字看例句所在段落。",
        (
            "Used by at least half of the officials of each group, and at most twice as often in "
            "one as in another. A term leads to a search, a number to the passage of an example."
        ),
    ),
    "shared_unit": ("每万词次数", "In 10,000 words"),
    "shared_none": ("没有各组都常用的词。", "There is no term that all groups share."),
    "uses_about": (
        "凡出现这串字都算，套话里的也算。每万字次数后的 95% 区间：人少、用得不匀时就宽。",
        (
            "Every occurrence of the string is counted, set phrases included, in 10,000 "
            "characters; the 95% interval is wide where there are few officials."
        ),
    ),
    "nobody": ("所选报告里没有人用。", "Nobody uses it."),
    "first": ("最早见于 {dated}：", "First use known, {dated}:"),
    "undated": ("未注明年份的报告", "in a report without a date"),
    "per_chars": ("每万字次数", "In 10,000 characters"),
    "reports_with": ("有它的报告", "Reports with it"),
    "no_report": ("没有报告", "no report"),
}
