"""The values that pass between the parts of the program: frozen, without behaviour.

Offsets are counted in characters (code points) of a report's *clean text*, which is kept in
:attr:`Report.text`; a span is half-open, ``[start, end)``.
"""
