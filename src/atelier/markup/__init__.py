"""Markdown to typed blocks with their source lines. No Qt."""
