"""Word files: text with automatic numbers, notes, text boxes and accepted changes."""
