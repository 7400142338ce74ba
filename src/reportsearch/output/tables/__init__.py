"""How results look: tables for people, JSON and CSV for programs; a module for each command."""
