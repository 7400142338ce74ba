"""The values that pass between the parts of the program: frozen dataclasses without behaviour.

Offsets count characters (code points) of a report's *clean text*, :attr:`Report.text`. Spans are
half-open, ``[start, end)``.
"""
