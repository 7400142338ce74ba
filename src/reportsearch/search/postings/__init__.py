"""Postings of words and of pairs of characters: which passages contain a key, and how often.

``keys.py`` extracts the keys from texts, ``builder.py`` builds the postings of many passages block
by block, ``segment.py`` holds those of consecutive passages as arrays and merges them, and
``files.py`` writes and reads them.
"""
