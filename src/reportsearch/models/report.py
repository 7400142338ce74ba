"""A report with everything that was recognised in it, and what a run of ``index`` did."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a report can say about itself, in the order in which it is shown. The same names are the
# columns of metadata.csv, the fields of a row, and the fields of a query.
METADATA_FIELDS = (
    "title",
    "kind",
    "year",
    "date",
    "post",
    "level",
    "region",
    "official",
    "source",
)


PERSONAL_FIELDS = ("official", "report")
"""Fields each of whose values is one person's."""
SIDECAR = "metadata.csv"
"""The file in a folder of reports that tells what is known of them."""
EXCLUDE_COLUMN = "exclude"
"""The column of the sidecar that leaves a report out of the index."""
OTHER_KIND = "其他"
GOVERNMENT_WORK_REPORT = "政府工作报告"
"""A kind of report that is given at the beginning of the year that it is called after."""
KINDS = ("述职报告", "履职情况报告", "述职述廉报告", "工作总结", GOVERNMENT_WORK_REPORT, OTHER_KIND)
OCR = "pdf-ocr"
"""The reader of a report some of whose text was recognised on pictures of pages."""
LEVELS = ("国家", "省", "市", "县", "乡")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A portfolio and the words of the text that point to it."""

    portfolio: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Duty:
    """One item of what an official is in charge of, as the opening sentences list it.

    ``role`` is 主持 (heads it), 分管 (in charge), 协助 (assists with) or 联系 (liaison).
    ``portfolio`` is the canonical name, or None when the item is in no known portfolio.
    """

    item: str
    portfolio: str | None
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered or otherwise set-off part of a report.

    ``level`` is 1 for the outermost numbering of the report. ``start`` and ``end`` span the
    section with its heading and its subsections, ``heading_end`` is where the heading stops.
    ``parent`` is the position of the enclosing section in :attr:`Report.sections`.
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
        """``REPORT#N``; N counts from 1."""
        return f"{self.report}#{self.number}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a report that the program is unsure of."""

    report: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """What is known about a report, without its text.

    ``origin`` tells for each metadata field where its value came from: ``text``, ``name`` (the
    file's name), ``sidecar`` (metadata.csv) or ``row`` (a row of a .jsonl or .csv file).
    ``declared`` are the canonical portfolios of the opening sentences, ``portfolios`` those that
    some section is about; both in order of first mention. ``reader`` is the kind of file
    that it was read from: text, docx, pdf, pdf-ocr (pictures of pages), html, mht, ofd, doc, rtf,
    odt, word-xml or row.
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
    source: str | None = None
    declared: tuple[str, ...] = ()
    portfolios: tuple[str, ...] = ()
    origin: dict[str, str] = field(default_factory=dict)
    sha256: str = ""
    chars: int = 0
    reader: str = ""

    @property
    def is_ocr(self) -> bool:
        """Whether some of its text was recognised on pictures of pages, and may have slips."""
        return self.reader == OCR

    @property
    def sort_date(self) -> str:
        """By which reports are sorted: the year reported on, and within it the date."""
        year = str(self.year) if self.year else (self.date or "")[:4]
        return f"{year} {self.date or ''}".strip()


@dataclass(frozen=True, slots=True)
class Report:
    """A duty report: its clean text and everything that was recognised in it."""

    info: ReportInfo
    text: str
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    duties: tuple[Duty, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def id(self) -> str:
        """The report's id: its row's, or its path below the indexed folder."""
        return self.info.id

    @property
    def title(self) -> str:
        """The report's title."""
        return self.info.title

    @property
    def portfolios(self) -> tuple[str, ...]:
        """The canonical portfolios that its sections are about."""
        return self.info.portfolios


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or row that could not be read, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A report that is left out of the index: its id in the sidecar ``sidecar``, which says so."""

    report: str
    sidecar: str


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What a run of ``index`` did. ``reports`` and ``passages`` count what the index now holds.

    ``excluded`` are the ids of what was left out because the sidecar says so.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    unsure: tuple[Doubt, ...]
    excluded: tuple[str, ...]
    reports: int
    passages: int
    seconds: float
