"""The reports and word lists that the methods of an archive work on, and data derived from them.

Derived data belongs to a commit. It is built on first use, and rebuilt when the commit changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reportsearch import validation
from reportsearch.errors import ExtractError, Message, NotFoundError, QueryError
from reportsearch.files import resolve_path
from reportsearch.lexicon import Lexicon
from reportsearch.models.progress import Progress, StagedProgress
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.models.reuse import Draft
from reportsearch.normalise import fold
from reportsearch.search import query, report_lookup
from reportsearch.search.engine import Engine
from reportsearch.tokenizer import Tokenizer

if TYPE_CHECKING:
    from reportsearch.analysis.matching.formula_index import FormulaIndex
    from reportsearch.analysis.matching.formulae import SetPhraseIndex
    from reportsearch.analysis.matching.source_texts import SourceTexts
    from reportsearch.search.sentence_model import SentenceModel
    from reportsearch.search.tfidf_index import TfidfIndex

Item = TypeVar("Item")
PassageNumbers = Mapping[str, Sequence[int]]
"""Passage numbers by report."""

REPORT_NEEDED = {
    "facts": Message("to read; facts_of_all reads all reports"),
    "reuse": Message("to compare with others; reuse_pairs compares all reports"),
    "year_on_year": Message("to compare with the previous one"),
}
"""Methods of the archive that need a report or a file: why, and which method needs none."""


def bind_stage(progress: StagedProgress | None, stage: Message) -> Progress | None:
    """Return the progress callback of one stage."""
    return None if progress is None else lambda done, all_: progress(done, all_, stage)


def start_stage(progress: StagedProgress | None, stage: Message) -> None:
    """Report the start of a stage of unknown length."""
    if progress:
        progress(0, 0, stage)


def track(items: Sequence[Item], progress: Progress | None) -> Iterator[Item]:
    """Yield items, reporting before each how many are done."""
    for done, item in enumerate(items):
        if progress:
            progress(done, len(items))
        yield item


def select_passages(report: Report, matching: PassageNumbers | None) -> list[Passage]:
    """Return the matching passages of a report; all if ``matching`` is None."""
    if matching is None:
        return list(report.passages)
    return [report.passages[number - 1] for number in matching.get(report.id, ())]


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=4)
def _index_set_phrases(lexicon: Lexicon) -> SetPhraseIndex:
    from reportsearch.analysis.matching.formulae import SetPhraseIndex
    from reportsearch.comparable import to_comparable

    return SetPhraseIndex(to_comparable(fold(phrase)) for phrase in lexicon.set_phrases)


class Corpus:
    """An engine with its word lists; paths of files are relative to ``base``."""

    def __init__(self, engine: Engine, base: Path, lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        self.engine = engine
        self.base = base
        self.lexicon = lexicon
        self.tokenizer = tokenizer
        self._models: dict[str | None, SentenceModel] = {}
        self._source_texts: SourceTexts | None = None
        self._tfidf_index: TfidfIndex | None = None
        self._text = ("", "")

    @property
    def phrases(self) -> SetPhraseIndex:
        """Return an index of the set phrases of the word lists, to find them in texts."""
        return _index_set_phrases(self.lexicon)

    def find_report(self, report: str) -> Report:
        """Return the report found by id, title, a part of either, or the file it was read from.

        Raises NotFoundError.
        """
        try:
            return self.engine.report(
                report_lookup.find_report_id(self.engine.report_infos(), report)
            )
        except NotFoundError as error:
            is_file = _is_file(report)
            ids = self.find_ids_of_file(report) if is_file else ()
            if len(ids) == 1:
                return self.engine.report(ids[0])
            if is_file:
                raise NotFoundError(
                    "{error}; a file of this name exists but is not indexed: index it, or pass "
                    "it to reuse with --against, or to similar or facts with --file",
                    error=error,
                ) from error
            raise

    def find_passage(self, name: str) -> Passage:
        """Return the passage ``REPORT#N``. Raises NotFoundError."""
        report, number = report_lookup.parse_passage_id(name)
        found = self.find_report(report)
        if not 1 <= number <= len(found.passages):
            raise NotFoundError(
                "{id} has no passage {number}; its passages are 1 to {count}",
                id=found.id,
                number=number,
                count=len(found.passages),
            )
        return found.passages[number - 1]

    def read_draft(self, file: str | Path | Draft, official: str | None = None) -> Report:
        """Return the report in a file that is not in the index. Raises ExtractError.

        If the file is in the index after all, its official is the one that the index names.
        """
        from reportsearch.analysis import drafts

        infos = self.engine.report_infos()
        if isinstance(file, Draft):
            validation.check_official(official)
            return drafts.read_draft(file, self.lexicon, self.tokenizer, infos, official=official)
        if not str(file).strip():
            # Path("") is the working folder; most often an unset variable is the cause.
            raise ExtractError("the file name is empty; check the command")
        validation.check_official(official)
        if official is None:
            known = {info.id: info.person for info in infos}
            official = next((known[own] for own in self.find_ids_of_file(file)), None)
        return drafts.read_draft(Path(file), self.lexicon, self.tokenizer, infos, official=official)

    def find_report_or_draft(
        self, report: str | None, file: str | Path | Draft | None, official: str | None
    ) -> Report | None:
        """Return the requested report from the index or from a file; None if neither is given."""
        if report is not None and file is not None:
            raise QueryError("give a report of the index or a file, not both")
        if official is not None and file is None:
            raise QueryError("official says whose file it is; give the file with against")
        if report is not None:
            return self.find_report(report)
        return self.read_draft(file, official) if file is not None else None

    def require_report_or_draft(
        self, method: str, report: str | None, file: str | Path | Draft | None, official: str | None
    ) -> Report:
        """Return the same for a method that needs one of the two. Raises QueryError."""
        found = self.find_report_or_draft(report, file, official)
        if found is None:
            raise QueryError(
                "name the report or file {report_needed}", report_needed=REPORT_NEEDED[method]
            )
        return found

    def find_ids_of_file(self, path: str | Path | Draft) -> tuple[str, ...]:
        """Return the ids of the reports that were read from a file; none for a Draft in memory."""
        if isinstance(path, Draft):
            return ()
        try:
            wanted = resolve_path(path)
        except (OSError, ValueError):
            # Not a possible file name: too long, or with a NUL.
            return ()
        return tuple(
            report_id
            for report_id, origin in sorted(self.engine.origins().items())
            if resolve_path(self.base / origin.path) == wanted
        )

    def matching_passages(
        self, where: query.Where, text: str | None = None
    ) -> PassageNumbers | None:
        """Return the numbers of the passages that match filters and a query; None without either.

        Raises QueryError.
        """
        nodes: list[query.Node] = list(query.parse_filters(where, self.lexicon))
        if text is not None:
            nodes.insert(0, query.parse(text, self.tokenizer, self.lexicon).node)
        return self.engine.matching_passages(query.And(tuple(nodes))) if nodes else None

    def find_report_infos(self, matching: PassageNumbers | None) -> list[ReportInfo]:
        """Return the reports with matching passages, by id; all if ``matching`` is None."""
        infos = self.engine.report_infos()
        return [info for info in infos if matching is None or info.id in matching]

    def iter_passages(
        self, matching: PassageNumbers | None, progress: Progress | None = None
    ) -> Iterator[tuple[Report, list[Passage]]]:
        """Yield each report with its matching passages; all if ``matching`` is None.

        ``progress`` receives the number of reports read and the total.
        """
        for info in track(self.find_report_infos(matching), progress):
            report = self.engine.report(info.id)
            yield report, select_passages(report, matching)

    def resolve_portfolios(self, where: query.Where) -> frozenset[str]:
        """Return the canonical portfolios named in filters. Raises QueryError."""
        return frozenset(
            one.value
            for one in query.parse_filters(where, self.lexicon)
            if one.field == "portfolio"
        )

    def load_source_texts(self, progress: Progress | None = None) -> SourceTexts:
        """Return the compared characters of all reports; ``progress`` counts reports."""
        from reportsearch.analysis.matching.source_texts import SourceTexts

        if self._source_texts is None or self._source_texts.commit != self.engine.commit_id():
            self._source_texts = SourceTexts.of(self.engine, progress)
        return self._source_texts

    def load_formula_index(
        self,
        progress: Progress | None = None,
        *,
        formula_officials: int | None = None,
        excluded_reports: Iterable[str] = (),
    ) -> FormulaIndex:
        """Return an index of the formulae of passages, ignoring ``excluded_reports``."""
        from reportsearch.analysis.matching.formula_index import FormulaIndex

        source_texts = self.load_source_texts(progress)
        return FormulaIndex(
            self.load_tfidf_index(), source_texts, self.phrases,
            formula_officials or source_texts.formula_officials, frozenset(excluded_reports),
        )  # fmt: skip

    def load_tfidf_index(self) -> TfidfIndex:
        """Return the tf–idf index of all passages."""
        from reportsearch.search.tfidf_index import TfidfIndex

        if self._tfidf_index is None or self._tfidf_index.commit_id != self.engine.commit_id():
            self._tfidf_index = TfidfIndex(self.engine, self.tokenizer)
        return self._tfidf_index

    def load_folded_text(self, progress: Progress | None = None) -> str:
        """Return the folded texts of all passages, one per line; ``progress`` counts reports."""
        if self._text[0] != self.engine.commit_id():
            reports = len(self.engine.origins())
            texts = []
            for number, (_, folded) in enumerate(self.engine.texts(), 1):
                texts.append(folded)
                if progress:
                    progress(number, reports)
            self._text = self.engine.commit_id(), "".join(texts)
        return self._text[1]

    def load_model(self, model: str | Path | bool) -> SentenceModel:
        """Return the model for ``semantic``; True selects the one that comes with the extra.

        Raises QueryError, SentenceModelError.
        """
        from reportsearch.search import sentence_model

        if model == "":
            raise QueryError("the model for semantic is empty; give its folder or file")
        name = None if model is True else str(model)
        if name not in self._models:
            self._models[name] = sentence_model.load(name)
        return self._models[name]
