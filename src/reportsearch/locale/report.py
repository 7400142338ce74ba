"""What the pages of a report say."""

from __future__ import annotations

import re

from reportsearch.locale import duties

TEXTS = {
    # Tabs and head.
    "tabs": ("本报告", "This report"),
    "text": ("正文", "Text"),
    "summary": ("概要", "Summary"),
    "facts": ("数据与项目", "Figures and projects"),
    "reuse": ("查重", "Reuse"),
    "alike": ("与同类官员比较", "Beside officials of like post"),
    "ocr": (
        "本文由图片识别（OCR）而来，可能有错字，引用前请核对原件。",
        "The text was recognised on pictures of pages (OCR). Check it against the original.",
    ),
    # Sides.
    "contents": ("目录", "Contents"),
    "no_sections": ("没有识别出章节。", "No sections were recognised."),
    "known": ("报告信息", "About this report"),
    "from": ("来源：{origin}", "from {origin}"),
    "from_text": ("正文", "the text"),
    "from_name": ("文件名", "the file's name"),
    "from_sidecar": ("metadata.csv", "metadata.csv"),
    "from_row": ("数据行", "its row"),
    "not_known": ("不详", "not known"),
    "file": ("文件", "File"),
    "chars": ("字数", "Characters"),
    "sha256": ("正文校验值", "SHA-256 of the text"),
    "correct": ("更正报告信息", "Correct these details"),
    "colon": ("：", ": "),
    "doubts": ("拿不准的地方", "What is uncertain"),
    "others": ("同一人员的其他报告", "Other reports of this official"),
    "no_others": (
        "库里没有这位人员的其他报告。",
        "The index has no other report of this official.",
    ),
    "no_official": (
        "没有识别出人员，所以找不到同一人员的其他报告。请更正。",
        "The official is not known, so no other reports can be named. Correct it.",
    ),
    # Portfolios.
    "duties": ("开头所列分工", "In charge of, as the opening says"),
    "about": ("正文写到", "Written about"),
    "passages": ("{number} 段", "passages: {number}"),
    **duties.TEXTS,
    "no_duties": ("开头没有列出分工。", "The opening lists no portfolios."),
    # Searching in it.
    "find": ("在本报告中查", "Find in this report"),
    "found": (
        "“{query}”在本报告中有 {places} 处，见：",
        "“{query}” stands in this report at places: {places}. Passages:",
    ),
    "found_nothing": (
        "本报告中没有“{query}”。换个词，或到全库检索。",
        "“{query}” is not in this report. Try another word, or search all reports.",
    ),
    "all_reports": ("到全库检索", "Search all reports"),
    "further": ("另有 {number} 段", "further passages: {number}"),
    "unmark": ("去掉标记", "Remove the marks"),
    "no_passage": (
        "没有这一段；本报告有 1 至 {last} 段",
        "there is no such passage; the report has 1 to {last}",
    ),
    "long": (
        "报告很长，分 {pages} 页显示，这是第 {page} 页。",
        "The report is very long. This is page {page} of {pages}.",
    ),
    "go_to": ("转到第几段", "Go to passage"),
    # A passage, a table.
    "table": ("表：第 {first} 至 {last} 段", "Table: passages {first} to {last}"),
    "similar": ("找相近", "Similar"),
    "similar_this": ("找与第 {number} 段相近的段落", "Find passages similar to passage {number}"),
    "comma": ("，", ", "),
    # Summary.
    "summary_of": ("概要：{title}", "Summary: {title}"),
    "in_short": ("摘要", "In short"),
    "in_short_note": (
        "从原文挑出的句子，共 {used} 字；点句末的段号看原处。",
        "Sentences of the report itself, {used} characters. Each leads to its place.",
    ),
    "length": ("篇幅", "Length"),
    "length_chars": ("{chars} 字", "{chars} characters"),
    "slot_weaknesses": ("不足", "weaknesses"),
    "slot_plans": ("打算", "plans"),
    "slot_section": ("本节", "section"),
    "slot_best": ("要点", "best"),
    "unheard": ("篇幅有限，没有收入：", "No room was left for:"),
    "no_summary": (
        "没有一句能单独成立，或篇幅太短。选长一些的篇幅，或看正文。",
        "No sentence stands alone, or the length is too short. Choose a longer one.",
    ),
    "keywords": ("关键词", "Keywords"),
    "keywords_note": (
        "与库中其他报告、日常中文相比，本报告特别多用的词；套话不计。点词看它在本报告里的位置。",
        (
            "Terms that it uses more than other reports or Chinese in general, set phrases apart. "
            "Each leads to its places in this report."
        ),
    ),
    "no_keywords": ("没有突出的词。", "No term sets it apart."),
    "term": ("词", "Term"),
    "count": ("次数", "Count"),
    "in_passages": ("段数", "Passages"),
    "ratio": ("是别处的几倍", "Times as frequent"),
    "example": ("例句", "Example"),
    "reuse_line": (
        "全文 {rate} 的文字也见于库中别的报告（连续相同 {chars} 字以上）。",
        "{rate} of the text also stands in other reports (runs of {chars} characters or more).",
    ),
    "reuse_without_formulae": ("去掉套话", "Without formulae"),
    "reuse_from_others": (
        "去掉只见于本人报告的（不论早晚）",
        "Without what only this official's own reports have",
    ),
    "reuse_with_edits": ("全部相同的，再加上只改动了几个字的", "All of it, and small edits"),
    "reuse_all": ("全部相同的，不论本人他人、早写晚写", "All of it, whoever's and whenever"),
    "reuse_more": ("看查重详情：哪些句子、和谁相同", "See which sentences, and whose"),
    "share": ("占全文", "Share of the text"),
    "counted": ("相同的文字", "Same text"),
    # Facts.
    "facts_of": ("数据与项目：{title}", "Figures and projects: {title}"),
    "kinds": ("种类", "Kinds"),
    "indicators": ("数据", "Figures"),
    "citations": ("文件", "Documents"),
    "projects": ("项目", "Projects"),
    "periods": ("时间", "Times"),
    "no_facts": ("本报告没有写到这一类。", "The report states none of these."),
    "name": ("名称", "Name"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "period": ("时段", "Period"),
    "notes": ("说明", "Notes"),
    "place": ("出处", "Place"),
    "planned": ("计划", "planned"),
    "masked": ("原文隐去", "masked in the text"),
    "document": ("文件名称", "Document"),
    "action": ("做了什么", "What was done"),
    "state": ("状态", "State"),
    "wording": ("原文用词", "Words of the text"),
    "wording_of": ("原文", "Clause"),
    "expression": ("原文说法", "Expression"),
    "months": ("起止", "Months"),
    "unnamed": ("（没有名称）", "(no name)"),
    "facts_note": (
        "由程序从原文摘出，“*”是原文隐去的数，不当作零。引用前请点出处核对。",
        (
            "Read from the text by the program. “*” was masked in the text and is never zero. "
            "Check each at its place before you quote it."
        ),
    ),
}

_DOUBTS = (
    (r"no title line was found; the file's name stands for it", "没有找到标题行，暂以文件名代替"),
    (r"the title names no kind of report", "标题里没有写明报告类型"),
    (
        r"neither title, opening, file name nor a date tells the year",
        "标题、开头、文件名和日期都没有写明年份",
    ),
    (r"(\d+) is only inferred from the date (.+)", "{0} 是从日期 {1} 推断的"),
    (r"(.) is only inferred from mentions of .*", "“{0}”级是从文中提法推断的"),
    (r"'(.*)' is not a year; write it as 2023", "“{0}”不是年份，请写成 2023"),
    (r"'(.*)' is not a date; write it as 2024-01-05", "“{0}”不是日期，请写成 2024-01-05"),
    (r"'(.*)' is none of (.*)", "“{0}”不在可用的值之列：{1}"),
)


def translate_doubt(reason: str) -> str:
    """Translate the reason of a doubt; one that is not known stays as it is."""
    for pattern, chinese in _DOUBTS:
        match = re.fullmatch(pattern, reason)
        if match:
            return chinese.format(*match.groups())
    return reason
