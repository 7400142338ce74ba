"""The facts of a report: figures, documents, projects and times; pure functions of its text.

``extraction.py`` reads a report line by line (``lines.py``). ``numbers.py`` reads numerals,
``quantities.py`` adds their measures (``units.py``; ``counting.py`` tells what counts nothing,
``cells.py`` reads rows of tables), ``periods.py`` finds times, of which ``reach.py`` tells the one
that applies.
``words.py`` cuts a line into words, from which ``names.py`` takes what a quantity measures:
``leads.py`` is what stands between, ``before.py`` and ``after.py`` the noun phrases on both sides,
``carried.py`` what was told before. ``citations.py`` finds documents, ``projects.py`` works
(``works.py``, ``told.py``) by the verbs beside them (``states.py``), and ``groups.py`` tells which
figures are the same.
"""

from __future__ import annotations

from reportsearch.nlp.facts.extraction import Extraction

__all__ = ["Extraction"]
