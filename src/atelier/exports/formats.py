"""The formats that a deck can be exported in, by the names they have on the command line; what they leave to choose."""

from __future__ import annotations

from typing import Final

PDF, PNG, HTML, PPTX, HANDOUT = "pdf", "png", "html", "pptx", "handout"
FORMATS: Final = (PDF, HTML, HANDOUT, PPTX, PNG)
PER_PAGE: Final = (1, 2, 3, 6)
"""Stops on a sheet of a handout."""
PAPERS: Final = ("a4", "letter")
