"""What the page of keywords says."""

from __future__ import annotations

TEXTS = {
    "lead": (
        "一份报告、一个人、一个年份讲得比别处多的词。套话和人人都说的词不算。",
        (
            "The words that a report, an official or a year uses more than others do. Set "
            "phrases and words of every report are left out."
        ),
    ),
    "one": ("不分组", "Not grouped"),
    "aside": ("也列出没有计入的词", "Also list the terms set aside"),
    "only": ("只看这些报告", "These reports alone"),
    "all_reports": ("改看全部报告", "All reports instead"),
    "start_official": ("每个人突出讲什么", "What does each official stress?"),
    "start_year": ("每一年突出讲什么", "What does each year stress?"),
    "start_portfolio": ("每个分管领域有哪些词", "Which words has each portfolio?"),
    "start_all": ("全库的关键词", "The keywords of the whole index"),
    "size": (
        "{reports} 份报告，{passages} 段，{chars} 字。",
        "Reports: {reports}, passages: {passages}, characters: {chars}.",
    ),
    "general": (
        "主要与通用汉语比较，库中其余部分（{rest} 字）较小，只作参考。",
        "Compared mostly with general Chinese; the rest of the index ({rest} characters) is small.",
    ),
    "index": (
        "与通用汉语和库中其余部分（{rest} 字）比较。",
        "Compared with general Chinese and the rest of the index ({rest} characters).",
    ),
    "alone": (
        "只与通用汉语比较：库中没有别的段落。",
        "Compared with general Chinese alone: there is no other passage in the index.",
    ),
    "none": ("没有特别突出的词。", "Nothing sets it apart."),
    "table": ("关键词表", "Table of keywords"),
    "score": ("得分", "Score"),
    "very_often": ("上千倍", "over 1,000"),
    "ratio": ("为预期的倍数", "Times the expected"),
    "explain_score": (
        (
            "得分由次数和倍数合成，越高越有特色；只能在同一组里比高低，不能跨组比。词后的小字是它"
            "所属的分管领域。"
        ),
        (
            "The score is made of both the count and the ratio; it is comparable within a group "
            "only. Beside a term stands the portfolio that it is a name of."
        ),
    ),
    "explain_count": (
        (
            "次数不含套话里的。“为预期的倍数”指它在这里出现的频率，是按通用汉语和库中其他报告推算"
            "的多少倍。"
        ),
        (
            "Occurrences in set phrases are not counted. “Times the expected”: how many times "
            "more frequent it is than general Chinese and the other reports would have it."
        ),
    ),
    "set_aside": ("没有计入的词（{number}）", "Terms set aside ({number})"),
    "reason": ("原因", "Why"),
    "set phrase": ("只出现在套话里", "in set phrases only"),
    "boilerplate": ("每份报告都有的词", "a word of every report"),
    "as frequent elsewhere": ("别处也一样多", "as frequent elsewhere"),
    "place or post": ("地名、职务或人名", "a place, a post or a name"),
}
