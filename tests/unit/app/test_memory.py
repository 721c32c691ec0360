"""Large blocks go back to the system: in a process of its own, whose heap nothing else has used."""

from __future__ import annotations

import subprocess
import sys

BLOCKS = """
from pathlib import Path
from atelier.app.memory import give_large_blocks_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

give_large_blocks_back()
bytearray(24 << 20)  # once it is free, the library would take smaller blocks from the heap
before = resident()
blocks = [bytearray(b"x" * (4 << 20)) for _ in range(40)]
most = resident() - before
del blocks[:-1]  # the last one keeps the heap from shrinking
print(most >> 20, resident() - before >> 20)
"""


def test_what_is_free_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKS], capture_output=True, text=True, check=True)
    most, kept = map(int, done.stdout.split())
    assert most >= 160
    assert kept <= 16
