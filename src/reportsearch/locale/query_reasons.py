"""Chinese translations of messages about queries, for the web page.

Errors have one wording in the program, in English. Those about queries are translated here, all
others in ``messages.py`` and ``reasons.py``. Unknown messages are left unchanged.
"""

from __future__ import annotations

import re

from reportsearch.locale import read_texts
from reportsearch.locale.reasons import translate_reason
from reportsearch.models.search import FIELD_NAMES

ENGLISH = "en"

_NAMES = {field: name for name, field in FIELD_NAMES.items() if not name.isascii()}
_CONDITION = re.compile(rf"(?<![\w\"])({'|'.join(_NAMES)}):(?=[\w\"])")
"""A field with a value, as the program writes it."""
_FIELD = {name: texts[0] for name, texts in read_texts("common").items()}

_SAID = tuple(
    (re.compile(pattern, re.DOTALL), text)
    for pattern, text in (
        (
            r"the bracket at character (\d+) is not closed.*",
            "第 {0} 个字的括号没有配对。请补上另一半，或用引号把这段括起来",
        ),
        (
            r"the quotation mark at character (\d+) is not closed; add (.) .*",
            "第 {0} 个字的引号没有配对。请补上 {1}，或删去引号",
        ),
        (
            r"(\S+) at character (\d+) needs a term beside it.*",
            "第 {1} 个字的 {0} 旁边缺一个检索词。如果就是要找“{0}”这个词，请给它加上引号",
        ),
        (r"(\S+) at the end needs a term beside it.*", "末尾的 {0} 后面缺一个检索词"),
        (
            r"more than (\d+) brackets or NOTs inside one another at character (\d+).*",
            "第 {1} 个字处括号或 NOT 套了 {0} 层以上，请写得简单些",
        ),
        (r"nothing to search for at character (\d+).*", "第 {0} 个字的引号里是空的，请填上词"),
        (
            r"the query has (\d+) characters, the most is (\d+).*",
            "检索式有 {0} 个字，最多 {1} 个。请只取其中一部分",
        ),
        (r"the query is empty.*", "检索框是空的，请写一个词"),
        (
            r"the query has (\d+) parts, the most is (\d+).*",
            "检索式有 {0} 个部分，最多 {1} 个。请少写几个词",
        ),
        (
            r"the query has (\d+) words and strings, the most is (\d+).*",
            "检索式有 {0} 个词，最多 {1} 个。请少写几个，或用逗号隔开（不要求都出现）",
        ),
        (
            r"(\S+): at character (\d+) has no value; write for example (\S+).*",
            "第 {1} 个字：{0}: 后面没有写内容。例如 {2}",
        ),
        (
            r"(\S+): at character (\d+) takes one value, not a bracket.*",
            "第 {1} 个字：{0}: 后面只能写一项，不能是括号。请写成（{0}:甲 OR {0}:乙）",
        ),
        (
            r"the value of (\w+)(?: at character \d+)? has (\d+) characters, the most is (\d+).*",
            "“{0}”的内容有 {1} 个字，最多 {2} 个。请只写一部分",
        ),
        (r"(\w+)(?: at character \d+)? has no value; .*", "“{0}”没有写内容"),
        (
            r"(.+?)(?: at character \d+)? is not a date; .*",
            "{0} 不是日期。请写成 2024-01 或 2024-01-15",
        ),
        (
            r"(.+?)(?: at character \d+)? is not a year; .*",
            "{0} 不是年份。请写成 2023 或 2021..2023",
        ),
        (
            r"(.+?)(?: at character \d+)? is no (\w+); it is one of (.*)",
            "{1}没有 {0} 这一种，只能是：{2}",
        ),
        (r"(\d+) is after (\d+); .*", "起止年份颠倒了，请写成 {1}..{0}"),
        (
            r"no portfolio is called (.+); did you mean one of: (.*)\?",
            "没有叫 {0} 的分管领域。是不是：{1}",
        ),
        (
            r"no portfolio is called (.+); there are (\d+), such as (.*)",
            "没有叫 {0} 的分管领域。共有 {1} 个，如 {2}",
        ),
        (
            r"the search is not done within (\d+) s.*",
            "检索 {0} 秒还没有做完，请少写几个词",
        ),
        (r"no passage passes the filters (.*)", "没有哪一段符合筛选条件 {0}"),
        (
            r"no passage meets (.*?); (\S+) is no field, did you mean (\S+):\?",
            "没有哪一段符合 {0}；没有 {1} 这个字段，是不是 {2}:",
        ),
        (
            r"no passage meets (.*?); (\S+) is no field, the fields are .*",
            "没有哪一段符合 {0}；没有 {1} 这个字段",
        ),
        (r"no passage meets (.*)", "没有哪一段符合 {0}"),
        (
            r"of the passages that pass the filters none meets (.*)",
            "符合筛选条件的段落里，没有符合 {0} 的",
        ),
        (
            r"each part is met somewhere, but no report meets all of them",
            "各部分单独都查得到，但没有一份报告全部具备",
        ),
        (
            r"each part is met somewhere, but no passage meets all of them",
            "各部分单独都查得到，但没有哪一段全部具备",
        ),
    )
)


def translate_field_names(language: str, text: str) -> str:
    """Translate field names in conditions: 分管:文旅 in Chinese."""
    return text if language == ENGLISH else _CONDITION.sub(_translate_condition, text)


def _translate_condition(condition: re.Match[str]) -> str:
    return f"{_NAMES[condition[1]]}:"


def translate_error(language: str, message: str) -> str:
    """Translate an error message into the language of the page."""
    if language == ENGLISH:
        return message
    for pattern, text in _SAID:
        match = pattern.fullmatch(message)
        if match:
            written = (_FIELD.get(part, part) for part in match.groups())
            translated = text.format(*written)
            return translate_field_names(language, translated) if "符合" in text else translated
    return translate_reason("zh", message)
