"""Windows and panels, with Qt Widgets."""
