"""What the help page says."""

from __future__ import annotations

TEXTS = {
    "title": ("帮助", "Help"),
    "contents": ("本页内容", "On this page"),
    "search": ("怎么查", "How to search"),
    "search_1": (
        "在框里写一个词、几个词，或粘贴一句话，按回车。按“/”键可以随时回到检索框。",
        (
            "Write a word, several words, or paste a sentence, and press Enter. The key "
            "“/” goes to "
            "the box."
        ),
    ),
    "search_2": (
        (
            "查到的单位是段落，按报告排列。命中的字有底纹和下划线；点段落上方的章节名，"
            "就到它在报告里的位置。"
        ),
        (
            "What is found are passages, listed by report. What matched is marked; the "
            "line above a "
            "passage leads to its place in the report."
        ),
    ),
    "search_3": (
        (
            "全角半角、大写小写、繁体简体都当作相同。词表里的同义说法一并查到，例如查“文旅”也查到"
            "“文化旅游”。"
        ),
        (
            "Width, case, and traditional or simplified form make no difference. Equivalents "
            "of the "
            "word lists are found too: 文旅 also finds 文化旅游."
        ),
    ),
    "write": ("写法", "Write"),
    "finds": ("查到的段落", "To find passages that"),
    "word": (
        "含有这个词，或词表里的同义说法，或由它拆出的全部词；一字不差的排在前面",
        (
            "contain the word, an equivalent, or all words that it is made of; those with the very "
            "string come first"
        ),
    ),
    "exact": ("一字不差地含有引号里的字", "contain exactly what is in quotation marks"),
    "and": ("同一段里几个词都有", "have all of the words"),
    "or": ("有其中一个就行；OR 要大写，两边空格", "have one of the words; OR in capitals"),
    "not": ("有前一个、没有后一个；减号前要空格", "have the first and not the second"),
    "group": ("用括号分组", "grouped with brackets"),
    "year": ("只看这几年的报告；也可写 2022.. 或 ..2022", "are of reports on these years"),
    "portfolio": (
        "所在章节讲这个分管领域；写全称、简称都行",
        "stand in a section about this portfolio, by any of its names",
    ),
    "post": ("职务以此结尾的报告；“县长”不含“副县长”", "are of reports with this post"),
    "region": ("这个地方及其下辖地方的报告", "are of reports of this place and places in it"),
    "section": ("上方标题里有这几个字", "have this in a heading above them"),
    "text": (
        "用词与这句话相近；有标点就当作一段话，不要求字字都有",
        (
            "have much of this sentence: what has punctuation is a text, and not all of its words "
            "need to occur"
        ),
    ),
    "fields": (
        (
            "还可以写：职务: 类型: 级别: 地区: 人员: 来源: 标题: 章节: 日期: 申报分管:。"
            "冒号全角半角都行。"
            "没有通配符。"
        ),
        (
            "Other fields: post, kind, level, region, official, source, title, section,"
            " date, declared. "
            "There are no wildcards."
        ),
    ),
    "nothing": ("查不到怎么办", "When nothing is found"),
    "nothing_1": (
        (
            "页面会说明检索式是怎样理解的：拆成哪些词，有哪些同义说法，每一部分单独能查到多少段。"
            "点那些数字前的词就能单独去查。"
        ),
        (
            "The page tells how the query was understood: its words, equivalents, and how many "
            "passages each part finds alone. Each is a link."
        ),
    ),
    "nothing_2": (
        (
            "“只符合一部分”：没有一份报告符合全部条件，列出的是最接近的。“检索词分在不同段落”："
            "词都有，但不在一段里。"
        ),
        (
            "“Meets only a part”: no report meets all, and those that meet most are shown. "
            "“Terms in "
            "different passages”: the report has them all, but in no one passage."
        ),
    ),
    "nothing_3": (
        "写错一个字时，页面会提示库里有的相近的词。",
        "Where a word is one slip away from one of the index, that one is suggested.",
    ),
    "views": ("同一检索的几种看法", "Views of one search"),
    "views_reports": (
        "按报告：每份报告列出最好的三段。",
        "Reports: the three best passages of each.",
    ),
    "views_passages": ("逐段：全部命中段落，一段一条。", "Passages: all of them, one by one."),
    "views_lines": (
        "前后文对照：每一处命中占一行，对齐排列，可按前文或后文排序，看惯常搭配。",
        "In context: an occurrence a line, aligned, sorted by what stands before or after.",
    ),
    "views_years": (
        "历年：每年出现多少次，每万字多少次。",
        "By year: how often in each year, and per 10,000 characters.",
    ),
    "views_more": (
        (
            "旁边的筛选可以点选，也可以逐个去掉。每一步都有自己的地址，可以收藏。结果可以下载为 "
            "Word（附出处）、CSV（用 Excel 打开）和 JSON。"
        ),
        (
            "Filters are beside the answer and can be removed one by one. Each state has its own "
            "address, which can be kept. Answers can be downloaded as Word (with citations),"
            " CSV and "
            "JSON."
        ),
    ),
    "pages": ("其他栏目", "The other pages"),
    "page_report": (
        "报告：点任何报告标题进入。全文、章节、摘要、数据，以及每项信息的来历。",
        (
            "A report (from any title): its text, sections, summary, figures, and where each value "
            "came from."
        ),
    ),
    "page_similar": (
        "粘贴一段话，找字句相近的段落，并排标出相同、改动和套话。",
        "paste a paragraph; the nearest passages stand beside it, with what they share marked.",
    ),
    "page_reuse": (
        "一份报告有多少出自别的报告，与上一年比改了什么；新稿可以只查不入库。",
        (
            "how much of a report stands in others, and what changed since the year before;"
            " a draft "
            "can be checked without being added."
        ),
    ),
    "page_keywords": (
        "一份报告、一个人或一个地方突出讲什么。",
        "what a report, an official or a place stresses.",
    ),
    "page_topics": ("全部报告讲哪些主题，各占多少。", "what all reports are about, and how much."),
    "page_compare": (
        "几组报告用词有什么不同，例如不同年份、不同地区。",
        "how the words of groups differ, for instance of years or places.",
    ),
    "page_portfolios": (
        "谁分管什么，报告里讲了多少；同一领域几个人的数并排成一张对照表，可下载带走。",
        (
            "who is in charge of what, and how much is reported on it; the figures of several "
            "officials in one table, to download."
        ),
    ),
    "page_add": (
        "放入文件或文件夹，改正识别有误的信息，移除报告。",
        "add files or a folder, correct what was recognised, remove a report.",
    ),
    "recognised": ("能识别什么", "What is recognised"),
    "recognised_1": (
        (
            "文件：Word（docx、doc）、WPS、PDF（含扫描件，识别结果须核对）、网页、OFD、"
            "RTF、ODT、纯文本（UTF-8、GB18030），以及每行一份报告的 CSV、JSONL。"
            "doc 和 wps 需要装有 LibreOffice；扫描件需要装有文字识别组件。"
        ),
        (
            "Files: Word (docx, doc), WPS, PDF (scans too, to be checked), HTML, OFD, RTF,"
            " ODT, plain "
            "text (UTF-8, GB18030), and CSV or JSONL with a report a row. doc and wps need "
            "LibreOffice, scans the extra for character recognition."
        ),
    ),
    "recognised_2": (
        (
            "信息：标题、类型、年份、日期、职务、级别、地区、人员，从正文和文件名认出；"
            "每一项都可以在报告页查来历、在“添加”里改正。认不出的写“未注明”，不作猜测。"
        ),
        (
            "Of a report: title, kind, year, date, post, level, region, official, from "
            "its text and "
            "file name. Each can be traced on the report's page and corrected under Add. "
            "What is not "
            "recognised is “not stated”."
        ),
    ),
    "recognised_3": (
        "内容：章节层次、分管领域、指标数据、文件名称、项目。打了 * 的数字按缺失处理，不当作零。",
        (
            "Of the content: sections, portfolios, figures, documents, projects. A figure "
            "masked with "
            "* is missing, never zero."
        ),
    ),
    "recognised_4": ("库中报告讲到的分管领域：", "Portfolios found in this index:"),
    "safety": ("数据安全", "Safety of the data"),
    "safety_1": (
        "报告和检索只在运行本程序的电脑上处理：不联网，不外传，页面不从别处加载任何东西。",
        (
            "Reports and searches stay on the machine that runs this program: nothing is "
            "sent, and the page loads nothing "
            "from elsewhere."
        ),
    ),
    "safety_2": (
        "查重时上传的新稿只在当次比对中使用，不存入库。",
        "A draft that is checked for reuse is not kept.",
    ),
    "safety_3": (
        "原始文件不会被改动。移除报告时，库中的文字一并抹去，原件仍在原处。",
        (
            "Originals are never changed. Of a report that is removed the text is erased from the "
            "index; the original stays."
        ),
    ),
    "places": ("文件在哪里", "Where the files are"),
    "places_folder": ("从页面添加的报告：", "Reports that were added here:"),
    "places_index": ("索引（可随时删去重建）：", "The index, which can be made anew at any time:"),
    "places_elsewhere": (
        "报告和索引在运行本程序的那台电脑上，位置请问管理员。",
        "They are on the machine that runs this program; ask who runs it.",
    ),
    "places_more": (
        "备份时复制报告文件夹（连同其中的 metadata.csv）即可。",
        "To keep a copy, copy the folder of reports with its metadata.csv.",
    ),
    "keys": ("键盘", "Keys"),
    "keys_1": (
        (
            "“/”到检索框，Esc 离开；上下箭头从检索框到结果标题、在结果之间走，j、k 也行。"
            "表格比屏幕宽时，用 Tab 走到表上，再按左右箭头。"
        ),
        (
            "“/” goes to the box, Esc leaves it; the arrows go from the box to the results and "
            "from one to the next, as do j and k. Where a table is wider than the screen, go to it "
            "with Tab, then use the left and right arrows."
        ),
    ),
}

EXAMPLES = (
    ("招商引资", "word"),
    ("“营商环境”", "exact"),
    ("文旅 产业园", "and"),
    ("文旅 OR 商务", "or"),
    ("旅游 -文旅", "not"),
    ("(民政 OR 卫健) 养老", "group"),
    ("年份:2022..2023 养老", "year"),
    ("分管:文旅", "portfolio"),
    ("职务:副县长 招商", "post"),
    ("地区:甲县 旅游", "region"),
    ("章节:不足", "section"),
    ("养老服务还有哪些不足？", "text"),
)
"""Queries, and the text that tells what each finds."""
