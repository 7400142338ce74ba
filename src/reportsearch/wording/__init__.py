"""What the printable reports say, whichever way they are written: names, figures, notes.

The pages of sheet/ and the Word documents of word/ say the same, and have it from here:
``reuse.py`` for a report's text reuse, ``yearly.py`` for a report set against the one before,
``common.py`` for both.
"""
