"""A report with everything recognised in it, and the summary of a run of ``index``."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportsearch.models.corrections import Correction

# The metadata of a report in display order. The same names are the columns of metadata.csv, the
# fields of a row, and the fields of a query.
METADATA_FIELDS = (
    "title",
    "kind",
    "year",
    "reported_year",
    "date",
    "post",
    "level",
    "region",
    "official",
    "source",
)


PERSONAL_FIELDS = ("official", "report")
"""Fields whose values each identify one person."""
SIDECAR = "metadata.csv"
"""The metadata file in a folder of reports."""
EXCLUDE_COLUMN = "exclude"
"""The column of the sidecar that excludes a report from the index."""
OTHER_KIND = "其他"
GOVERNMENT_WORK_REPORT = "政府工作报告"
"""A kind of report that is given at the beginning of the year in its title."""
KINDS = ("述职报告", "履职情况报告", "述职述廉报告", "工作总结", GOVERNMENT_WORK_REPORT, OTHER_KIND)
GIVEN_ORIGINS = frozenset({"sidecar", "row", "given"})
"""Origins of values that a user wrote."""
OCR = "pdf-ocr"
"""The reader of a report with text recognised (OCR) in images of pages."""
LEVELS = ("国家", "省", "市", "县", "乡", "村")


BASES = ("label", "heading", "words", "model", "neighbours", "post")
"""Why a passage has a portfolio: words of the lists in a run-in label, heading or the passage, its
wording by the model, the passages around it, or the field of the official's post."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A portfolio and the words of the text that point to it.

    ``basis`` is one of ``BASES``: where the words are, or how they were found. ``passage`` is the
    number of the passage that they are evidence for.
    """

    portfolio: str
    text: str
    start: int
    end: int
    basis: str = ""
    passage: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """One item of an official's duties, as listed in the opening sentences.

    ``role`` is 主持 (heads it), 分管 (in charge), 协助 (assists with) or 联系 (liaison).
    ``portfolio`` is the canonical name, or None when the item belongs to no known portfolio.
    """

    item: str
    portfolio: str | None
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report with a heading, numbered or otherwise set off.

    ``level`` is 1 for the outermost numbering of the report. ``start`` and ``end`` span the section
    with its heading and subsections; ``heading_end`` is the end of the heading. ``parent`` is the
    position of the enclosing section in :attr:`Report.sections`.
    """

    level: int
    heading: str
    start: int
    heading_end: int
    end: int
    parent: int | None
    portfolios: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: a paragraph, or a run of sentences of a long one, with its headings."""

    report: str
    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Return ``REPORT#N``; N counts from 1."""
        return f"{self.report}#{self.number}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a report that the program is unsure of.

    ``value`` is the value that it uses nevertheless, empty if none, and ``words`` are the words of
    the text that it was read from.
    """

    report: str
    field: str
    reason: str
    value: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """The metadata of a report, without its text.

    ``origin`` maps each metadata field to the origin of its value: ``text``, ``name`` (of the
    file), ``sidecar`` (metadata.csv) or ``row`` (of a .jsonl or .csv file). ``declared`` are the
    canonical portfolios of the opening sentences, ``portfolios`` those that some section is about;
    both in order of first mention.

    ``year`` is the year that the report calls itself by, ``reported_year`` the one that it reports
    on: a 政府工作报告 of January 2026 is of 2026 and reports on 2025. ``post`` is the post held at
    the end, ``posts`` are all posts held in the time reported on, in order. ``division`` is the
    whole line of administrative divisions down to ``region`` (甘肃省兰州市城关区) if it is known.
    ``words`` maps a field to the words of the text that its value was read from, and ``inferred``
    lists the fields whose values no text states.

    ``official`` is the name of a person, which other persons may have. ``person`` is the official
    as told apart from all others of the collection (甲县王建国); the engine adds it, since it
    depends on the other reports (``search/officials.py``). It is None if unknown, and in
    ``inferred`` unless a user gave the official.

    ``reader`` is the kind of file that was read: text, docx, pdf, pdf-ocr (images of pages), html,
    mht, ofd, doc, rtf, odt, word-xml or row.
    """

    id: str
    title: str
    kind: str = "其他"
    year: int | None = None
    date: str | None = None
    post: str | None = None
    level: str | None = None
    region: str | None = None
    official: str | None = None
    person: str | None = None
    source: str | None = None
    reported_year: int | None = None
    division: str | None = None
    posts: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    origin: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    inferred: tuple[str, ...] = ()
    sha256: str = ""
    chars: int = 0
    reader: str = ""

    def make_doubt(self, name: str, reason: str) -> Doubt:
        """Return a doubt about one of its fields."""
        value = getattr(self, name) if name in METADATA_FIELDS else None
        shown = "" if value is None else str(value)
        return Doubt(self.id, name, reason, shown, self.words.get(name, "") if shown else "")

    @property
    def is_ocr(self) -> bool:
        """Return whether some of its text comes from OCR and may have errors."""
        return self.reader == OCR

    def get_value(self, name: str) -> str | int | None:
        """Return the value of a field by which reports are grouped and counted."""
        value: str | int | None = getattr(self, "person" if name == "official" else name)
        return value

    @property
    def sort_date(self) -> str:
        """Return the sort key of reports: the year reported on, then the date."""
        year = str(self.year) if self.year else (self.date or "")[:4]
        return f"{year} {self.date or ''}".strip()


@dataclass(frozen=True, slots=True)
class Report:
    """A duty report: its clean text and everything recognised in it.

    ``evidence`` is that for the portfolios of the passages, in their order.
    """

    info: ReportInfo
    text: str
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    duties: tuple[Duty, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """Return the id: that of its row, or its path below the indexed folder."""
        return self.info.id

    @property
    def title(self) -> str:
        """Return the title."""
        return self.info.title

    @property
    def portfolios(self) -> tuple[str, ...]:
        """Return the canonical portfolios that its sections are about."""
        return self.info.portfolios


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or row that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A report excluded from the index: its id in ``sidecar``, the file that excludes it."""

    report: str
    sidecar: str


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """The changes made by a run of ``index``.

    ``repaired`` counts the reports of damaged files that were written again from what is stored of
    them. ``excluded`` are the ids of the reports that a sidecar excludes. ``lost`` are corrections
    made with the program that the sidecars no longer have, as changes that would put them back.
    ``reports`` and ``passages`` count the contents of the index after the run.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    repaired: int
    failed: tuple[Failure, ...]
    unsure: tuple[Doubt, ...]
    excluded: tuple[str, ...]
    lost: tuple[Correction, ...]
    reports: int
    passages: int
    seconds: float
