"""Works."""
from __future__ import annotations
class Works:
    def __init__(self, words): pass
    def find(self, words, *, is_plan): return []
