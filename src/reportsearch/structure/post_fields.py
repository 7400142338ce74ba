"""The field that an official reports on by post: 教育局局长 and 中学校长 on education."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty
from reportsearch.normalise import fold
from reportsearch.structure.portfolio_terms import find_mentioned_portfolios
from reportsearch.tokenizer import Tokenizer

_HEAD = re.compile(
    r"(?P<body>[^，。；：、（）()\s]{2,24}?)(?:党[组委总支]+(?:副?书记|成员|委员)[、，兼]*)?"
    r"(?P<deputy>常务副|副)?(?:局长|厅长|主任|院长|校长|园长|所长|站长|队长|台长|馆长|行长"
    r"|理事长|会长|董事长|总经理|经理|书记|检察长)"
)
_MIN_BODY = 2
_HEAD_OF_GOVERNMENT = re.compile(
    "(?<!副)[省市县区旗州盟镇乡]长$|自治区主席$"
    "|(?:街道|街道办|办事处|区管委会|区管理委员会|园管委会)主任$"
    "|(?:[省市县区旗州盟镇乡村]|街道)(?:党(?:工委|委|总支|支部))?(?:委|委员会)?(?<!副)书记$"
)


def is_head_of_government(post: str | None) -> bool:
    """Check whether a post heads a whole government and so is responsible for everything."""
    return any(_HEAD_OF_GOVERNMENT.search(one) for one in (post or "").split("、"))


def find_post_fields(
    post: str | None,
    title: str,
    duties: Sequence[Duty],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> dict[str, str]:
    """Return the portfolios that a report is on as a whole, each with the words that say so.

    These are those of 主持…全面工作 in the opening, else those of the body in the post or in the
    title, else the one that the title names (履行教育职责). A deputy who lists duties of their own
    reports on these.
    """
    headed = {one.portfolio: one.item for one in duties if one.role == "主持" and one.portfolio}
    if headed:
        return headed
    if is_head_of_government(post):
        return {}
    has_duties = any(duty.portfolio for duty in duties)
    for text in (post or "", title):
        for match in _HEAD.finditer(text):
            if match["deputy"] and has_duties:
                continue
            if found := _find_body(match["body"], lexicon, tokenizer):
                body, names = found
                return dict.fromkeys(names, body)
    named = find_mentioned_portfolios(fold(title), lexicon, tokenizer)
    return {named[0]: title} if len(named) == 1 and not has_duties else {}


def _find_body(
    text: str, lexicon: Lexicon, tokenizer: Tokenizer
) -> tuple[str, tuple[str, ...]] | None:
    """Return the longest end of a text that is a body of some portfolio, and the portfolios.

    A body that is not listed (水利和湖泊局) has the portfolios that its name mentions.
    """
    for start in range(len(text) - _MIN_BODY + 1):
        body = text[start:]
        county = body[:-1] + "局" if body.endswith("厅") else body
        if names := lexicon.portfolios_by_body.get(fold(county)):
            return body, names
    if text.endswith(("局", "厅", "委", "办", "委员会", "办公室", "中心")):
        names = find_mentioned_portfolios(fold(text), lexicon, tokenizer)
        if names:
            return text, names
    return None
