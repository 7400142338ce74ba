"""What the columns of the tables that the page gives are called, in the language of the page.

A table is made once, with the English names of ``docs/output.md``, which programs go by; here they
are put into the language of who downloads it. A name has one translation wherever it stands.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from reportsearch.locale import duties
from reportsearch.output.prose.figures import CHINESE_ENDS as ENDS

CHINESE = "zh"

COLUMNS = {
    "against": "对照组",
    "as_written": "原文写法",
    "base_high": "换算上限",
    "base_low": "换算下限",
    "base_unit": "换算单位",
    "base_value": "换算数值",
    "bound": "保守差异",
    "by": "分组方式",
    "change": "变化",
    "called": "报告里的叫法",
    "chars": "字数",
    "count": "次数",
    "citation": "出处",
    "coverage": "覆盖率",
    "cut_after": "后有省略",
    "cut_before": "前有省略",
    "decade": "年代",
    "declared_passages": "分工所在段落",
    "dispersion": "离散度",
    "divided": "平分后占比",
    "end": "终点",
    "example": "例句",
    "example_end": "例句终点",
    "example_passage": "例句段落",
    "example_start": "例句起点",
    "facet": "分类",
    "figure": "指标",
    "first": "起始月份",
    "g2": "G2",
    "group": "组",
    "high": "上限",
    "is_later": "晚于本报告",
    "is_own": "本人报告",
    "kind": "类别",
    "label": "主题",
    "last": "截止月份",
    "left": "上文",
    "less": "讲得少",
    "level": "层级",
    "log_ratio": "对数比",
    "longest": "最长相同字数",
    "low": "下限",
    "mark": "标记",
    "masked": "隐去数字",
    "match": "命中",
    "met": "命中范围",
    "is_name": "专名",
    "name": "名称",
    "not_declared": "分工外的报告",
    "mentioned": "只在字句里提到的报告",
    "not_reported": "没有讲到的报告",
    "npmi": "NPMI",
    "number": "数值",
    "occurrences": "出现次数",
    "official": "人员",
    "officials": "人数",
    "officials_with": "使用人数",
    "other": "对方",
    "other_end": "对方终点",
    "other_passage": "对方段落",
    "other_start": "对方起点",
    "other_text": "对方原文",
    "outcome": "回应情况",
    "p": "p值",
    "part": "片段",
    "part_end": "片段终点",
    "part_passage": "片段段落",
    "part_start": "片段起点",
    "part_text": "片段原文",
    "passage": "段落",
    "passage_number": "第几段",
    "passages": "段落数",
    "per_10k": "每万字次数",
    "period": "时间",
    "plan": "是否计划",
    "portfolio": "分管领域",
    "portfolios": "涉及领域",
    "post": "职务",
    "previous": "上一份报告",
    "previous_end": "上一份终点",
    "previous_passage": "上一份段落",
    "previous_start": "上一份起点",
    "previous_text": "上一份原文",
    "q": "q值",
    "qualifier": "限定词",
    "rank": "序号",
    "rate": "重复率",
    "ratio": "倍数",
    "reader": "文字来源",
    "reason": "原因",
    "region": "地区",
    "report": "报告文件",
    "report_title": "报告标题",
    "reports": "报告数",
    "reports_with": "使用报告数",
    "rest_count": "其余次数",
    "rest_officials": "其余人数",
    "rest_per_10k": "其余每万字次数",
    "rest_reports": "其余报告数",
    "right": "下文",
    "role": "分工方式",
    "row_chars": "全部字数",
    "row_reports": "全部报告数",
    "scope": "口径",
    "score": "得分",
    "section": "章节",
    "sentence": "原句",
    "sha256": "正文校验值",
    "share": "占比",
    "shared": "相同文字",
    "similarity": "相似度",
    "slot": "摘要部分",
    "source": "来源报告",
    "source_chars": "来源字数",
    "source_end": "来源终点",
    "source_passage": "来源段落",
    "source_rate": "占来源比率",
    "source_start": "来源起点",
    "source_text": "来源原文",
    "source_title": "来源题名",
    "source_year": "来源年份",
    "stability": "稳定度",
    "start": "起点",
    "state": "状态",
    "term": "词语",
    "term_passages": "词语段落数",
    "terms": "词语列表",
    "text": "原文",
    "title": "题名",
    "topic": "主题编号",
    "unfit": "未归入段落数",
    "unit": "单位",
    "value": "取值",
    "verb": "动作",
    "weight": "权重",
    "with_formulae": "含套话相似度",
    "without_formulae": "去套话相似度",
    "wording": "所在分句",
    "year": "年份",
    "year_told": "年份说明",
    "years": "各年份",
}
"""English names of columns and their Chinese ones."""

_TRUTH = {"true": "是", "false": "否", "yes": "是"}
_FIELDS = ("year", "kind", "region", "post", "level", "portfolio", "official", "report", "decade")
VALUES: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "cut_after",
            "cut_before",
            "is_later",
            "is_name",
            "is_own",
            "less",
            "masked",
            "plan",
            "shared",
        ),
        _TRUTH,
    ),
    "kind": {
        "indicator": "指标",
        "citation": "文件",
        "document": "文件",
        "project": "项目",
        "period": "时间",
        "share": "占比",
        "year": "年份",
        "term": "关键词",
        "shared": "相同文字",
        "weakness": "不足",
        "plan": "计划",
        "exact": "原样",
        "edited": "改动",
        "formula": "套话",
        "kept": "未改",
        "changed": "有改动",
        "new": "新写",
        "dropped": "删去",
        "near": "相关",
    },
    "state": {
        **{state: names[0] for state, names in duties.STATES.items()},
        "reported, not declared": "报告了，不在分工里",
        "reported, head of the whole": "主持全面工作",
        "reported, no duties told": "报告了，开头没有写分工",
    },
    "outcome": {"answered": "有回应", "repeated": "照抄去年打算", "silent": "未见明显回应"},
    "mark": {"repeats": "照抄去年打算", "old": "去年原话", "plan": "也是打算"},
    "met": {"passage": "同一段", "report": "同一份报告"},
    "facet": {name: COLUMNS[name] for name in _FIELDS},
    "by": {name: COLUMNS[name] for name in _FIELDS},
}
"""Of columns whose cells are words of ours what these are in Chinese."""


def localise_csv(table: str, language: str) -> str:
    """A table in CSV with its columns in a language; ``en`` is that in which it is made."""
    if language != CHINESE:
        return table
    rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    header = next(rows, [])
    known = [VALUES.get(name, {}) for name in header]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([translate_column(name) for name in header])
    writer.writerows(
        [said.get(cell, cell) for said, cell in zip(known, row, strict=True)] for row in rows
    )
    return "\ufeff" + out.getvalue()


def translate_column(name: str) -> str:
    """The Chinese name of a column; a column that is called after an official keeps the name."""
    if name in COLUMNS:
        return COLUMNS[name]
    for english, chinese in ENDS.items():
        if name.endswith(english):
            return name.removesuffix(english) + chinese
    return name
