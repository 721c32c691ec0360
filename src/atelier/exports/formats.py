"""The formats that a deck can be exported in, by the names they have on the command line; what they leave to choose."""

from __future__ import annotations

from typing import Final

PDF, PNG, HTML, PPTX, DOCX, HANDOUT, VIDEO = "pdf", "png", "html", "pptx", "docx", "handout", "video"
FORMATS: Final = (PDF, HTML, HANDOUT, PPTX, DOCX, PNG, VIDEO)
PER_PAGE: Final = (1, 2, 3, 6)
"""Stops on a sheet of a handout."""
PAPERS: Final = ("a4", "letter")
READING, PLANNED = "reading", "planned"
HOLDS: Final = (READING, PLANNED)
"""How long a film shows what says nothing itself: what its words take to be read, or the minutes of its frame."""
CODECS: Final = ("h264", "vp9", "av1")
"""Of a film, the one that most programs play first."""
RATES: Final = (1, 60)
"""The fewest and the most pictures a second of a film."""
