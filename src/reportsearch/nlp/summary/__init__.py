"""What of a report goes into a summary; pure functions over folded sentences.

``clauses.py`` tells which stretches of a sentence stand alone, ``content.py`` what they say,
``about.py`` what they are about; ``reading.py`` makes units of them, ``stock.py`` arrays of these,
and ``choosing.py`` takes some.
"""
