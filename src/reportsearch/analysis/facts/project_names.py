"""Noun phrases, and which of them name works: what is built, repaired or bought in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.clauses import is_in_remark
from reportsearch.analysis.facts.project_mentions import PIECES
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord
from reportsearch.analysis.terms.patterns import compile_alternatives, sort_longest_first
from reportsearch.comparable import Span
from reportsearch.lexicon.facts import FactWords

PROJECT_NOUNS = ("项目", "工程")
_MAX_CHARS = 34
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_FEW = re.compile(
    "(?:其中)?(?:主要|重点|一个|另一个|[一二三四五六])是|另?一[个座所]"
    "|(?:抓|办|做|搞|建)好|我[省市州县区乡镇]|[^、，]{0,3}[汛学]期前|一批|又一批|一大批|一些|若干|部分|一系列|多个|首个|首批"
)
_APPOSITION = re.compile(
    "[^、，]{0,20}?(?:大通道|大动脉|(?:重点|重大|标志性|控制性)工程)(?=[\u4e00-\u9fff]{3})(?!改|建|提|升|扩|项)"
)
"""The kind of work before its name: 西线主通道重点工程|A铁路."""
_REMAINDERS = ("一项", "一事", "等项目", "等工程", "各")
_LINKS = frozenset({"和", "与", "及"})
_BEGINS = '、的了’"· '
_ENDS = '、的和与及等了‘"· '
_FLAT = str.maketrans("", "", '“”‘’"「」')
_QUOTED = re.compile("“[^“”]{1,8}”$")
"""A name after the noun: 安置房“和顺苑”."""
_OF_TIME = "季天日夜晚早午春夏秋冬"
_PLACE_TAGS = frozenset({"ns", "nt"})
_BATCH_LIST = re.compile("(?:批|系列|多个|若干|部分)[^,，。;；]{1,20}[、和]$")
_BATCH = re.compile("(?:一|一大|这|各)批|一系列|若干|一些|多个|各类|更多|部分")
_MORE = re.compile("暨|(?:新建|扩建)(?!工程|项目|任务)[\u4e00-\u9fff]{2}")
"""Follows the beginning of a longer name: 推进县医院|新建住院楼."""
_BATCH_OF = re.compile("[一大各]批[^,，。;；]{0,14}的$")
_COUNTED_REST = re.compile(
    r"\d[大条座个所处项家]|.[两二三四五六七八九十][条座个所处项家]|(?<![高中初同平均])等(?!级)"
)
"""In a name, the end of a list whose last member it begins with: B路4条道路改造工程."""
_DIVISION = re.compile("[\u4e00-\u9fff]{2,6}[市州盟][\u4e00-\u9fff]{1,4}[区县旗]")
_COUNT = re.compile(r"这?[\d一二两三四五六七八九十百千]+[余多]?[项个座条处所家套户栋台]")
_MIN_CHARS = 2
_MANY = 100
"""So many works of a kind are no single ones that are told of."""
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十\d](?![轮批届次])|[一二三四五六七八九十\d](?:期|号|标段)|\d\s?(?:千伏|万?千瓦|兆瓦|万吨|kv)|[*×]"
)
_LOCAL = re.compile(
    "[县镇村乡旗州校区市](?![级域际乡镇场政民庄区直村园道舍组(（])|城[东西南北]|[东西南北]关"
)
_ROUTE = re.compile("[\u4e00-\u9fff]{2}(?:至|—|-|～|~)[\u4e00-\u9fff]{2}")
_MIN_CORE_CHARS = 3
_MIN_SUBJECT_CHARS = 6
_MIN_PROJECT_CHARS = 9
_MIN_TOLD_CHARS = 4
_NO_NAME = re.compile(
    "^.[一二三四五]期$|^(?:强力|大力|全力|扎实|加快|持续|积极|有序|稳步)推进|^(?:全球|全国|世界|国内)?最大|^(?:做强|做大|做优|建强)|一批|实现|已有|部分项目|”“"
)
_BEFORE_REST = re.compile(
    r"(?:等[\d一二两三四五六七八九十百]*[个条座项所处大]?|入|那|暨|夜|[个家所座][省市县乡镇][、和及])$"
)
"""Before the rest of a longer phrase, or the kind of works named before it: A、B等4个大型水库."""
_PARTS = (
    "配套", "周边", "相关", "东线", "中线", "西线", "南线", "北线", "一期", "二期", "三期", "四期",
)  # fmt: skip
"""What begins with one of these belongs to a work named before it: A水库及配套工程."""
_DIVISIONS = re.compile("[个片][县乡镇村区社][^级]")
_BEFORE_NAMES = frozenset({"是", "力争", "对", "将", "把"})
_MIN_NAME_CHARS = 3
"""A shorter name without a number next to it says too little, or is cut: 高铁, 广场."""
_AREAS = ("亩", "公顷", "平方公里")
_CHINESE = re.compile("[\u4e00-\u9fff]+")


class ProjectNames:
    """A recogniser of works, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self.deeds = tuple(sort_longest_first(words.deeds))
        self.structures = tuple(sort_longest_first(words.structures))
        self._stage = compile_alternatives(words.stages)
        self._generic = frozenset(words.generic)
        self._sorts = tuple(words.sorts)
        self._ranks = tuple(words.ranks)
        self._loose = tuple(words.loose_works)
        self._firm = tuple(words.firm_works)
        self._no_names = frozenset(words.no_names)
        self._ends = (*words.works, *words.deeds)
        self._works = tuple(words.works)
        self._leads = _BEFORE_NAMES.union(words.causes)
        self._not_works = tuple(words.not_works)

    def iter_noun_phrases(self, paragraph: TaggedParagraph, begin: int, end: int) -> Iterator[Span]:
        """Yield the spans of the noun phrases between two positions, up to the first mark."""
        words = paragraph.words
        start: int | None = None
        last = begin
        for place in range(begin, end + 1):
            word = words[place] if place < end else None
            if word is not None and self._is_part(paragraph, word, place, start, end):
                start = place if start is None else start
                if word.kind != kinds.PLACE:
                    last = place
                continue
            if (
                word is not None
                and word.kind == kinds.OF
                and not self._is_deed(paragraph, place, end)
            ):
                # The words before 的 only specify: 总投资9640万元的管网改造工程.
                start = None
                continue
            if start is not None:
                span = strip_edges(paragraph.text, words[start].start, words[last].end)
                if span is not None:
                    yield span
            start = None
            if word is not None and word.kind == kinds.END:
                return

    def join_linked(self, paragraph: TaggedParagraph, phrases: Iterable[Span]) -> Iterator[Span]:
        """Join phrases of which only the last names a work: 生活垃圾和工业垃圾处理项目."""
        last: Span | None = None
        for start, end in phrases:
            if last is not None:
                if (
                    paragraph.text[last[1] : start] in _LINKS
                    and paragraph.text[last[0] - 1 : last[0]] not in {"、", *_LINKS}
                    and paragraph.text[:end].endswith(PROJECT_NOUNS)
                    and not self.ends_like_work(paragraph.text[slice(*last)])
                ):
                    last = last[0], end
                    continue
                yield last
            last = start, end
        if last is not None:
            yield last

    def _is_deed(self, paragraph: TaggedParagraph, place: int, end: int) -> bool:
        """Check whether only a noun of action follows a word: 建设 in A的建设."""
        words = paragraph.words
        return paragraph.text[words[place].end : words[end - 1].end] in self.deeds

    def _is_part(
        self, paragraph: TaggedParagraph, word: TaggedWord, place: int, start: int | None, end: int
    ) -> bool:
        """Check whether a word continues the phrase that starts at ``start``, or begins one."""
        if start is not None and (is_in_remark(paragraph, word.start) or word.text == "暨"):
            return True
        if start is not None and word.text == "至" and place + 1 < end:
            # 西山至东山铁路
            return paragraph.words[place + 1].kind == kinds.NOUN
        if start is not None and word.text == "与":
            # 续建配套与现代化改造项目
            return paragraph.words[place - 1].text in self.deeds
        if word.text in {"等", "暨"} or (word.tag == "t" and word.text[-1] in _OF_TIME):
            return False
        if word.kind in {kinds.NOUN, kinds.PLACE}:
            return word.tag != kinds.UNKNOWN_VERB or place + 1 >= end or start is not None
        if word.kind not in {kinds.VERB, kinds.DOING, kinds.CHANGE}:
            return False
        if (
            word.kind == kinds.VERB
            and place > 0
            and paragraph.words[place - 1].kind == kinds.NUMBER
        ):
            # 4个抽水蓄能电站
            return True
        # 养护院, but not 影响设备更新.
        after = paragraph.words[place + 1] if place + 1 < end else None
        short = after is not None and after.kind == kinds.NOUN and len(after.text) == 1
        if word.kind == kinds.VERB and place > 0 and paragraph.words[place - 1].kind == kinds.LIST:
            # 敬老院、殡葬服务中心
            short = short or (after is not None and after.kind == kinds.NOUN)
        return start is not None or short

    def strip_stage(self, paragraph: TaggedParagraph, span: Span) -> Span:
        """Reduce a phrase that names a stage to the work: A项目可研报告, A电站前期工作."""
        for stage in self._stage.finditer(paragraph.text, *span):
            if paragraph.text[span[0] : stage.start()].endswith(self._works):
                return span[0], stage.start()
        return span

    def ends_with_stage(self, text: str) -> bool:
        """Check whether a text ends with a stage of a work: 实施A电站前期工作."""
        return any(stage.end() == len(text) for stage in self._stage.finditer(text))

    def ends_like_work(self, text: str) -> bool:
        """Check whether a text ends like the name of a work: A水库, A水库除险加固, A电站二期."""
        text = _QUOTED.sub("", text)
        return _BRACKETS.sub("", text).translate(_FLAT).endswith(self._ends)

    def is_project(
        self,
        paragraph: TaggedParagraph,
        span: Span,
        *,
        is_counted: bool,
        is_definite: bool,
        is_subject: bool = False,
    ) -> bool:
        """Check whether a phrase names a work.

        A phrase with a proper name (沈白高铁, 县医院门诊楼) does. One without does if it says what
        stands there (停车场, 门诊楼), and a number is next to it (``is_counted``) or the verb says
        that it has been begun or finished (``is_definite``), or is told of it (``is_subject``). A
        longer one is enough then: 镁合金循环产业基地签订投资协议.
        """
        name = paragraph.text[slice(*span)]
        bare = _BRACKETS.sub("", _QUOTED.sub("", name) or name).translate(_FLAT)
        deed = next((one for one in self.deeds if bare.endswith(one)), "")
        core = bare.removesuffix(deed) if len(bare) > len(deed) + 1 else bare
        if len(core) < _MIN_CHARS or len(bare) > _MAX_CHARS:
            return False
        if bare.endswith(self._not_works) or core.endswith(self._not_works):
            return False
        if name.count("“") != name.count("”") or {bare, core} & self._generic:
            return False
        is_work = core.endswith(self._works)
        if not is_work and (deed == "建设" or not bare.endswith(self._works)):
            return False
        if _COUNTED_REST.search(name) or _DIVISION.fullmatch(name):
            return False
        if _MORE.match(paragraph.text, span[1]) and not is_subject:
            return False
        if _BATCH_OF.search(paragraph.text, max(span[0] - 17, 0), span[0]):
            return False
        if _BATCH.search(paragraph.text, max(span[0] - 4, 0), span[0]) or _BATCH.match(name):
            return False
        if bare.startswith(_PARTS) or _NO_NAME.search(name):
            return False
        if not is_counted and bare.startswith(self._sorts) and not self.has_place(paragraph, span):
            return False
        if len(bare) < _MIN_NAME_CHARS and not is_counted:
            return False
        if self._is_cut(paragraph, span):
            return False
        if _BATCH_LIST.search(paragraph.text, max(span[0] - 30, 0), span[0]):
            return False
        if _COUNT.match(name) or (name.startswith("“") and name.endswith("”")):
            return False
        if bare.endswith("项目") and is_counted and len(bare) < _MIN_PROJECT_CHARS:
            # 城建项目34个
            return False
        if self.has_place(paragraph, span):
            return True
        if is_subject and len(core) < _MIN_TOLD_CHARS:
            return False
        is_firm = self._is_firm(bare, is_told=is_subject or is_definite)
        if is_definite and self.is_named(paragraph, span):
            return True
        if bare.endswith("项目"):
            # 旅游景区补短板项目, but not 技改项目19个
            is_long = len(bare) >= _MIN_PROJECT_CHARS and not bare.startswith(self._sorts)
            return not is_counted and (is_long or (is_definite and is_firm))
        if is_counted and bare.startswith(self._ranks):
            # 建成国家中医药特色重点医院5个
            return False
        return (is_counted or is_definite) and is_firm

    def _is_cut(self, paragraph: TaggedParagraph, span: Span) -> bool:
        """Check whether a phrase is the rest of a longer one: 东湖等区域水毁工程, 入河排污口.

        A verb, adverb or preposition of the dictionary before it may be its beginning as well
        (环|北湖水厂), or says where something else is done: 项目在A工业园开工.
        """
        if _BEFORE_REST.search(paragraph.text, max(span[0] - 6, 0), span[0]):
            return True
        first = paragraph.find_word(span[0])
        before = paragraph.words[first - 1] if first else None
        if before is None or before.text in self._leads:
            return False
        if before.kind == kinds.NUMBER:
            if _DIVISIONS.search(paragraph.text[span[0] - 1 : span[0] + 2]):
                # 62个村|自来水改造工程
                return True
            # A路、B路3处|断头路
            led = paragraph.words[max(first - 4, 0) : first - 1]
            listed = any(word.kind == kinds.LIST for word in led)
            return listed and led[-1].text.endswith(self._works)
        if before.kind == kinds.ADVERB:
            # 同仁医院|亦|庄院区; but 目前东山水厂已开工
            return first > 1 and paragraph.words[first - 2].kind not in {kinds.END, kinds.TIME}
        return before.tag == kinds.UNKNOWN_VERB or before.kind in {kinds.VERB, kinds.PREPOSITION}

    def _is_firm(self, name: str, *, is_told: bool) -> bool:
        """Check whether a name without a proper one says what stands there: 产业园项目, 门诊楼."""
        if is_told and len(name) >= _MIN_SUBJECT_CHARS and not name.startswith(self._sorts):
            return True
        core = name.removesuffix("项目").removesuffix("工程").removesuffix("建设")
        if core != name and len(core) < _MIN_CORE_CHARS:
            return False
        if core.endswith(self._firm):
            return True
        deed = next((one for one in self.deeds if core.endswith(one)), "")
        core = core.removesuffix(deed)
        return core.endswith(self._works) and not core.endswith((*self._loose, *PROJECT_NOUNS))

    def says_what_is_built(self, name: str) -> bool:
        """Check whether a name says what is built, as 校长工程 does not."""
        core = name.removesuffix("工程")
        return core.endswith((*self._works, *self.deeds))

    def is_named(self, paragraph: TaggedParagraph, span: Span) -> bool:
        """Check whether a phrase has words that may be a proper name."""
        words = paragraph.words
        first, behind = paragraph.find_word(span[0]), paragraph.find_word(span[1])
        return self.has_place(paragraph, span) or any(
            self._may_be_proper(word) for word in words[first : max(behind - 1, first + 1)]
        )

    def has_place(self, paragraph: TaggedParagraph, span: Span) -> bool:
        """Check for a proper name: of a place or an owner, a number, a route, a name in quotes."""
        text = paragraph.text[slice(*span)]
        if _NUMBERED.search(text) or _ROUTE.search(text) or _LOCAL.match(text):
            return True
        quoted = _QUOTED.search(text)
        before = text[: quoted.start()] if quoted else ""
        if before.endswith(self._works) and not before.endswith((*self._loose, *self._not_works)):
            return True
        words = paragraph.words
        first, behind = paragraph.find_word(span[0]), paragraph.find_word(span[1])
        if behind - first == 1 and len(text) > _MIN_TOLD_CHARS:
            # A name that the dictionary has as one word: 港珠澳大桥.
            behind += 1
        return any(
            word.tag in _PLACE_TAGS and len(word.text) > 1 and word.text not in self._no_names
            for word in words[first : behind - 1]
        )

    def _may_be_proper(self, word: TaggedWord) -> bool:
        if len(word.text) < 2 or word.text in self._no_names or word.text.endswith(self._works):
            return False
        return word.tag in {"nr", *_PLACE_TAGS} or (
            not word.tag and _CHINESE.fullmatch(word.text) is not None
        )

    def can_be_completed(self, paragraph: TaggedParagraph, span: Span, *, is_counted: bool) -> bool:
        """Check whether a phrase names something that can be completed: A改造, A主体工程."""
        name = paragraph.text[slice(*span)]
        ends = (*self.deeds, *self.structures)
        deed = next((one for one in self.deeds if name.endswith(one)), "")
        is_other = {name, name.removesuffix(deed)} & self._generic
        if not name.endswith(ends) or is_other or name.endswith(self._not_works):
            return False
        if deed == "建设" and not name.removesuffix(deed).endswith(self._works):
            # 农村电气化建设
            return False
        if len(name.removesuffix(deed)) < _MIN_CORE_CHARS and not self.has_place(paragraph, span):
            # 退城搬迁
            return False
        if self._is_cut(paragraph, span):
            return False
        if not is_counted and name.startswith(self._sorts):
            return False
        is_told = is_counted or self.is_named(paragraph, span)
        return is_told or self._is_firm(name, is_told=False)


