"""Sentences composed from figures, in both languages."""
