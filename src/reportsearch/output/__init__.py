"""What people and programs read: tables, CSV, JSON, Word files, printable pages, plots."""
