"""Atelier: decks in plain Markdown, on a canvas one flies through."""

__version__ = "0.1.0"
