"""The analyses, one folder each, named after its command, with shared modules next to them.

``terms`` segments and counts words, ``matching`` finds equal text, ``corpus.py`` has what every
analysis works on, and ``groups.py`` groups passages by a field. ``tests/test_layers.py`` enforces
their order. An analysis takes reports and passages and returns a frozen dataclass of ``models``; it
does not depend on how the result is shown.
"""
