"""Posts (职务) of officials, found in the words of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportsearch.lexicon import Lexicon
from reportsearch.structure.places import remove_place

_NAME = "[\u4e00-\u9fa5]"
_OTHERS_POST = re.compile(r"(?:协助|配合|其他|其他的|各位|分管|分管的|联系|报|经|由|向|与|原)$")
_HEAD_POST = re.compile(
    r"(?:常务|代理?|挂职)?副?(?:省|市|县|区|州|旗|盟|镇|乡)长(?:助理)?|(?:街道)?办事处副?主任"
)
_AFTER_POST = re.compile(
    r"的?(?:正确|坚强)?领导|的支持|办公|负责|热线|信箱|接待|质量|带队|批示|会议"
)
_BUREAU = r"(?:局|委员会|管委会|委|办公室|办|厅|中心|院|社|联合会|总队|支队|大队)"
_BUREAU_POST = re.compile(
    rf"(?P<bureau>{_NAME}{{2,18}}?{_BUREAU})(?:(?:分)?党[组委](?:副?书记|成员)?[、，]\s*)?"
    r"(?P<post>(?:常务|代)?副?(?:局长|主任|厅长|院长|总队长|支队长|大队长|理事长|会长))"
)
_BUREAU_NAME = re.compile(rf"(?P<bureau>{_NAME}{{2,18}}?(?:局|委员会|委|办公室|厅))")
_HEADS_IT = re.compile(r"主持(?:[^，。；]{0,12}?)全面工作")


def find_post(text: str, lexicon: Lexicon) -> str | None:
    """Return the first post that a text names: 副县长、县公安局局长 is a 副县长."""
    posts = sorted((*_iter_bureau_posts(text, lexicon), *_iter_head_posts(text)))
    return posts[0][1] if posts else None


def infer_bureau_post(opening: str, places: list[str], lexicon: Lexicon) -> str | None:
    """Infer the post of an official who heads a bureau but does not name the post."""
    if not _HEADS_IT.search(opening):
        return None
    for place in places:
        match = _BUREAU_NAME.search(place)
        if match:
            bureau = remove_place(match["bureau"], lexicon)
            return bureau + ("长" if bureau.endswith(("局", "厅")) else "主任")
    return None


def _iter_bureau_posts(text: str, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Yield posts in a bureau and their positions."""
    for match in _BUREAU_POST.finditer(text):
        if not _OTHERS_POST.search(text[: match.start()]):
            yield match.start("post"), remove_place(match["bureau"], lexicon) + match["post"]


def _iter_head_posts(place: str) -> Iterator[tuple[int, str]]:
    for match in _HEAD_POST.finditer(place):
        before, after = place[: match.start()], place[match.end() :]
        if not (_OTHERS_POST.search(before) or _AFTER_POST.match(after)):
            post = match[0] if "办事处" not in match[0] else "街道" + match[0].removeprefix("街道")
            yield match.start(), post
