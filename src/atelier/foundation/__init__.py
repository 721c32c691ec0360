"""What every other package may use: errors, diagnostics, geometry, settings, translation."""
