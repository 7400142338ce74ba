"""Find equal and nearly equal text: suffix array, exact and edited matches, formulae."""
