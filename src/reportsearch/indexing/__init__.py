"""Read files into the index: runs, staleness, corrections and exclusions."""
