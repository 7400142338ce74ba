"""Sentences that describe figures, in Chinese and English."""
