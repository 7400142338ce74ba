"""Search: the query language, the engines that answer it, and how hits are ranked and shown.

A question becomes a :class:`~reportsearch.search.query.Query` (``query/``), an engine answers it
with passages grouped by report, and ``ranking.py``, ``highlight.py``, ``concordance.py`` and
``explain.py`` work the same way for every engine.

Matching is on substrings, not on words. A search by the words of a Chinese segmenter loses one
dictionary word in five, because the text is cut differently from the query. So words only rank
passages, except for a pasted text, whose words also select them. A run of characters matches a
passage that contains it, one of its synonyms, or all the words it consists of.

``engine.py`` is the contract of an engine. ``memory/`` answers by looking at every passage: it is
slow and obviously right. ``whoosh/`` keeps an index on disk. ``tests/search/test_contract.py``
compares each engine with the one in memory on random corpora: the same set, counts, order and
scores to the last bit, because all add the same terms in the same order.

To add an engine, write its folder and open it in ``open_engine.py``; ``tests/search/engines.py``
lists the engines that the contract test compares. ``tfidf_index/`` is no engine: it finds the
passages most similar to a text, from data derived from whatever an engine stores.
"""
