"""The analyses, one folder each, named like its command; what several share lies beside them.

``terms`` cuts and counts words, ``matching`` finds equal text, ``corpus.py`` has what every
analysis works on, ``groups.py`` groups passages by a field. ``tests/test_layers.py`` holds their
order. An analysis takes reports and passages and returns a frozen dataclass of ``models``; it knows
nothing of how its answer is shown.
"""
