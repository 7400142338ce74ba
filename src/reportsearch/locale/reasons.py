"""Chinese translations of the reasons why a file cannot be read or a report is in doubt.

The program gives its reasons in English, as the command line prints them. Unknown ones are left
unchanged: a reason in the wrong language is better than none.
"""

from __future__ import annotations

import re

from reportsearch.locale import messages

_REASONS: tuple[tuple[str, str], ...] = (
    # Corrections and files that cannot be saved.
    (
        r"(.+) cannot be written; close it",
        "{} 写不了，没有保存。如果在表格软件里开着，请先关闭；再看看有没有权限。",
    ),
    (
        r"(.+metadata\.csv): line (\d+) is not valid CSV",
        "{} 第 {} 行不是有效的 CSV，没有保存。请用表格软件打开，重新另存。",
    ),
    (
        r"(.+metadata\.csv): (?:its encoding|row (?:\d+) has more cells)",
        "{} 的编码或格子不对，没有保存。请用表格软件打开，另存为“CSV UTF-8”。",
    ),
    (r"(.+metadata\.csv): it has no column id", "{} 没有“文件”一列，没有保存。请补上这一列。"),
    (r"(.+) is a row of (.+); correct it there", "{} 是 {} 里的一行，请在那个文件里改。"),
    (r"the file (.+) is gone, so that", "文件 {} 已不在，没法重读，没有保存。请放回原处。"),
    (
        r"(.+) was read through a link, from (.+); write",
        "{} 是经链接从 {} 读来的，请直接写在所读文件夹的 metadata.csv 里。",
    ),
    (
        r"the files cannot be kept in (.+?): ",
        "文件没能存进 {}。请看看磁盘是否已满、有没有权限。",
    ),
    # Files that cannot be read.
    (r"the file is empty", "文件是空的。"),
    (r"there are only zeros in the file", "文件没有拷全，内容全是零。请重新拷贝。"),
    (r"there is no text in it but site furniture", "文件里只有网页的栏目和导航，没有正文。"),
    (r"there is no text in the OFD", "这个 OFD 里只有图片。请打印成 PDF，再用文字识别读入。"),
    (r"there is no (?:text in the|page in the web)", "文件里没有文字。"),
    (
        r"files of type (\S+) are not read",
        "不能读 {} 文件。请另存为 .docx、.pdf 或 .txt。",
    ),
    (r"this is not a text file", "扩展名是文本，内容却不是。请用原来的软件打开，另存为 .docx。"),
    (r"this is not a web page", "扩展名是网页，内容却不是。请用原来的软件打开，另存为 .docx。"),
    (
        r"(?:this is not a Word file|it is damaged, or no Word file)",
        "不是 Word 文件，或已损坏。请用 WPS 或 Word 打开，另存为 .docx。",
    ),
    (r"a picture;", "这是图片。请转成 PDF（需要文字识别组件），或录入成 Word 文件。"),
    (r"an archive;", "这是压缩包。请解压后再添加。"),
    (r"an empty archive", "压缩包是空的，或没有下载完。请重新下载。"),
    (r"a program,", "这是程序，不是报告。"),
    (r"a spreadsheet;", "这是表格。请把文字另存为 .docx；一行一份报告的表可另存为 .csv。"),
    (r"a presentation;", "这是演示文稿。请把文字另存为 .docx。"),
    (r"a PostScript file", "这是 PostScript 文件。请打印成 PDF。"),
    (
        r"(?:the file has a password|the PDF can be opened only with a password)",
        "文件有密码。请去掉密码后另存。",
    ),
    (
        r"LibreOffice cannot open it",
        "打不开：文件已损坏或有密码。请用 WPS 或 Word 打开，去掉密码，另存为 .docx。",
    ),
    (r"LibreOffice was not done", "转换太久，已停止。请用 WPS 或 Word 打开，另存为 .docx。"),
    (
        r"to read (\S+) files takes LibreOffice",
        "读 {} 文件需要 LibreOffice，本机没有。请用 WPS 或 Word 另存为 .docx。",
    ),
    (r"what is in it is not text", "内容不是文字，文件已损坏。请重新取得，或另存为 .docx。"),
    (
        r".* is a scan, a picture of text",
        "这是扫描件，读它需要文字识别组件：pip install 'reportsearch[ocr]'。",
    ),
    (r"it is a scan, and the program", "这是扫描件，文字识别组件没能启动。请检查组件是否装全。"),
    (r"the scan holds no text", "扫描件上认不出文字。请扫得深一些、大一些。"),
    (r"the PDF has no pages", "PDF 里没有页面。请重新导出。"),
    (r"the PDF has (\d+) pages", "PDF 有 {} 页，太多。请按报告拆开。"),
    (
        r"the (?:OFD )?file is damaged|.*damaged",
        "文件已损坏，或没有下载、拷贝完。请重新取得，或用原来的软件另存。",
    ),
    (r"it could not be read within (\d+) s", "{} 秒内没有读完。请用原来的软件打开，另存为 .docx。"),
    (r"it has (\d+) characters", "有 {} 字，太长。请按报告拆开。"),
    (r"it has (\d+) MiB", "有 {} MiB，太大。请拆开。"),
    (r"it (?:unpacks to|is packed)", "解压后太大。请用 WPS 或 Word 打开，另存为 .docx。"),
    (r"the web page", "这个网页读不了。请在浏览器中打开，把文字复制到 Word 文件。"),
    (r"the web archive", "这个网页存档读不了。请在浏览器中打开，把文字复制到 Word 文件。"),
    (r"the encoding cannot be told", "认不出文字编码。请用编辑器打开，另存为 UTF-8。"),
    (r"it has no column text", "这个表没有“正文”一列，不是报告。"),
    (r"the row has no text", "这一行没有正文。"),
    (r"more cells than columns", "这一行的格子比列多。含逗号的文字请加引号。"),
    (r"there are no rows in the file", "文件里没有行。"),
    (r"not valid JSON", "不是有效的 JSON。"),
    (r"line (\d+) is not valid CSV", "第 {} 行不是有效的 CSV。请用表格软件重新另存。"),
    (r"its id .* is already that of a report", "编号与另一份报告重复。请换一个编号。"),
    (r"cannot be read", "读不了。如果在 Word 或 WPS 中开着，请先关闭；再看看有没有权限。"),
    (r"it is gone", "文件已不在了。"),
    (r"a link that", "这是指向别处的链接，不读。"),
    # Doubts about a report.
    (r"no title line was found", "没有找到标题行，以文件名代替。"),
    (r"the title names no kind", "标题没有说明是哪一类报告。"),
    (r"neither title, opening, file name nor a date", "标题、开头、文件名和日期都没有说明年份。"),
    (r"(\d+) is only inferred from the date (\S+)", "{} 年只是从日期 {} 推断的。"),
    (r"(\S) is only inferred from mentions", "“{}”只是从文中提法推断的。"),
    (r"(.+) is not a year", "{} 不是年份，请写成 2023。"),
    (r"(.+) is not a date", "{} 不是日期，请写成 2024-01-05。"),
    (r"(.+) is none of (.+)", "{} 不在可选之列：{}。"),
    (
        r"metadata\.csv has a row for it, but there is no such file",
        "metadata.csv 里有这一行，但没有这个文件。",
    ),
    (r"this column is ignored", "metadata.csv 里不认识这一列，已略过。"),
)
_PATTERNS = (
    *((re.compile(english, re.DOTALL), chinese) for english, chinese in _REASONS),
    *messages.PATTERNS,
)
_BETWEEN = ": "
"""Separates a file or field from the reason; also occurs within some messages."""


def translate_reason(language: str, reason: str) -> str:
    """Translate a reason into ``language``; an unknown one is left unchanged."""
    if language != "zh":
        return reason
    return _translate_to_chinese(reason) or reason


def _translate_to_chinese(reason: str) -> str | None:
    """Try messages that contain the separator, then a reason after a file name, then all others."""
    whole = _fill_pattern(reason, True)
    if whole is not None:
        return whole
    name, between, rest = reason.partition(_BETWEEN)
    translated = _translate_to_chinese(rest) if between else None
    return f"{name}：{translated}" if translated else _fill_pattern(reason, False)


def _fill_pattern(reason: str, has_sign: bool) -> str | None:
    for pattern, chinese in _PATTERNS:
        if (_BETWEEN in pattern.pattern) == has_sign:
            found = pattern.match(reason)
            if found:
                return chinese.format(*found.groups())
    return None


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
    """Translate the reason of a doubt; an unknown one is left unchanged."""
    for pattern, chinese in _DOUBTS:
        match = re.fullmatch(pattern, reason)
        if match:
            return chinese.format(*match.groups())
    return reason
