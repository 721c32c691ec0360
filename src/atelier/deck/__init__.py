"""Frozen types of a deck, loading, themes as data. No Qt."""