def find_count(paragraph: TaggedParagraph, span: Span, after: int) -> Quantity | None:
    """Return the number next to a phrase, or between it and the word at ``after``."""
    first, behind = paragraph.find_word(span[0]), paragraph.find_word(span[1])
    words = paragraph.words
    between = words[after + 1 : behind] if after < first else words[first - 1 : first]
    near = (*between, *words[behind : behind + 1])
    counts = [paragraph.quantities[word.number] for word in near if word.kind == kinds.NUMBER]
    return counts[-1] if counts else None


def is_amount(count: Quantity) -> bool:
    """Check whether a number tells how much of a kind there is, rather than counts works.

    Such are lengths and areas: 新建农村公路118公里. The figures have them, and no single work is
    meant.
    """
    return count.base not in PIECES


def is_area(count: Quantity) -> bool:
    """Check whether a number tells an area of land, as of what is planted: 造林1080亩."""
    return count.base.endswith(_AREAS)


def are_many(count: Quantity) -> bool:
    """Check whether a number counts more works than are told apart: 改造农村危房260万户."""
    value = count.value if count.value is not None else count.high or count.low
    return count.base in PIECES and value is not None and value * count.factor >= _MANY


def strip_edges(text: str, start: int, end: int) -> Span | None:
    """Strip marks from the edges of a span; return None if nothing is left."""
    few = _FEW.match(text, start, end)
    start = few.end() if few else start
    apposition = _APPOSITION.match(text, start, end)
    start = apposition.end() if apposition else start
    while start < end and text[start] in _BEGINS:
        start += 1
    for word in _REMAINDERS:
        if text[start:end].endswith(word) and end - start > len(word) + 1:
            end -= len(word)
    while start < end and text[end - 1] in _ENDS:
        end -= 1
    return (start, end) if start < end else None
