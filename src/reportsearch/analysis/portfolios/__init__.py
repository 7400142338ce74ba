"""Portfolios: what officials declare and report on, side by side, and how alike they are.

A passage has the portfolios that ``structure/portfolio_assignment.py`` gave it. A portfolio's share
of a report is the number of characters, without blanks, of the passages about it, divided by those
of all passages; a passage about several counts for each of them (``share``), or for each in equal
parts (``divided``). A portfolio that the opening declares and no passage is about is not reported,
and the other way round not declared (``portfolio_counts.py``; the table is ``table.py``). Reports
are read one after another; only the ids of passages are kept.

Within one portfolio (``side_by_side.py``) officials are compared by facts, keywords, shared text,
weaknesses and plans of these passages; in a passage about several portfolios, sentences that point
to another one alone are left out. Shared text is looked for among these passages only, but formulae
are those of the whole index.

Figures of several officials are in one row by a wider rule than the one that groups them across
reports: 到位市外资金 may be in the row of 到位资金, since each cell shows its own name. Unlike
units, plans and results, changes and levels are never mixed, and a name that says nothing alone
(支出) has a row of its own. ``tests/gold/figure_rows.json`` was written before the rule. A figure
without a year has the year of its report, marked as inferred; a planned one the year after.

Officials are similar by the cosine of the TF-IDF of their words, with formulae and without
(``official_similarity.py``), in the order of a cluster tree's leaves (``seriation.py``). Weights
are whole numbers, so that sums are exact and equal inputs have equal orders.
"""
