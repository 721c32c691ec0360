"""Blocks to a display list of positioned items, and its painting on any QPainter. QtGui only."""
