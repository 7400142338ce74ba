"""What is computed over passages and texts: pure functions, which know nothing of an index."""
