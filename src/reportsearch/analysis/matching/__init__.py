"""Equal and nearly equal text, and formulae.

Texts are compared by their letters and digits, normalised; punctuation, white space and ``*`` are
left out (``comparable.py``). A masked figure thus equals nothing, but a sentence copied with its
masked figures is still one match. A match is a string that two texts share and that cannot be
extended on either side.

One text with all others (``exact_matches.py``): every window of eight characters (a gram) is looked
up in all texts at once, and hits on one diagonal, at the same distance in both texts, form one
match. Nothing is sampled, and frequent grams are not dropped. All texts with all others
(``all_pairs.py``): all windows are numbered by sorting (``suffix_array.py``), so that the work
grows with the text and with the matches, not with the number of pairs.
``tests/analysis/matching/brute_force.py`` does the same in nested loops, and tests compare both
with it.

A formula is a string of at least eight characters without digits that occurs in the reports of many
officials: the square root of their number, and at least four, so that a few neighbours do not make
one. The set phrases of the word lists are always formulae. ``formulae.py`` finds those of one text
and a whole index, ``formula_index.py`` those of a single passage: the postings of the tf–idf index
show which reports can contain a gram, and only these are read.

Edited matches (``edited_matches.py``) are chains of exact matches with short gaps, extended by an
alignment and kept if enough of them is equal. ``alignment.py`` compares two passages by greedy
string tiling. ``shared_sentences.py`` turns matches, which may begin inside a number, into
sentences for readers, without cutting numbers, Latin words or paragraphs.
"""
