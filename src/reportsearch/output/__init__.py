"""Output formats for people and programs: tables, CSV, JSON, Word files, printable pages, plots."""
