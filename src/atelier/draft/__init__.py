"""A deck, a path of it, or a talk as given, as one linear article before any output format."""
