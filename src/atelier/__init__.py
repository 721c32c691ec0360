"""Atelier: decks in plain Markdown, on a canvas one flies through."""
