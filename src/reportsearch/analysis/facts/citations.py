"""Documents cited in 《》, and what was done to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportsearch.analysis.facts.chains import match_after_links
from reportsearch.analysis.facts.quantity import find_segment_start
from reportsearch.analysis.terms.patterns import build_alternatives
from reportsearch.lexicon.facts import FactWords

TITLE = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)*》")
_LIST_SEPARATOR = re.compile(r"(?:[、,，]?(?:和|与|及|以及|并)?|[、,，]\s*)$")
_MAX_MORE_VERBS = 12
_MAX_VERB_DISTANCE = 60
"""Maximum number of characters between the verb and the title it governs."""
_CLAUSE_ENDS = "。;；:：!?！？,，\n"
_UPON = re.compile(
    "(?P<verb>提出|反馈|开展|进行)了?(?P<object>(?:修改|立法|书面)?(?:意见|建议)|(?:执法|专项)?检查|(?:立法后)?评估|修订|修改|审查)"
)
"""What is done upon a document: 对《条例（草案）》提出修改意见5条."""
_OF_DOCUMENTS = frozenset({"提出", "提", "定", "作", "完善", "发", "提出了"})
"""Verbs after a title that say what the document does: 《纲要》提出三项目标."""
_OCCASION = re.compile(r"的?[一二三四五六七八九十\d]+周年|之际|纪念")
_EDITION_ATTRIBUTE = re.compile(
    r"(?:新|最新|重新)?(?:修订|修改|颁布|制定|出台|施行|印发|发布)后?的$"
)
"""Words that describe an edition, not an action of the report: 以新修订的《…》施行为契机."""
_DRAFT = re.compile("草案|送审稿|初稿")
_ADVERBS = (
    "已", "已经", "正式", "重新", "逐条", "逐章", "全文", "相继", "先后", "全面", "顺利", "均已",
    "均",
)  # fmt: skip
_CIRCUMSTANCES = {"于": range(10, 0, -1), "经": range(1, 17), "被": range(1, 13)}
"""Words before who acted or when, and how many characters name that, the best number first."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A title with its brackets, and the verbs of what was done to it (empty for none)."""

    start: int
    end: int
    action: str


class CitationFinder:
    """A finder of cited documents and of actions on them, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        verbs, ends = build_alternatives(words.documents), build_alternatives(words.document_ends)
        # A row of verbs is read in one way, the longest verbs first.
        action = f"(?P<action>(?>{verbs})(?:[、和并]?(?>{verbs})){{0,{_MAX_MORE_VERBS}}}"
        # 制定印发了《; 编制完成《; 形成的《; 学习、贯彻《; 审议通过了修订后的《
        self._before = re.compile(
            rf"{action}(?:{ends})?)"
            r"(?:了|的|好|过|起了?|出了?)?(?:国家|省级?|市级?|县级?|省委|市委|县委|中央|[^,，。;；、《》]{0,6}的|关于|我县|全县|农业农村部|[\u4e00-\u9fff]{2,8}(?:部|委|办|厅|局))?$"
        )
        # 《…》重新修订, 《…》逐条学了两遍, 《…》经…审议通过, 《…》已印发
        self._after = re.compile(rf"{action})(?![室院所员会者])")
        # 根据…要求, 以…为依据: the issuer may come between the basis and the title.
        self._bases = re.compile(f"(?:{build_alternatives(words.bases)})[^,，。;；]{{0,12}}$")

    def find(self, text: str) -> list[CitedDocument]:
        """Return the documents of a folded paragraph, in text order."""
        found: list[CitedDocument] = []
        for match in TITLE.finditer(text):
            start, end = match.span()
            if found and self._continues_list(text, found[-1].end, start):
                action = found[-1].action
            else:
                action = self._find_action_before(text, start, end) or self._find_action_after(
                    text, start, end
                )
            found.append(CitedDocument(start, end, action))
        return found

    def _continues_list(self, text: str, end: int, start: int) -> bool:
        """Check whether a title continues a list begun by the previous title."""
        between = text[end:start]
        return len(between) <= 4 and _LIST_SEPARATOR.fullmatch(between) is not None

    def _find_action_before(self, text: str, start: int, end: int) -> str:
        begin = max(find_segment_start(text, start, _CLAUSE_ENDS), start - _MAX_VERB_DISTANCE)
        clause = _EDITION_ATTRIBUTE.sub("", text[begin:start])
        match = self._before.search(clause)
        if match is None:
            return ""
        action: str = match["action"]
        led = self._bases.search(clause[: match.start()])
        if led is not None and action in {"实施", "施行", "执行"}:
            return ""
        if action in {"完成", "启动"} and re.match(
            "[\u4e00-\u9fff]{0,4}(?:评估|评审|编制|修订|培训)", text[end:]
        ):
            # 完成《…》中期评估: the evaluation was completed, not the document.
            return ""
        return action

    def _find_action_after(self, text: str, start: int, end: int) -> str:
        begin = max(find_segment_start(text, start, _CLAUSE_ENDS), start - _MAX_VERB_DISTANCE)
        before = text[begin:start]
        upon = _UPON.match(text, end) if before.endswith(("对", "就")) else None
        if upon is not None:
            return upon["verb"] + upon["object"]
        if self._bases.search(before) and not re.search("将|把", before):
            return ""
        draft = _DRAFT.match(text, end)
        limit = end + _MAX_VERB_DISTANCE
        match = match_after_links(
            text, draft.end() if draft else end, limit, _iter_adverb_ends, self._after
        )
        if match is None or match["action"] in _OF_DOCUMENTS or _OCCASION.match(text, match.end()):
            return ""
        action: str = match["action"]
        return action


def _iter_adverb_ends(text: str, place: int) -> Iterator[int]:
    """Yield where words between a title and its verb may end: 已经, 于年底, 经市人大."""
    for adverb in _ADVERBS:
        if text.startswith(adverb, place):
            yield place + len(adverb)
    counts = _CIRCUMSTANCES.get(text[place : place + 1])
    if counts:
        begin = place + 1
        clause = re.split("[,，。;；]", text[begin : begin + max(counts)], maxsplit=1)[0]
        yield from (begin + count for count in counts if count <= len(clause))
