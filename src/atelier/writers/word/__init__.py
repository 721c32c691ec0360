"""The parts of a Word document, as WordprocessingML (ECMA-376, transitional)."""
