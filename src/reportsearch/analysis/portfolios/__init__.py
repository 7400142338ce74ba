"""Comparison of portfolios: what officials declare, what they report on, and how similar they are.

``structure/portfolio_assignment.py`` assigns portfolios to passages. A portfolio's share of a
report is the number of non-blank characters in the passages about it, divided by the number in all
passages. A passage about several portfolios counts in full for each (``share``) or in equal parts
(``divided``). A portfolio that the opening declares but no passage is about is "not reported"; the
reverse is "not declared" (``portfolio_counts.py``; the table is in ``table.py``). Reports are read
one at a time, and only passage ids are kept.

Within one portfolio (``side_by_side.py``) officials are compared by the facts, keywords, shared
text, weaknesses and plans of its passages. In a passage about several portfolios, sentences that
point only to another one are excluded. Shared text is searched in these passages only, but formulae
are those of the whole index.

Rows of the figure table use a wider rule than groups across reports: 到位市外资金 may be in the row
of 到位资金, since each cell shows its own name. Different units, plans and results, and changes and
levels are never mixed. A name that says nothing alone (支出) gets its own row.
``tests/gold/figure_rows.json`` was written before the rule. A figure without a year gets the year
of its report, marked as inferred, and a planned one the year after.

The similarity of officials is the cosine similarity of their tf–idf vectors, with and without
formulae (``official_similarity.py``), in the order of the leaves of a cluster tree
(``seriation.py``). Weights are whole numbers, so sums are exact and equal inputs always give equal
orders.
"""
