"""A desktop's session bus that belongs to one test, and what listens on it."""
