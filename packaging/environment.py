"""Runs before the program on Linux: gives it back the environment its own bundle was found through.

PyInstaller's loader puts the bundle into LD_LIBRARY_PATH. A browser or file manager that Atelier opens would inherit
that and load our libraries instead of its own (PyInstaller's manual, "LD_LIBRARY_PATH considerations").
"""

import os

original = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if original is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = original
