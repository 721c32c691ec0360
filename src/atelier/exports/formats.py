"""The formats that a deck can be exported in, by the names they have on the command line; what they leave to choose."""

from __future__ import annotations

from typing import Final

PDF, PNG, HTML, PPTX, DOCX, HANDOUT = "pdf", "png", "html", "pptx", "docx", "handout"
FORMATS: Final = (PDF, HTML, HANDOUT, PPTX, DOCX, PNG)
PER_PAGE: Final = (1, 2, 3, 6)
"""Stops on a sheet of a handout."""
PAPERS: Final = ("a4", "letter")
