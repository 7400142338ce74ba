"""The texts of pictures in English and Chinese: titles, axes, legends, captions, tables."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import CHINESE, LANGUAGES, Text, read_texts


def _read_plot_texts() -> dict[str, Text]:
    return {**read_texts("duties"), **read_texts("plots")}


@dataclass(frozen=True, slots=True)
class PlotTexts:
    """The texts of pictures in one language."""

    language: str

    def __call__(self, name: str, **values: object) -> str:
        """Return a text with its values filled in."""
        text = _read_plot_texts()[name][LANGUAGES.index(self.language)]
        return text.format(**values) if values else text

    @property
    def html_language(self) -> str:
        """Return the language as the ``lang`` attribute of an ``html`` element."""
        return "zh-CN" if self.language == CHINESE else "en"

    def format_reports(self, number: int) -> str:
        """Format a number of reports."""
        if self.language == CHINESE:
            return f"{number}份报告"
        return f"{number} report{'s' if number != 1 else ''}"

    def format_passages(self, number: int) -> str:
        """Format a number of passages."""
        if self.language == CHINESE:
            return f"{number}段"
        return f"{number} passage{'s' if number != 1 else ''}"

    def format_officials(self, number: int) -> str:
        """Format a number of officials."""
        if self.language == CHINESE:
            return f"{number}人"
        return f"{number} official{'s' if number != 1 else ''}"

    def format_field(self, field: str | None) -> str:
        """Return the name of a field by which reports are grouped, or the field itself."""
        return self(field) if field in _read_plot_texts() else str(field or "")

    def format_first_of(self, shown: int, of: int, what: str) -> str:
        """State how many of something are drawn; empty if all are."""
        return self("first_of", shown=shown, all=of, what=self(what)) if shown < of else ""

    def join_sentences(self, *parts: str) -> str:
        """Join the non-empty parts of a caption as sentences."""
        sentences = [part for part in parts if part]
        if self.language == CHINESE:
            return "".join(f"{part}。" for part in sentences)
        return " ".join(f"{part}." for part in sentences)

    def join_phrases(self, *parts: str) -> str:
        """Join the non-empty parts of a phrase."""
        return ("，" if self.language == CHINESE else ", ").join(part for part in parts if part)


def get_plot_texts(language: str) -> PlotTexts:
    """Return the texts of ``language``, ``en`` or ``zh``. Raises ValueError for others."""
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    return PlotTexts(language)
