"""Which words and phrases set some passages apart: candidates, their weight, and which are left."""
