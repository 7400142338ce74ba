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
        "点词语看它所在的段落。“明显”是说：不像是碰巧多出来的；怎样算出，见表格旁的说明。",
        (
            "A term leads to the passages that have it. “Clearly” means: hardly by chance; how "
            "that is worked out, is told beside the table."
        ),
    ),
    "less_title": ("讲得比别人少的", "What the others say more"),
    "less_about": (
        "别的人里至少一半都讲，这里讲得明显少的词；例句是别人的。",
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
        "有一方只有一个人，不能作显著性检验；区间按其各部分估计，只供参考。",
        (
            "One of the two is a single official: nothing can be significant; intervals are by "
            "its sections."
        ),
    ),
    "untested": (
        "人数太少，没有一个词能作显著性检验；只看倍数和区间。",
        "There are so few officials that no term can be significant; look at ratios and intervals.",
    ),
    "tested": (
        "可检验的词语 {candidates} 个，其中在这里明显更多的（q < 0.05）{significant} 个。",
        "Terms that can be tested: {candidates}; more frequent here with q < 0.05: {significant}.",
    ),
    "none": ("没有哪个词能肯定地说它用得更多。", "Nothing sets it apart for certain."),
    "both": (
        "{number} 段同属两组，两边都没有计入。",
        "Passages of both groups, left out: {number}.",
    ),
    "table": ("特色词语表：", "Terms of"),
    "count": ("次数", "Times"),
    "rate": ("每万词次数", "Per 10,000 words"),
    "rate_here": ("每万词", "Per 10,000 words"),
    "rate_rest": ("对照", "Rest"),
    "ratio": ("对数比", "Log ratio"),
    "interval": ("95% 区间", "95% interval"),
    "q": ("q", "q"),
    "dp": ("DP", "DP"),
    "explain_count": (
        "这个词在这一组里出现几次，套话里的不算；“报告”是有它的报告数。",
        "How often it occurs in the group, set phrases left out; “reports” are those that have it.",
    ),
    "explain_rate": (
        "每一万个词里出现几次：左边是这一组，“对照”是与它比较的另一方。篇幅不同也能比。",
        "Occurrences in 10,000 words, here and in what it is compared with, however long both are.",
    ),
    "explain_ratio": (
        (
            "两边每万词次数之比，按 2 的次方写：1 表示多一倍，2 表示是四倍，3 表示是八倍；一边没"
            "有出现时按半次算。"
        ),
        (
            "The ratio of both rates as a power of 2: 1 is twice as often, 2 four times, 3 eight "
            "times; where one side has none, half an occurrence is added."
        ),
    ),
    "explain_interval": (
        (
            "考虑到人数少、各人用词不匀，对数比多半落在这个范围。不含 0 才列出来；范围越宽越没把"
            "握，∞ 表示没有上限。词语按靠近 0 的一端排列。"
        ),
        (
            "Where the log ratio may well be, given how few officials there are. Only terms "
            "whose interval is above 0 are listed, by the end that is nearest to it; ∞ is "
            "without a bound."
        ),
    ),
    "explain_q": (
        "q 小于 0.05（记＊）：这样选出的词里，估计不到二十分之一是碰巧。“—”：人数太少，不能检验。",
        (
            "Below 0.05 (marked ＊) fewer than one in twenty of the terms so chosen are there by "
            "chance. “—”: too few officials for a test."
        ),
    ),
    "explain_dp": (
        "用得匀不匀：0 表示组里人人都用（只有一人时指各部分都用），接近 1 表示几乎全在一处。",
        (
            "How evenly it is spread: 0 over all officials of the group (of a single one, over "
            "the sections), near 1 all in one place."
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
