"""Chinese translations of error messages, except those about the syntax of queries.

Messages about queries are in ``query_reasons.py``, those about files and doubts in ``reasons.py``.
tests/web/test_messages.py finds messages in the source that have no Chinese yet.
"""

from __future__ import annotations

import re

_WRITTEN = (
    # Arguments.
    (r"(\S+) must be one of (.+), not (.+)", "{0} 不能是 {2}，请改成其中一个：{1}"),
    (r"(\S+) must be a whole number and at least (\S+)", "{0} 要填整数，最小 {1}"),
    (r"(\S+) must be a whole number and must not be negative", "{0} 要填不小于 0 的整数"),
    (r"the official .+ has no name; .*", "人员姓名是空的。请填上姓名，或不填这一项"),
    (
        r"topics must be a whole number or (\S+), not (.+)",
        "主题个数不能是 {1}。请填整数，或选“自动”（{0}）",
    ),
    (
        r"topics must be (\S+) to (\S+), or (\S+)",
        "主题个数要在 {0} 到 {1} 之间。请改一改，或选“自动”",
    ),
    (
        r"topics must be at most (\S+) here: there are (\S+) different passages with (\S+) .*",
        "所选范围只有 {1} 个不同的段落、{2} 个不同的词，主题最多 {0} 个。请改小，或选“自动”",
    ),
    (r"there is no file or folder (.+); .*", "没有 {0} 这个文件或文件夹，请核对报告文件夹的名称"),
    (r"there is no parameter (.+?); .*", "没有 {0} 这个参数，请去掉"),
    (r"the parameter (\S+) is missing", "缺少参数 {0}，请补上"),
    (r"name the report, or the file, .*", "请先选一份报告，或给出文件"),
    (r"give one of a passage, a text or a file", "段落、文字、文件三样请只给一样"),
    (
        r"where chooses among the reports of the index; give it alone",
        "已经指定了报告，就不能再加筛选条件。请去掉其中一样",
    ),
    (r"semantic does not go with sort .*", "按语义排序时不能再选别的排序，请去掉其中一样"),
    (
        r"the model for semantic has no name; .*",
        "没有写语义模型的名称，请给出模型所在的文件夹或文件",
    ),
    (r"by groups passages; .*", "已经指定了报告，就不能再分组。请去掉其中一样"),
    (r"give a report of the index or a file, not both", "库中的报告和文件请只给一样"),
    (r"official tells whose a file is; .*", "填了人员，还要给出文件，才知道是谁的报告"),
    (r"the file has no name; .*", "没有写文件名，请补上"),
    # Groups and terms.
    (
        r"pairwise sets two groups against each other; .*",
        "两组对比要正好选两组，请选两个",
    ),
    (r"(.+) is part of (\S+) values of (\S+?): (.+); .*", "{0} 对得上 {1} 个{2}：{3}。请写全"),
    (r"no report has the (\S+) (.+?); there are: (.+)", "没有{0}是 {1} 的报告。现有：{2}"),
    (r"no report has the (\S+) (.+)", "没有{0}是 {1} 的报告，请换一个"),
    (r"(.+) is no term; .*", "{0} 不是词语，请写一个词或短语"),
    (
        r"(\S+) have (\S+?), the most that can be set side by side is (\S+?); .*",
        "{1} 有 {0} 项，最多并列 {2} 项。请加筛选条件（例如年份 2023），或不选分管领域",
    ),
    (
        r"there are (\S+) officials, the most that can be compared with one another is (\S+?); .*",
        "共有 {0} 人，最多互相比较 {1} 人。请加筛选条件，例如年份 2023",
    ),
    # Queries and filters.
    (
        r"(\S+) (?:at )?(\S+) needs a term beside it; .*",
        "{0} 旁边缺一个检索词。如果就是要找这个词，请给它加上引号",
    ),
    (r"no field is called (.+); the fields are: (.+)", "没有叫 {0} 的字段。可用的有：{1}"),
    (r"the value of (\S+) must be a text or a year, not (\S+)", "{0} 要写文字或年份，不能是 {1}"),
    (r"(.+) is no filter; .*", "{0} 不是筛选条件。请写成“字段=内容”，例如 year=2023"),
    # Not found.
    (r"no report's id or title contains (.+); .*", "没有编号或标题含 {0} 的报告。请从检索进入"),
    (
        r"(.+) is part of (\S+) reports: (.+); write more of it",
        "{0} 对得上 {1} 份报告：{2}。请写全",
    ),
    (r"(.+) is no passage; .*", "{0} 不是段落。请写成“报告#段号”，例如 a.txt#3"),
    (r"(.+) has no passage (\S+); it has 1 to (\S+)", "{0} 没有第 {1} 段，只有 1 到 {2} 段"),
    (r"(.+); the file of this name is not indexed: .*", "这个文件还没有读入库中，请先在“添加”放入"),
    (r"(.+); a text is given with --text", "没有这份报告或段落；要查一段文字，请填在文字框里"),
    (
        r"there is no such report in the index; .*",
        "库中没有这份报告，可能已经移除。请从检索重新进入",
    ),
    (r"there is no such cell in the table of portfolios", "分管表里没有这一格。请回到“分管”重新选"),
    (r"there is no such file; it ends in one of (.+)", "没有这种文件，只能以这些结尾：{0}"),
    # A report and the one before it.
    (
        r"(.+) is of an official who is not known: .*",
        "不知道 {0} 是谁的报告。请在“更正”里补上人员，或指定上一份报告",
    ),
    (
        r"(.+) is of a year that is not known: .*",
        "不知道 {0} 是哪一年的报告。请在“更正”里补上年份，或指定上一份报告",
    ),
    (r"there is no earlier report of (.+) in the index; .*", "库中没有 {0} 更早的报告，请指定一份"),
    (r"(.+) cannot be compared with itself; .*", "{0} 不能与自己对照，请换一份报告"),
    # Corrections and removals.
    (
        r"it stands in (.+), but (.+) could not be read again: (.+)",
        "已记入 {0}，但 {1} 没能重读：{2}",
    ),
    (
        r"nothing of the name (.+) is left out; left out: (.*)",
        "没有移除过名为 {0} 的报告。已移除：{1}",
    ),
    (r"nothing is to be corrected; the fields are (.+)", "没有要更正的内容。可以更正：{0}"),
    (r"there is no field (.+); they are (.+)", "没有 {0} 这一项。可以更正：{1}"),
    (r"(.+) is not a string", "{0} 不是文字，请改成文字（加上引号）"),
    (r"it has (\S+) characters, the most is (\S+)", "有 {0} 个字，最多 {1} 个。请写短一些"),
    (
        r"(.+) is part of (\S+) that are left out: (.+); .*",
        "{0} 对得上 {1} 份已移除的报告：{2}。请写全，或写明文件夹",
    ),
    (
        r"(.+) cannot be read: (.+)",
        "{0} 读不了（{1}）。如果在别的软件里开着，请先关闭；再看看有没有权限",
    ),
    (
        r"(.+) cannot be written; .*",
        "{0} 写不了，没有保存。如果在别的软件里开着，请先关闭；再看看有没有权限",
    ),
    (r"its encoding is not certain; .*", "文字编码不能确定。请先另存为“CSV UTF-8”"),
    (
        r"its encoding, (\S+), has no (\S+?); .*",
        "原来的编码 {0} 里没有“{1}”这个字。请先另存为“CSV UTF-8”",
    ),
    (r"row (\S+) has more cells than columns; .*", "第 {0} 行的格子比列多。请先用表格软件改好"),
    (r"it has no column id.*", "没有“文件”一列，请补上"),
    (r"the row has no id", "这一行没有填“文件”，已略过。请补上文件名"),
    (r"a second row for (.+) is ignored", "{0} 有两行，后一行已略过。请只留一行"),
    (
        r"(.+) has a row for it, but there is no such file",
        "{0} 里有这一行，但没有这个文件。请核对文件名",
    ),
    # Files.
    (
        r"there are no letters or digits in (?:it|the file) to compare",
        "里面没有可比对的文字，请换一份",
    ),
    (r"there is no such file; check the name", "没有这个文件，请核对名称"),
    (r"is a folder; .*", "这是文件夹，请选里面的一个文件"),
    (r"has a report a row; .*", "这是一行一份报告的表。请先读入库中，或把一份报告单独存成文件"),
    (
        r"two of its parts have one name; .*",
        "文件内部有重名，可能已损坏。请用 WPS 或 Word 打开，另存为 .docx",
    ),
    (
        r"its tables or text boxes are nested too deeply; .*",
        "表格或文本框套得太深。请用 WPS 或 Word 改简单些再存",
    ),
    (
        r"it declares a document type, .*",
        "文件内容不像 Word 存的。请用 WPS 或 Word 打开，另存为 .docx",
    ),
    (r"it is locked with a password; .*", "文件有密码。请用 WPS 或 Word 打开，去掉密码后另存"),
    (
        r"the file is encrypted or in the old .*",
        "文件加了密，或是旧的 .doc 格式。请用 WPS 或 Word 打开，去掉密码，另存为 .docx",
    ),
    (r"the OFD file is encrypted; .*", "OFD 文件加了密。请用阅读软件打开，打印成 PDF"),
    (r"it has over two million characters; .*", "超过二百万字。请拆成几份"),
    (r"not a regular file", "不是普通文件，不读。请换成报告文件"),
    (
        r"a Pages, Numbers or Keynote file; .*",
        "这是 Pages、Numbers 或 Keynote 文件。请导出为 .docx",
    ),
    (r"an XPS file; .*", "这是 XPS 文件。请打印成 PDF"),
    (r"an e-book; .*", "这是电子书。请把文字另存为 .docx"),
    (r"a file of (.+?); .*", "这是 {0} 文件。请用原来的软件或 WPS 打开，另存为 .docx"),
    (r"an e-mail.*", "这是邮件。请把正文或附件另存为 .docx"),
    (r"(.+) is no report; .*", "这种文件不是报告。请把文字另存为 .docx"),
    (r"a file with no Word document in it; .*", "里面没有 Word 文档。请把文字另存为 .docx"),
    (
        r"a page with (\S+) characters is no page of a report; .*",
        "有一页多达 {0} 字，不像报告。请从 PDF 里去掉这一页",
    ),
    (
        r"there is no room for temporary files \((.+)\); .*",
        "没有放临时文件的地方（{0}）。请腾出磁盘空间",
    ),
    (r"the run was broken off", "读取中断了，请重新读一次"),
    (
        r"no process can be started to read it: (.+); .*",
        "启动不了读取程序（{0}）。请关掉一些程序，再读一次",
    ),
    (r"line (\S+) has more than (\S+) million characters; .*", "第 {0} 行超过 {1} 百万字。请拆开"),
    (r"not a JSON object with the fields of a report", "不是一份报告的 JSON 对象，请核对格式"),
    (
        r"more than (\S+) of its rows cannot be read; .*",
        "读不了的行超过 {0} 行，后面的没有再读。请检查这个文件",
    ),
    # The index.
    (r"the index cannot be in (.+?): (.+)", "索引不能放在 {0}（{1}）。请换一个文件夹，或检查权限"),
    (
        r"there is no index in the folder (.+?); make one with: (.+)",
        "文件夹 {0} 里没有索引。请在命令行建立：{1}",
    ),
    (
        r"the index in (.+?) was written by another version of reportsearch; .*?: (.+)",
        "{0} 里的索引是程序的另一个版本建的。请在命令行重建：{1}",
    ),
    (
        r"(.+) is a file; name the folder of an index, or a new one",
        "{0} 是文件。请改用索引所在的文件夹，或新的文件夹",
    ),
    (
        r"the index in (.+?) cannot be used: (.+?); .*",
        "{0} 里的索引用不了（{1}）。请检查磁盘和权限",
    ),
    (
        r"the index in (.+?) is being written by (.+?); .*",
        "{0} 里的索引正由另一个程序写入（{1}）。请等它写完，或结束那个程序，再试一次",
    ),
    (
        r"the index in (.+?) cannot be read, it seems damaged \((.*)\); .*?: (.+)",
        "{0} 里的索引读不了，像是损坏了（{1}）。报告文件不受影响，请在命令行重建：{2}",
    ),
    (r"(.+) holds other files \((.+)\); .*", "{0} 里有别的文件（{1}）。请给索引单独一个文件夹"),
    (
        r"the index cannot be written: (.+?); .*",
        "索引写不了（{0}）。请看看磁盘是否已满、是否开了太多文件",
    ),
    (r"the work was called off before it was done; .*", "计算已停止，没有结果。需要的话请再算一次"),
    (r"the page is being closed; .*", "本页正在关闭。请重新启动后再试"),
    # Pictures.
    (r"there is no picture of (\S+)", "这种结果没有图，请看表格"),
    (
        r"a picture is a file that ends in (.+) or \.html, not (.+)",
        "图只能存成 {0} 或 .html，不能是 {1}",
    ),
    (r"pictures need the extra plots: (.+)", "画图需要绘图组件：{0}"),
    (
        r"a PNG needs a font with Chinese characters: (.+?), or .*",
        "PNG 图需要中文字体：{0}；也可以改存 .svg 或 .html",
    ),
    (r"no term sets a group apart, .*", "各组之间没有明显不同的词，没有可画的。请换一种分组"),
    (r"there are no (?:keywords|topics) to draw", "没有结果，没有可画的。请放宽条件"),
    (
        r"no portfolio is declared or reported, .*",
        "没有申报或汇报的分管领域，没有可画的。请放宽条件",
    ),
    (r"no official has the portfolio (.+)", "没有人分管 {0}，请换一个"),
    (r"there are fewer than two officials to compare", "不足两人，比不了。请放宽条件"),
    (r"a search is drawn by year: .*", "检索结果按年份画图，请加上年份统计"),
    (
        r"no report with a year matches, .*",
        "查到的报告都没有年份，没有可画的。请补上年份，或放宽条件",
    ),
    (r"no report has a value by which .*", "没有报告有这一分组的内容，没有可画的。请换一种分组"),
    # The user's word lists.
    (r"a \[\[portfolio\]\] has no name", "有一个 [[portfolio]] 没有 name，请补上"),
    (
        r"the name (.+) has a character that cannot be printed",
        "名称 {0} 里有看不见的字符，请重新打一遍",
    ),
    (r"unknown key (.+?); known: (.+)", "不认识 {0} 这一项。可用的有：{1}"),
    (r"same has (\S+) strings, the most is (\S+)", "same 里有 {0} 个词，最多 {1} 个。请分成几组"),
    (
        r"a \[\[synonym\]\] has the unknown key (.+?); known: (.+)",
        "[[synonym]] 里不认识 {0}。可用的有：{1}",
    ),
    (r"a set of \[\[posts\]\] has no name", "有一组 [[posts]] 没有写 name"),
    (r"name some endings, such as (.+)", "请写上 endings，例如 {0}"),
    (
        r"a \[\[figures\.behind\]\] needs the strings figure and means, and names, a list",
        "[[figures.behind]] 要写 figure、means 两个词和 names 一个列表",
    ),
    (
        r"a (\S+) needs same, a list of two or more strings",
        "{0} 的 same 至少要写两个词",
    ),
    (
        r"a table of figures is of one portfolio; choose one first",
        "数字对照表一次只看一个领域，请先选领域",
    ),
    (r"the name of a \[\[synonym\]\] must be a string", "[[synonym]] 的 name 要加引号"),
    (
        r"a \[\[synonym\]\] needs two strings in same, .*",
        "[[synonym]] 的 same 里至少要有两个词，或写 name 和 members",
    ),
    (
        r"a \[\[synonym\]\] has (\S+) strings, the most is (\S+?); .*",
        "[[synonym]] 里有 {0} 个词，最多 {1} 个。请分成几组",
    ),
    (r"years is (.+?); .*", "years 写成了 {0}。请写成 2013..2018 或 2018.."),
    (
        r"years is (.+?), but (\S+) is after (\S+)",
        "years 写成了 {0}，{1} 在 {2} 之后。请把先后换过来",
    ),
    (
        r"the portfolio (.+?): (.+) means the portfolio (.+) already; .*",
        "分管领域 {0} 里的 {1} 已经属于 {2}。要补充 {2}，请把 name 写成 {2}",
    ),
    (
        r"(.+) cannot be read \((.+)\); it must be a text file in UTF-8",
        "{0} 读不了（{1}）。请存成 UTF-8 的文本文件",
    ),
    (
        r"(.+) cannot be read \((.+)\)",
        "{0} 读不了（{1}）。如果在别的软件里开着，请先关闭；再看看有没有权限",
    ),
    (r"write (\[+\S+\]+) before (.+)", "请在 {1} 前面写上 {0} 一行"),
    (r"(\[\S+\]) has the unknown key (.+?); known: (.+)", "{0} 里不认识 {1}。可用的有：{2}"),
    (
        r"states in \[facts\] is a table of lists of verbs; known: (.+)",
        "[facts] 的 states 要写成动词列表的表。可用的有：{0}",
    ),
    (r"a \[\[facts\.same\]\] needs names, .*", "[[facts.same]] 里要有 names，至少两个词"),
    (r"(.+) must be a list of strings", '{0} 要写成词语列表，例如 ["甲", "乙"]'),
    (r"(.+) has an empty string in it", "{0} 里有空的词，请去掉"),
    (r"not valid TOML: (.+)", "不是有效的 TOML（{0}）。请检查引号和括号"),
)
PATTERNS = tuple(
    (re.compile(f"(?:{pattern})\\Z", re.DOTALL), chinese) for pattern, chinese in _WRITTEN
)
"""Patterns of whole messages, and their Chinese with the groups filled in."""
