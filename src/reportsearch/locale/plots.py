"""What pictures say, in English and Chinese: titles, axes, legends, captions, tables."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import duties
from reportsearch.models.portfolios import NOT_DECLARED, REPORTED_AS_HEAD, REPORTED_NO_DUTIES

ENGLISH = "en"
CHINESE = "zh"
LANGUAGES = (ENGLISH, CHINESE)

_TEXTS: dict[str, tuple[str, str]] = {
    # What reports are grouped by.
    "report": ("report", "报告"),
    "official": ("official", "人员"),
    "portfolio": ("portfolio", "分管领域"),
    "year": ("year", "年份"),
    "decade": ("decade", "年代"),
    "post": ("post", "职务"),
    "level": ("level", "级别"),
    "region": ("region", "地区"),
    "kind": ("kind", "类型"),
    # Sentences of captions that several pictures have.
    "of_index": ("{number} of {all} in the index", "索引共{all}，此处{number}份"),
    "in_index": ("{all} in the index", "索引共{all}"),
    "first_groups": (
        "The first {shown} of {all} groups are drawn",
        "共{all}组，图中为前{shown}组",
    ),
    "first_terms": ("The first {shown} terms of each group are drawn", "每组只画前{shown}个词语"),
    "first_of": (
        "The first {shown} of {all} {what} are drawn",
        "{what}共{all}个，图中为前{shown}个",
    ),
    "without": ("Left out for want of a value: {reports}", "另有{reports}未注明，未计入"),
    "grey_years": (
        "Grey, and a gap in the line: no report of that time",
        "灰色竖带及折线断开处：该时段没有报告",
    ),
    "own_scales": ("Each panel has a scale of its own", "各图刻度不同"),
    "same_scales": ("All panels have the same scale", "各图刻度相同"),
    "reports": ("Reports", "报告份数"),
    "no_number": ("not known", "无"),
    "rows": ("rows", "行"),
    "columns": ("columns", "列"),
    "groups": ("groups", "组"),
    "blank": ("Blank: less than 0.5%", "空格：不足0.5%"),
    "terms": ("terms", "词语"),
    "topics_name": ("topics", "主题"),
    "officials_name": ("officials", "人员"),
    "group": ("Group", "组"),
    "term": ("Term", "词语"),
    "year_axis": ("Year", "年份"),
    "share": ("Share", "占比"),
    "share_axis": ("Share (%)", "占比（%）"),
    "passages": ("Passages", "段落数"),
    "count": ("Occurrences", "出现次数"),
    "table": ("The numbers of the picture", "图中数据"),
    "picture": ("Picture", "图"),
    # Keywords.
    "keywords": ("Keywords", "关键词"),
    "keywords_of": ("Keywords: {title}", "关键词：{title}"),
    "keywords_by": ("Keywords by {by}", "按{by}列出的关键词"),
    "score": ("Score (higher sets apart more)", "得分（越高越有特色）"),
    "score_column": ("Score", "得分"),
    "ratio": ("Times as frequent as expected", "为预期频率的倍数"),
    "names_portfolio": ("names a portfolio (which one stands beside it)", "分管领域的名称（旁注）"),
    "other_term": ("other term", "其他词语"),
    "general": (
        "Compared mostly with general Chinese: the rest of the index is small",
        "主要与通用汉语比较（索引其余部分较小）",
    ),
    "index": (
        "Compared with general Chinese and the rest of the index",
        "与通用汉语及索引其余部分比较",
    ),
    "scores_within": (
        "Scores are comparable within a group only",
        "得分只能在组内比较，各图刻度不同",
    ),
    "no_keywords": ("no keywords", "没有关键词"),
    # The timeline of a search.
    "timeline": ('"{query}" by year', "“{query}”历年分布"),
    "per_10k_chars": ("Per 10,000 characters", "每万字出现次数"),
    "matching": ("Reports that match", "命中报告（份）"),
    "matched": ("{reports} match", "命中{reports}"),
    "partial": (
        "No report meets the whole query: these meet a part of it",
        "没有报告符合全部检索条件，以下只符合其中一部分",
    ),
    "no_occurrences": (
        "The query asks for nothing that could occur: only reports are counted",
        "检索式中没有可计数的词语，只统计报告",
    ),
    "rate_is": (
        "Rate: occurrences in 10,000 characters of the reports that the filters let through",
        "频率：在检索条件所限定报告中每万字的出现次数",
    ),
    # Topics.
    "topics": ("Topics", "主题"),
    "topics_by": ("Topics by {by}", "按{by}统计的主题"),
    "topics_over": ("Topics over time", "主题的历时变化"),
    "topic": ("Topic", "主题"),
    "topic_share": ("Share of topic weight (%)", "占主题权重的比重（%）"),
    "topic_count": ("{reports}, {passages}", "{reports}，{passages}"),
    "too_few": (
        "Too few passages for topics: they are grouped by portfolio",
        "段落太少，无法提取主题，按分管领域归并",
    ),
    "unfit": ("{share} of passages fit no topic", "{share}的段落不属于任何主题"),
    "unfit_column": ("Fit none", "不属于任何主题"),
    "quality": (
        "Coherence (NPMI) {npmi}, stability {stability}",
        "一致性（NPMI）{npmi}，稳定性{stability}",
    ),
    # Comparisons.
    "compare_by": ("What sets groups apart, by {by}", "按{by}比较：各组的特色词语"),
    "compare_two": ("{value} against {against}", "{value}与{against}比较"),
    "against_rest": ("against the rest", "与其余各组比较"),
    "against": ("against {against}", "与{against}比较"),
    "log_ratio": (
        "Log ratio (log2; 1 = twice as frequent, 2 = four times)",
        "对数比（以2为底：1为两倍，2为四倍）",
    ),
    "log_ratio_column": ("Log ratio (log2)", "对数比（log2）"),
    "interval": ("95% interval", "95%区间"),
    "per_10k_here": ("Per 10,000 words here", "本组每万词"),
    "per_10k_rest": ("Per 10,000 words in the rest", "其余每万词"),
    "significant": ("q < .05", "q < .05"),
    "not_significant": ("q of .05 or more", "q ≥ .05"),
    "untested": ("no test: used by too few officials", "人数太少，不作检验"),
    "against_one": (
        "Where one of both is a single official there is no test; intervals come from its sections",
        "有一方只有一人时不作检验，区间由各部分重抽样得出",
    ),
    "lines_are": (
        "Lines: 95% intervals; an arrow tells that one goes on",
        "横线为95%区间，箭头表示区间超出图外",
    ),
    "officials": ("{n} officials", "{n}人"),
    # The use of terms.
    "uses": ('Use of "{term}" by {by}', "“{term}”的使用（按{by}）"),
    "uses_of": ("Use of terms by {by}", "词语的使用（按{by}）"),
    "band": ("Band or bar: 95% interval", "色带或竖线：95%区间"),
    "cut_off": ("Intervals that go beyond the chart are cut off", "超出图外的区间只画一部分"),
    "reports_with": ("Reports with it", "含该词的报告"),
    "reports_bars": (
        "Below: dark, the reports with the term, of all reports (outlined)",
        "下图：深色为含该词的报告，边框为全部报告",
    ),
    "first_use": ('First use of "{term}": {dated}', "“{term}”最早见于{dated}"),
    # Portfolios.
    "portfolios": ("Portfolios by {by}", "按{by}统计的分管领域"),
    "portfolios_one": ("Portfolios: {value}", "分管领域：{value}"),
    "within": ("Portfolio {portfolio}: officials side by side", "{portfolio}：各人所占篇幅"),
    "portfolio_share": ("Share of characters (%)", "占字数的比重（%）"),
    **{state: (names[1], names[0]) for state, names in duties.STATES.items()},
    NOT_DECLARED: ("reported, not declared", "未列入分工、作了报告"),
    REPORTED_NO_DUTIES: ("reported, no duties told", "作了报告（未写分工）"),
    REPORTED_AS_HEAD: ("reported, head of the whole", "作了报告（主持全面工作）"),
    "state": ("State", "情况"),
    "other": ("other", "其他"),
    "counts_for_each": (
        "A passage about several portfolios counts for each",
        "涉及几个领域的段落各计一次",
    ),
    # Similarity.
    "similarity": ("How alike officials' reports are", "各人报告的相似程度"),
    "similarity_axis": ("Similarity (0 to 1)", "相似度（0—1）"),
    "triangles": (
        "Above the diagonal without formulae, below it with them",
        "对角线右上方不计套话，左下方计入",
    ),
    "with_formulae": ("With formulae", "计入套话"),
    "without_formulae": ("Without formulae", "不计套话"),
    "official_one": ("Official", "人员"),
    "official_other": ("Other official", "另一人"),
    # What cannot be drawn; these are shown by the command line, in English, and by pages.
    "nothing": ("there is nothing to draw", "没有可画的内容"),
}


@dataclass(frozen=True, slots=True)
class PlotTexts:
    """The texts of one language."""

    language: str

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its values put in."""
        text = _TEXTS[name][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text

    @property
    def html_language(self) -> str:
        """As an ``html`` element's ``lang`` has it."""
        return "zh-CN" if self.language == CHINESE else "en"

    def format_reports(self, number: int) -> str:
        """Format a number of reports."""
        if self.language == CHINESE:
            return f"{number}份报告"
        return f"{number} report{'s' if number != 1 else ''}"

    def format_passages(self, number: int) -> str:
        """Format a number of passages."""
        if self.language == CHINESE:
            return f"{number}段"
        return f"{number} passage{'s' if number != 1 else ''}"

    def format_officials(self, number: int) -> str:
        """Format a number of officials."""
        if self.language == CHINESE:
            return f"{number}人"
        return f"{number} official{'s' if number != 1 else ''}"

    def format_field(self, field: str | None) -> str:
        """Return the name of a field by which reports are grouped, else the field itself."""
        return self(field) if field in _TEXTS else str(field or "")

    def format_first_of(self, shown: int, of: int, what: str) -> str:
        """Say how many of something are drawn; nothing where all are."""
        return self("first_of", shown=shown, all=of, what=self(what)) if shown < of else ""

    def join_sentences(self, *parts: str) -> str:
        """Join parts of a caption as sentences; empty ones are left out."""
        sentences = [part for part in parts if part]
        if self.language == CHINESE:
            return "".join(f"{part}。" for part in sentences)
        return " ".join(f"{part}." for part in sentences)

    def join_phrases(self, *parts: str) -> str:
        """Join parts of a phrase."""
        return ("，" if self.language == CHINESE else ", ").join(part for part in parts if part)


def get_plot_texts(language: str) -> PlotTexts:
    """Return the texts of ``language``, ``en`` or ``zh``. Raises ValueError for another."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return PlotTexts(language)
