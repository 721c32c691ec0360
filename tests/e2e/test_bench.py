"""The benchmarks answer with their figures; what these are is for `make bench` on a machine that does nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from atelier.writers.formats import FORMATS as DRAFTS

HOUSE = Path(__file__).resolve().parents[2]
SMALLEST = {
    "flight": ("--frames", "3", "--size", "320x180"),
    "canvas_file": ("--nodes", "3", "--size", "320x180"),
    "edit": ("--frames", "3", "--edits", "1"),
    "start": ("talk.md", "--runs", "1", "--size", "320x180"),
    "hostile": ("--deck", "empty"),
    "check": ("--frames", "3", "--keynote", "talk.md"),
    "export": ("--frames", "3", "--keynote", "talk.md", "--runs", "1"),
    "video": ("--deck", "talk.md", "--size", "320x180"),
    "draft": ("--frames", "3", "--keynote", "talk.md", "--runs", "1"),
    "importing": ("--slides", "2", "--runs", "1"),
    "console": ("--frames", "3", "--rounds", "1", "--presses", "3"),
    "talk": ("--deck", "talk.md", "--events", "60"),
}
FETCHING = {"html_file"}
"""Takes what it compares with from the network: no test does."""
FIGURES = {
    "flight": {
        "frames", "size", "frames_presented", "median_ms", "p95_ms", "worst_ms", "parse_s", "first_paint_s",
        "overview_s", "settle_s", "rss_mb",
    },
    "canvas_file": {
        "nodes", "opened_s", "frames", "size", "frames_presented", "median_ms", "p95_ms", "worst_ms", "parse_s",
        "first_paint_s", "overview_s", "settle_s", "rss_mb",
    },
    "edit": {"frames", "median_s", "worst_s"},
    "start": {"seconds"},
    "hostile": {"deck", "seconds", "longest_slice_s"},
    "check": {"frames", "keynote_s", "keynote_layout_s", "frames_s", "frames_layout_s"},
    "export": {
        "frames", "keynote_html_s", "keynote_html_cpu_s", "keynote_html_mb", "frames_html_s", "frames_html_cpu_s",
        "frames_html_mb", "keynote_pdf_s", "keynote_pdf_cpu_s", "keynote_pdf_mb",
        "keynote_pptx_s", "keynote_pptx_cpu_s", "keynote_handout_s", "keynote_handout_cpu_s", "keynote_handout_mb",
        "keynote_pptx_mb", "frames_pptx_s", "frames_pptx_cpu_s", "frames_pptx_mb", "keynote_png_s", "keynote_png_cpu_s",
        "keynote_png_mb", "frames_pdf_s", "frames_pdf_cpu_s", "frames_pdf_mb", "rss_mb",
    },
    "video": {"size", "rows", "codec", "film_s", "wall_s", "a_second_s", "cpu_s", "rss_mb", "mb"},
    "draft": {"frames", "rss_mb", *(f"{name}{part}" for name in DRAFTS for part in ("_s", "_frames_s"))},
    "importing": {
        "slides", "marp_s", "slidev_s", "reveal_s", "pandoc_s", "remark_s", "obsidian_s", "text_s", "pptx_s", "pdf_s",
        "pdf-gradients_s",
    },
    "console": {
        "frames", "flights", "median_ms", "p95_ms", "worst_ms", "presses", "press_median_ms", "press_p99_ms",
        "press_worst_ms",
    },
    "talk": {
        "events", "talk_s", "memory_mb", "growth_mb", "on_disk_median_ms", "on_disk_p99_ms", "journal_mb", "replay_s",
        "resume_s",
    },
}  # fmt: skip


def test_every_benchmark_is_run_by_make_bench() -> None:
    scripts = {file.stem for file in (HOUSE / "bench").glob("*.py") if "__main__" in file.read_text(encoding="utf-8")}
    assert scripts == set(SMALLEST) | FETCHING
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    assert [name for name in scripts if f"python bench/{name}.py" not in makefile] == []


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", SMALLEST)
def test_a_benchmark_answers_with_one_line_of_figures(tmp_path: Path, name: str) -> None:
    (tmp_path / "talk.md").write_text("# A talk\n\nHello.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, HOUSE / "bench" / f"{name}.py", *SMALLEST[name]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    # a limit that a busy machine misses is the benchmark's to say, and no fault of it
    assert done.returncode == 0 or "missed" in done.stderr, done.stderr
    (line,) = done.stdout.splitlines()
    figures = cast("dict[str, Any]", json.loads(line))
    assert set(figures) == FIGURES[name]
    numbers = {name: value for name, value in figures.items() if isinstance(value, int | float)}
    assert all(value >= 0 for name, value in numbers.items() if name != "growth_mb"), "memory may also be given back"
    several = [cast("list[float]", value) for value in figures.values() if isinstance(value, list)]
    assert all(min(values) >= 0 for values in several)


def test_a_peer_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "talk.md").write_text("# A talk\n\nHello.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, HOUSE / "bench" / "draft.py", *SMALLEST["draft"], "--peers"],
        cwd=tmp_path,
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pandoc is not compared with" in done.stderr
    assert set(json.loads(done.stdout)) == FIGURES["draft"]
