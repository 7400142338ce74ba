"""What of a report goes into a summary; pure functions over folded sentences.

``clauses.py`` tells which stretches of a sentence stand alone, ``content.py`` what they say and
what that is worth, ``choosing.py`` which of them are taken.
"""
