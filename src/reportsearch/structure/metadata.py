"""Metadata that a report states itself: title, kind, year, date, post, level, region, official.

Missing values stay empty. The title block is the lines before the salutation or the first sentence.
Each value is looked for in the title first, then in the other lines of the block (the post and the
name, the meeting), the file's name, the last lines, and the opening. ``posts.py``, ``places.py``
and ``people.py`` find what a line names, ``titles.py`` the title, ``levels.py`` the level, and
``report_years.py`` the years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from reportsearch.errors import Message
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import GOVERNMENT_WORK_REPORT, OTHER_KIND
from reportsearch.structure.contents import TextLine, find_contents, split_lines
from reportsearch.structure.dates import find_year
from reportsearch.structure.levels import find_level, list_levels, list_levels_of_post
from reportsearch.structure.people import (
    Name,
    find_labelled_name,
    find_lone_name,
    find_name_before_post,
    find_name_beside_post,
    find_name_in_caption,
    find_name_in_title,
    find_stated_name,
)
from reportsearch.structure.places import NATION, RANKS, Place, find_places, locate
from reportsearch.structure.posts import (
    PostList,
    choose_full_name,
    find_left_organs,
    find_posts,
    infer_bureau_post,
    list_held,
)
from reportsearch.structure.report_years import Source, find_report_years
from reportsearch.structure.titles import (
    SENTENCE_MARK,
    find_government_opening,
    find_kind,
    find_run_on_title,
    find_title_block,
    is_heading,
    read_title,
)

_MAX_OPENING_CHARS = 1_500
"""Maximum number of characters of the opening that are searched."""
_MAX_OPENING_LINES = 600
_MAX_HEAD_LINES = 150
"""Number of lines in which a table of contents begins and ends."""
_FOOT_LINES = 4
_MAX_FOOT_CHARS = 40
_MAX_END_CHARS = 200
"""Maximum number of characters at the end that are searched for the official's name."""
_NEAR_CHARS = 3_000
"""Number of characters in which another name tells which of two places is meant."""
_NATION = re.compile("国务院|全国人民代表大会")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata values, their origins and words, and doubts about them.

    ``posts``, ``division``, ``words`` and ``inferred`` are as in ``ReportInfo``.
    """

    values: dict[str, str | int | None]
    origin: dict[str, str]
    doubts: dict[str, str] = field(default_factory=dict)
    body_start: int = 0
    posts: tuple[str, ...] = ()
    division: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    inferred: tuple[str, ...] = ()


def find_metadata(
    text: str,
    name: str,
    given: Mapping[str, tuple[str, str]],
    lexicon: Lexicon,
    published: str | None = None,
) -> Metadata:
    """Read the metadata of a clean text.

    ``name`` is the file's name without its suffix, used for what the text does not state. ``given``
    are values from the sidecar or the row, each with its origin: what depends on a value is read
    with it.
    """
    lines = split_lines(text)
    contents = find_contents(lines[:_MAX_HEAD_LINES])
    lines = [line for number, line in enumerate(lines) if number not in contents]
    block, number = find_title_block(lines)
    finder = _MetadataFinder(text, lines, block, name, given, lexicon)
    finder.find_title(number)
    kind = finder.find_kind()
    finder.find_posts()
    finder.find_region()
    finder.find_level()
    finder.find_official()
    years = find_report_years(
        text,
        finder.title,
        finder.block,
        finder.opening,
        finder.foot,
        name=name,
        kind=find_kind(given.get("kind", ("", ""))[0]) or kind,
        published=published,
        given=find_year(given.get("year", ("", ""))[0]),
    )
    found = finder.found
    values = found.values | {"title": finder.title.text, "kind": kind}
    values |= {"year": years.year, "reported_year": years.reported_year, "date": years.date}
    origin = {key: "text" for key, value in values.items() if value is not None}
    origin |= found.origin | years.origin
    if years.reported_year and "reported_year" not in years.words and "year" in given:
        origin["reported_year"] = given["year"][1]
    if kind == OTHER_KIND:
        del origin["kind"]
    after = [line for line in lines if not block or line.start > block[-1].start]
    return Metadata(
        values,
        origin,
        found.doubts | years.doubts,
        after[0].start if after and block else 0,
        tuple(dict.fromkeys(found.posts)),
        found.division,
        {key: value for key, value in sorted((found.words | years.words).items()) if value},
        tuple(sorted(found.inferred | years.inferred)),
    )


@dataclass(slots=True)
class _Found:
    """What has been found so far."""

    values: dict[str, str | int | None] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    inferred: set[str] = field(default_factory=set)
    doubts: dict[str, str] = field(default_factory=dict)
    posts: list[str] = field(default_factory=list)
    division: str | None = None

    def set(self, key: str, value: str, words: str, origin: str) -> None:
        """Set a value, with the words that it was read from."""
        self.values[key], self.words[key], self.origin[key] = value, words, origin


class _MetadataFinder:
    """A search for metadata values, from the most reliable place to the least."""

    def __init__(
        self,
        text: str,
        lines: list[TextLine],
        block: list[TextLine],
        name: str,
        given: Mapping[str, tuple[str, str]],
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.given = given
        self.lexicon = lexicon
        self.block = [line.text.lstrip("# ") for line in block]
        opening: list[str] = []
        for line in lines[len(block) :]:
            if is_heading(line.text) or sum(map(len, opening)) > _MAX_OPENING_LINES:
                break
            opening.append(line.text)
        self.opening = "\n".join(opening)[:_MAX_OPENING_CHARS]
        self.foot = [
            line.text
            for line in lines[-_FOOT_LINES:]
            if len(line.text) < _MAX_FOOT_CHARS and not SENTENCE_MARK.search(line.text)
        ]
        self.name = name
        self.title = Source(name, "name")
        self.head: PostList | None = None
        self.found = _Found(values=dict.fromkeys(("post", "region", "level", "official")))

    def find_title(self, number: int | None) -> None:
        """Find the title; the file's name stands for one that is missing."""
        given, giver = self.given.get("title", ("", ""))
        if given:
            self.title = Source(given, giver)
        elif number is None and (run_on := find_run_on_title(self.text)):
            self.title = Source(run_on)
        elif number is None:
            self.found.doubts["title"] = Message(
                "no title line found; the file name is used instead"
            )
        else:
            self.title = Source(read_title(self.block, number))
        self.found.origin["title"] = self.title.origin
        self.found.words["title"] = "" if given else self.title.text

    def _list_sources(self) -> list[Source]:
        """Return the places to search, most reliable first."""
        return [
            self.title,
            *map(Source, self.block),
            Source(self.name, "name"),
            *map(Source, self.foot),
            Source(self.opening),
        ]

    def find_kind(self) -> str:
        """Return the kind that the title, the block or the file's name states."""
        for source in self._list_sources()[: len(self.block) + 2]:
            kind = find_kind(source.text)
            if kind:
                self.found.origin["kind"] = source.origin
                self.found.words["kind"] = source.text
                return kind
        words = find_government_opening(self.opening)
        if words:
            self.found.origin["kind"], self.found.words["kind"] = "text", words
            return GOVERNMENT_WORK_REPORT
        self.found.doubts["kind"] = Message("the title does not name the kind of report")
        return OTHER_KIND

    def find_posts(self) -> None:
        """Find the post held at the end, and all that the opening declares."""
        held = list_held(find_posts(self.opening, self.lexicon), self.opening)
        for source in self._list_sources()[:-1]:
            lists = find_posts(source.text, self.lexicon)
            if lists:
                self._set_post(lists[0], source, held)
                break
        else:
            if held:
                self._set_post(held[-1], Source(self.opening), held)
        posts = [post.name for one in held for post in one.posts]
        if not posts and self.head:
            posts = [post.name for post in self.head.posts]
        main = self.found.values["post"]
        if main is None:
            main = self._infer_post()
        if isinstance(main, str) and main not in posts:
            posts.append(main)
        self.found.posts = find_left_organs(self.opening, self.lexicon) + posts

    def _set_post(self, one: PostList, source: Source, held: list[PostList]) -> None:
        self.head = one
        words = source.text[one.posts[0].start : one.posts[-1].end]
        others = [post for each in held for post in each.posts]
        name = choose_full_name(one.main, others, self.block, self.lexicon)
        self.found.set("post", name, words, source.origin)

    def _infer_post(self) -> str | None:
        places = [source.text for source in self._list_sources()[:-1]]
        post = infer_bureau_post(self.opening, places, self.lexicon)
        if post:
            self.found.set("post", post, "", "text")
            self.found.inferred.add("post")
        else:
            self.found.doubts["post"] = Message(
                "the post is not in the title, opening or last lines"
            )
        return post

    def find_region(self) -> None:
        """Find the place of the office: that of the post's level, in the longest form given."""
        given = self.given.get("region", ("", ""))[0]
        if given:
            place = locate(given, self.lexicon.divisions)
            self.found.values["region"] = given
            self.found.division = self._find_division(place) if place else None
            return
        candidates = list(self._iter_places())
        level = self._list_levels()
        if level:
            lowest = max(RANKS[one] for one in level)
            reached = [one for one in candidates if RANKS[one[0].level] <= lowest]
            candidates = [one for one in reached if one[0].level in level] or reached
        if not candidates:
            self._set_nation()
            return
        first = candidates[0][0].text
        # 戊镇 in the title and 甲县戊镇 in the opening: use the longest form.
        longer = [one for one in candidates if one[0].text.endswith(first)]
        place, source = max(longer, key=lambda one: len(one[0].text))
        self.found.set("region", place.region, place.text, source.origin)
        self.found.division = self._find_division(place)
        if self.found.division and self.found.division != place.region:
            self.found.inferred.add("division")

    def _iter_places(self) -> Iterator[tuple[Place, Source]]:
        if self.head and self.head.place:
            yield self.head.place, Source(self.found.words["post"], self.found.origin["post"])
        for source in self._list_sources():
            in_head = source.text in (self.title.text, self.name, *self.block)
            for place in find_places(source.text, self.lexicon.divisions, needs_organ=not in_head):
                yield place, source

    def _set_nation(self) -> None:
        match = _NATION.search("\n".join((self.title.text, *self.block, self.opening)))
        if match:
            self.found.set("region", NATION, match[0], "text")
        else:
            self.found.doubts["region"] = Message(
                "the place is not in the title, opening or last lines"
            )

    def _find_division(self, place: Place) -> str | None:
        """Return the whole line of a place, if the list or the text leaves only one."""
        division = place.division
        if division is None:
            known = [found for found in place.listed if found]
            near = [
                one
                for one in (known[-1] if known else ())
                if any(name[:2] in self.text[:_NEAR_CHARS] for name in one.names[:-1])
            ]
            if len(near) != 1:
                return None
            division = near[0]
        below = [part for part, found in zip(place.parts, place.listed, strict=True) if not found]
        return division.line + "".join(below)

    def _list_levels(self) -> tuple[str, ...]:
        """Return the levels that the post can have, or nothing if it tells none."""
        return list_levels(self.head.unit) if self.head else ()

    def find_level(self) -> None:
        """Find the level: that of the place, of the post, or of the bodies that led the work."""
        given_post = self.given.get("post", ("", ""))[0]
        post = given_post or str(self.found.values["post"] or "")
        region = self.found.values["region"]
        region = region if isinstance(region, str) else None
        place = locate(region, self.lexicon.divisions) if region else None
        levels = list_levels_of_post(given_post) or self._list_levels()
        head = "\n".join((self.title.text, *self.block))
        found = find_level(self.text, head, region, place, post, levels, self.lexicon.metadata)
        if found is None:
            return
        words = found.words or self.found.words.get(found.source, "")
        origin = self.found.origin.get(found.source, "text")
        if found.source in self.given:
            words, origin = "", self.given[found.source][1]
        self.found.set("level", found.level, words, origin)
        if found.is_inferred:
            self.found.inferred.add("level")
        if found.doubt:
            self.found.doubts["level"] = found.doubt

    def find_official(self) -> None:
        """Find the name of the official, where the text gives it as its author's."""
        name = next(self._iter_names(), None)
        if name:
            self.found.set("official", name.name, name.words, "text")

    def _iter_names(self) -> Iterator[Name]:
        lexicon = self.lexicon
        at_end = self.text[-_MAX_END_CHARS:]
        for line in (*self.block, *self.foot, at_end, self.opening):
            yield from filter(None, [find_labelled_name(line, lexicon)])
        for line in (self.title.text, *self.block, *self.foot):
            for one in find_posts(line, lexicon):
                first, last = one.posts[0].start, one.posts[-1].end
                if line == self.title.text:
                    yield from filter(None, [find_name_in_title(line, first, last, lexicon)])
                yield from filter(None, [find_name_beside_post(line, first, last, lexicon)])
                yield from filter(None, [find_name_in_caption(line, first, last, lexicon)])
            yield from filter(None, [find_name_before_post(line, lexicon)])
        for before, line in (*pairwise(self.block), *(("", line) for line in self.foot)):
            yield from filter(None, [find_lone_name(line, lexicon, before=before)])
        yield from filter(None, [find_stated_name(self.opening, lexicon)])
        for one in find_posts(self.opening[:_MAX_END_CHARS], lexicon):
            first, last = one.posts[0].start, one.posts[-1].end
            yield from filter(None, [find_name_in_caption(self.opening, first, last, lexicon)])
