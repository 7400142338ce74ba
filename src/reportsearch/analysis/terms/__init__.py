"""Terms of passages: candidates, collocations, counts and occurrences."""
