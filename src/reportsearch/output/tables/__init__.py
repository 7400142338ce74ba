"""Output of each command: tables for people, JSON and CSV for programs."""
