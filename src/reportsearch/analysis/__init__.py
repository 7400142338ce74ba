"""The analyses, a folder each, named like its command; below them what several share."""
