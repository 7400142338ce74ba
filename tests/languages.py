"""The texts of the program in both languages."""

from reportsearch.locale import CHINESE, ENGLISH, Translator

ZH, EN = Translator(CHINESE), Translator(ENGLISH)
