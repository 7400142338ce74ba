"""The words of what a comparison comes to."""

from __future__ import annotations

TEXTS = {
    "scope": ("比的是{here}与{rest}", "Compared: {here} with {rest}"),
    "own": ("{name}的 {reports} 份报告{years}", "{name} (reports: {reports}{years})"),
    "group": ("“{name}”的 {reports} 份报告", "{name} (reports: {reports})"),
    "about": ("关于“{name}”的段落", "the passages on {name}"),
    "others": (
        "其他 {number} 位{posts}的 {reports} 份报告{years}",
        "{posts} (officials: {number}, reports: {reports}{years})",
    ),
    "officials": ("官员", "the other officials"),
    "reports": ("其余 {reports} 份报告{years}", "the rest (reports: {reports}{years})"),
    "reports_own": (
        "其余 {reports} 份报告{years}（篇幅只和其他 {number} 位比）",
        "the rest (reports: {reports}{years}; room beside that of the {number} other officials)",
    ),
    "passages": ("其余段落", "all other passages"),
    "years": ("（{years}）", ", {years}"),
    "short": (
        "{name}的报告太短（{chars} 字），不作结论",
        "The reports of {name} are too short ({chars} characters) to conclude anything",
    ),
    "short_text": (
        "“{name}”的文字太少（{chars} 字），不作结论",
        "The passages of {name} are too short ({chars} characters) to conclude anything",
    ),
    "short_rest": (
        "拿来比的文字太少（{chars} 字），不作结论",
        "What there is to compare with is too short ({chars} characters) to conclude anything",
    ),
    "longer": ("篇幅用得多的是：", "More room is given to: "),
    "shorter": ("篇幅用得少的是：", "Less room is given to: "),
    "shorter_then": ("；用得少的是：", "; less to: "),
    "alike": (
        "篇幅和同样分管的人差不多的（相差不到 5 个百分点）：",
        "About as much room (within 5 points of a hundred) is given to: ",
    ),
    "alone": (
        "在这 {number} 位里只有{name}分管的领域（占 5% 以上的）：",
        "Of these {number} officials {name} alone is in charge of (from 5 % on): ",
    ),
    "written": (
        "在这 {number} 位里只有{name}写到的领域（占 5% 以上的）：",
        "Of these {number} officials {name} alone writes about (from 5 % on): ",
    ),
    "written_then": ("；只有{name}写到的：", "; alone writes about: "),
    "more": ("讲得明显多的是：", "Clearly more of: "),
    "more_unsure": (
        "讲得多的是（可能是碰巧）：",
        "More of (by the test perhaps by chance): ",
    ),
    "more_untested": (
        "讲得多的是（人少，没有检验）：",
        "More of (so few officials that nothing is tested): ",
    ),
    "more_none": (
        "列出的词里，没有哪个够得上说{name}讲得更多",
        "Of the terms listed there is none of which {name} can be said to say more",
    ),
    "more_but_names": (
        "列出的词里，除了专名，没有哪个够得上说{name}讲得更多",
        "Of the terms listed, names apart, there is none of which {name} can be said to say more",
    ),
    "less": ("讲得明显少的是：", "Clearly less of: "),
    "less_unsure": (
        "讲得少的是（可能是碰巧）：",
        "Less of (by the test perhaps by chance): ",
    ),
    "less_untested": (
        "讲得少的是（人少，没有检验）：",
        "Less of (so few officials that nothing is tested): ",
    ),
    "names": (
        "在这 {number} 位里只有{name}讲到的地名、企业等专名（多是当地的，不算特色）：",
        "Places and firms, mostly of the place, that of these {number} {name} alone names: ",
    ),
    "not_known": ("{what}：", "{what}: "),
    "duty": ("{what}的：", "{what}: "),
    "in_one": (
        "（{all} 份报告中的 1 份，{where}）",
        " (in 1 of {all} reports, {where})",
    ),
    "where": ("（{where}）", " ({where})"),
    "untold": (
        "报告开头没有写分工，分工里有没有漏讲的，无从对照",
        "The openings declare no duties, so that none can be missing",
    ),
    "beyond": (
        "报告里讲到、分工里没写的（按用词判断，请看原文）：",
        "Reported on and not declared, by the words of its sections (look at the passages): ",
    ),
    "rates": (
        "（{times} 次，每万字{here} 次，别人{rest} 次）",
        " ({times}×, {plain} in 10,000 characters, the others{rest})",
    ),
    "rates_alone": (
        "（{times} 次，每万字{here} 次，别人没有）",
        " ({times}×, {plain} in 10,000 characters, the others none)",
    ),
    "rates_none": (
        "（没有，别人每万字{rest} 次）",
        " (none, the others{rest} in 10,000 characters)",
    ),
    "seldom": ("不到 0.1", " under 0.1"),
    "in_some": ("（{all} 份报告中的 {number} 份）", " (in {number} of {all} reports)"),
    "comma": ("、", ", "),
    "stop": ("。", "."),
}
"""Name -> (Chinese, English)."""
