"""What every page says."""

from __future__ import annotations

TEXTS = {
    "name": ("述职报告检索", "reportsearch"),
    "skip": ("跳到正文", "Skip to the content"),
    "menu": ("栏目", "Sections"),
    "search": ("检索", "Search"),
    "similar": ("找相近", "Similar"),
    "reuse": ("查重", "Reuse"),
    "keywords": ("关键词", "Keywords"),
    "topics": ("主题", "Topics"),
    "compare": ("对比", "Compare"),
    "portfolios": ("分管与数字", "Portfolios and figures"),
    "add": ("添加", "Add"),
    "help": ("帮助", "Help"),
    "switch": ("English", "中文"),
    "holds": (
        "库中有 {reports} 份报告、{passages} 段，共 {chars} 字。",
        "The index holds {reports} reports, {passages} passages, {chars} characters.",
    ),
    "empty": (
        "库里还没有报告。先到“添加”放入文件或文件夹。",
        "There is no report in the index yet. Add files or a folder first.",
    ),
    "go": ("查", "Go"),
    "all": ("全部", "All"),
    "none": ("没有", "None"),
    "download": ("下载", "Download"),
    "remove": ("去掉", "Remove"),
    "more": ("更多", "More"),
    "next": ("下一页", "Next"),
    "previous": ("上一页", "Previous"),
    "page": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "passage": ("第 {number} 段", "Passage {number}"),
    "year": ("年份", "Year"),
    "decade": ("年代", "Decade"),
    "kind": ("类型", "Kind"),
    "post": ("职务", "Post"),
    "level": ("级别", "Level"),
    "region": ("地区", "Region"),
    "official": ("人员", "Official"),
    "portfolio": ("分管领域", "Portfolio"),
    "declared": ("申报分管", "Declared portfolio"),
    "report": ("报告", "Report"),
    "section": ("章节", "Section"),
    "title": ("标题", "Title"),
    "date": ("日期", "Date"),
    "source": ("来源", "Source"),
    "exact": ("相同", "exact"),
    "edited": ("小改", "edited"),
    "formula": ("套话", "formula"),
    "legend": ("标记：", "Marks:"),
    "cite": ("引用", "Cite"),
    "cite_this": ("引用第 {number} 段", "Cite passage {number}"),
    "cite_text": ("原文和出处", "Text and source"),
    "cite_exact": (
        "精确出处（文件、字符位置、校验值）",
        "Exact source (file, characters, hash)",
    ),
    "cite_exact_of": (
        "第 {number} 段的精确出处，可全选复制",
        "Exact source of passage {number}, to copy",
    ),
    "copy": ("复制", "Copy"),
    "copy_text": (
        "复制第 {number} 段的原文和出处",
        "Copy the text and the source of passage {number}",
    ),
    "copy_exact": (
        "复制第 {number} 段的精确出处",
        "Copy the exact source of passage {number}",
    ),
    "copied": ("已复制", "Copied"),
    "citation": (
        (
            "{short}（第 {number} 段）\n"
            "文件：{id}\n位置：全文第 {start}–{end} 字符（从 0 数起，不含终点）\n"
            "全文 SHA-256：{sha256}"
        ),
        (
            "{short} (passage {number})\n"
            "File: {id}\nPlace: characters {start}–{end} of the text (from 0, without the end)\n"
            "SHA-256 of the text: {sha256}"
        ),
    ),
}
