"""The export dialog and what it is made of."""
