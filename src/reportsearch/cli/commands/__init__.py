"""One module per command, with its options, checks and run. The parser finds the modules here."""
