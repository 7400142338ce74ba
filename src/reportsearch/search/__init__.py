"""Search: the query language, the engines that answer it, and ranking and display of hits.

``query/`` parses a question into a :class:`~reportsearch.search.query.Query`. An engine answers it
with passages grouped by report. ``ranking.py``, ``highlight.py``, ``concordance.py`` and
``explain.py`` work the same way for every engine.

Matching is on substrings, not on words. A search by the words of a Chinese segmenter loses one
dictionary word in five, because the text is cut differently from the query. So words only rank
passages, except for a pasted text, whose words also select them. A run of characters matches a
passage that contains it, one of its synonyms, or all the words it consists of.

``engine.py`` is the contract of an engine. ``memory/`` looks at every passage, which makes it slow
but obviously correct. ``whoosh/`` keeps an index on disk. ``tests/search/test_contract.py``
compares each engine with the one in memory on random corpora. They must agree on hits, counts,
order and scores to the last bit, so all engines add the same terms in the same order.

To add an engine, write its folder and open it in ``open_engine.py``; ``tests/search/engines.py``
lists the engines that the contract test compares. ``tfidf_index/`` is not an engine: it finds the
passages most similar to a text, from the postings of any engine (``postings/``).
"""
