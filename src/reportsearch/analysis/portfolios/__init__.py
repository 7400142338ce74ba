"""Portfolios: what officials declare and report on, side by side, and how alike they are.

``rows.py`` tells which reports are asked about and what the rows of the table are, ``tally.py``
counts a row, ``table.py`` makes the table of them. ``side_by_side.py`` goes into one portfolio,
with ``shared.py`` for text in common and ``remarks.py`` for weaknesses and plans; ``similarity.py``
compares officials with one another.
"""
