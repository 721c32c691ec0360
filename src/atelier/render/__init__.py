"""Tiles at power-of-two scales, their cache, painting a camera's view. QtGui only."""
