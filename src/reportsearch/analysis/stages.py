"""The stages of long work, as its progress names them; they can be translated."""

from __future__ import annotations

from reportsearch.errors import Message

READING_REPORTS = Message("Reading reports")
READING_FIGURES = Message("Reading figures")
COUNTING_WORDS = Message("Counting words")
COUNTING_TERMS = Message("Counting terms")
EXTRACTING_KEYWORDS = Message("Extracting keywords")
FINDING_TERMS = Message("Finding the terms")
FINDING_BOILERPLATE = Message("Finding boilerplate")
EXTRACTING_TOPICS = Message("Extracting topics")
FINDING_EXAMPLES = Message("Finding examples")
SCORING_KEYWORDS = Message("Scoring keywords")
COMPARING_TOPIC_NUMBERS = Message("Comparing numbers of topics")
COMPARING = Message("Comparing")
SELECTING_SENTENCES = Message("Selecting sentences")
WRITING_METHOD_NOTE = Message("Writing the method note")
