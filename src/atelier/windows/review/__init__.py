"""Talks that were given: their list, one of them looked back on, one of them played again."""
