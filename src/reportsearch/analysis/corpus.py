"""What the methods of an archive work on: its reports and word lists, and what is derived of them.

What is derived belongs to a commit and is made when it is first asked for, or when the commit is
another one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import validation as arguments
from reportsearch.errors import ExtractError, NotFoundError, QueryError
from reportsearch.files import real
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Passage, Report
from reportsearch.models.reuse import Draft
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.search import report_lookup as lookup
from reportsearch.search.engine import Engine
from reportsearch.tokenizer import Tokenizer

if TYPE_CHECKING:
    from reportsearch.analysis.matching.formulae import Phrases
    from reportsearch.analysis.matching.source_texts import Collection
    from reportsearch.search.sentence_model import SentenceModel
    from reportsearch.search.tfidf_index import Vectors

Progress = Callable[[int, int], None]
"""Is called with what is done and all."""
Told = Callable[[int, int, str], None]
"""The same with what is being done; all is 0 where it is not known."""


def stage(told: Told | None, name: str) -> Progress | None:
    """The progress of one stage of what is told."""
    return None if told is None else lambda done, all_: told(done, all_, name)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


class Holdings:
    """An engine with its word lists; ``base`` is what paths of files are relative to."""

    def __init__(self, engine: Engine, base: Path, words: Lexicon, tokenizer: Tokenizer) -> None:
        self.engine = engine
        self.base = base
        self.words = words
        self.tokenizer = tokenizer
        self._models: dict[str | None, SentenceModel] = {}
        self._collected: Collection | None = None
        self._compared: Vectors | None = None
        self._text = ("", "")

    @cached_property
    def phrases(self) -> Phrases:
        """The set phrases of the word lists, to be looked for in texts."""
        from reportsearch.analysis.matching.formulae import Phrases
        from reportsearch.comparable import compared

        return Phrases(compared(fold(phrase)) for phrase in self.words.set_phrases)

    def show(self, report: str) -> Report:
        """The report whose id or title is ``report``, or contains it, or that was read from a file.

        Raises NotFoundError.
        """
        try:
            return self.engine.report(lookup.report_id(self.engine.infos(), report))
        except NotFoundError as error:
            is_file = _is_file(report)
            ids = self.read_from(report) if is_file else ()
            if len(ids) == 1:
                return self.engine.report(ids[0])
            if is_file:
                raise NotFoundError(
                    f"{error}; the file of this name is not indexed: index it, or give it to reuse "
                    f"with --against, to similar and facts with --file"
                ) from error
            raise

    def passage(self, name: str) -> Passage:
        """The passage ``REPORT#N``. Raises NotFoundError."""
        report, number = lookup.passage(name)
        found = self.show(report)
        if not 1 <= number <= len(found.passages):
            raise NotFoundError(
                f"{found.id} has no passage {number}; it has 1 to {len(found.passages)}"
            )
        return found.passages[number - 1]

    def draft(self, file: str | Path | Draft, official: str | None = None) -> Report:
        """The report in a file that is not in the index. Raises ExtractError.

        Where the file is in the index all the same, it is of the official that the index names.
        """
        from reportsearch.analysis import drafts

        if isinstance(file, Draft):
            arguments.official(official)
            return drafts.read(file, self.words, self.tokenizer, official=official)
        if not str(file).strip():
            # Path("") is the working folder: most often a variable that is not set.
            raise ExtractError("the file has no name; check the command, or what made it")
        arguments.official(official)
        if official is None:
            known = {info.id: info.official for info in self.engine.infos()}
            official = next((known[own] for own in self.read_from(file)), None)
        return drafts.read(Path(file), self.words, self.tokenizer, official=official)

    def report_or_draft(
        self, report: str | None, file: str | Path | Draft | None, official: str | None
    ) -> Report | None:
        """The report of the index, or the one in a file, that is asked about; None for neither."""
        if report is not None and file is not None:
            raise QueryError("give a report of the index or a file, not both")
        if official is not None and file is None:
            raise QueryError("official tells whose a file is; give the file by against")
        if report is not None:
            return self.show(report)
        return self.draft(file, official) if file is not None else None

    def read_from(self, path: str | Path | Draft) -> tuple[str, ...]:
        """The ids of the reports that were read from a file; of one in memory that is not known."""
        if isinstance(path, Draft):
            return ()
        try:
            wanted = real(path)
        except (OSError, ValueError):
            # What cannot be the name of a file: too long, or with a NUL.
            return ()
        return tuple(
            report_id
            for report_id, origin in sorted(self.engine.origins().items())
            if real(self.base / origin.path) == wanted
        )

    def meeting(
        self, where: query.Where, text: str | None = None
    ) -> Mapping[str, Sequence[int]] | None:
        """The numbers of the passages that meet filters and a query, by report; None without any.

        Raises QueryError.
        """
        nodes: list[query.Node] = list(query.filters(where, self.words))
        if text is not None:
            nodes.insert(0, query.parse(text, self.tokenizer, self.words).node)
        return self.engine.meeting(query.And(tuple(nodes))) if nodes else None

    def portfolios(self, where: query.Where) -> frozenset[str]:
        """The canonical portfolios that filters ask for. Raises QueryError."""
        return frozenset(
            one.value for one in query.filters(where, self.words) if one.field == "portfolio"
        )

    def collection(self, progress: Progress | None = None) -> Collection:
        """The compared characters of all reports; ``progress``: the reports read, and all."""
        from reportsearch.analysis.matching.source_texts import Collection

        if self._collected is None or self._collected.commit != self.engine.commit():
            self._collected = Collection.of(self.engine, progress)
        return self._collected

    def vectors(self, progress: Progress | None = None) -> Vectors:
        """All passages, to be compared with texts; ``progress``: the passages done, and all."""
        from reportsearch.search.tfidf_index import Vectors

        if self._compared is None or self._compared.commit != self.engine.commit():
            self._compared = Vectors.of(self.engine, self.tokenizer, progress)
        return self._compared

    def text(self, progress: Progress | None = None) -> str:
        """All passages' folded texts, each ended by a line end; ``progress`` as in collection."""
        if self._text[0] != self.engine.commit():
            reports = len(self.engine.origins())
            texts = []
            for number, (_, folded) in enumerate(self.engine.texts(), 1):
                texts.append(folded)
                if progress:
                    progress(number, reports)
            self._text = self.engine.commit(), "".join(texts)
        return self._text[1]

    def model(self, named: str | Path | bool) -> SentenceModel:
        """The model for ``semantic``; True for the one that comes with the extra.

        Raises QueryError, SentenceModelError.
        """
        from reportsearch.search import sentence_model as semantic

        if named == "":
            raise QueryError("the model for semantic has no name; give its folder or file")
        name = None if named is True else str(named)
        if name not in self._models:
            self._models[name] = semantic.load(name)
        return self._models[name]
