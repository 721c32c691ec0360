"""One talk as it happens. No Qt."""
