"""Words and phrases of passages: which can be terms, where they occur, how often, how rare.

``candidates.py`` decides by parts of speech what can be a term, ``collocations.py`` by how often
words co-occur. ``token_text.py`` and ``occurrences.py`` store the words of many passages as arrays,
``corpus_counts.py`` counts in the whole index, ``idf.py`` weighs by rarity, and ``patterns.py``
builds regular expressions from word lists.
"""
