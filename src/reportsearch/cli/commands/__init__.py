"""One module a command: its options, its checks, its run. The parser finds the modules here."""
