"""The article page in Chromium: what axe-core finds wrong with it, and how it looks."""

from __future__ import annotations

import html
import json
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.writers.articles import MEANS, article_in

from atelier.app.drafting import Draft, article, files_of, material
from atelier.draft.types import Options
from atelier.writers.html import write

if TYPE_CHECKING:
    from atelier.writers.types import Written

HOUSE = Path(__file__).resolve().parents[2]
_AXE = """<script>{axe}</script><script>
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
axe.run(document, {{runOnly: rules, iframes: false}}).then(found => {{
  const said = document.createElement('pre');
  said.id = 'said';
  said.textContent = JSON.stringify({{
    found: found.violations.map(each => [each.impact, each.id, each.nodes.map(node => node.html)]),
    passed: found.passes.map(each => each.id),
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth}});
  document.body.append(said);
}});
</script>"""


def put(written: tuple[Written, ...], folder: Path) -> Path:
    """The files of a draft on disk; gives the page."""
    for each in written:
        file = folder / each.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(each.data)
    return folder / written[0].path


def looked_at(page: Path, folder: Path, *options: str) -> dict[str, Any]:
    """What axe-core says of a page, and by how many pixels it is wider than the window."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    tried = page.with_name("tried.html")
    tried.write_text(text.replace("</body>", _AXE.format(axe=axe) + "</body>"), encoding="utf-8")
    chromium = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    quiet = ["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=20000"]
    command = [*chromium, *quiet, *options, "--dump-dom", tried.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=90)
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(html.unescape(said[1]))


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("size", ["1280,900", "500,800"])
def test_every_kind_of_block_is_within_everybodys_reach(tmp_path: Path, look: str, size: str) -> None:
    deck = tmp_path / "deck"
    deck.mkdir()
    page = put(write(article_in(deck, more=True, canvas="https://example.org/talk"), MEANS), tmp_path)
    dark = ["--blink-settings=preferredColorScheme=0"] if look == "dark" else []
    said = looked_at(page, tmp_path, f"--window-size={size}", *dark)
    assert said["found"] == []
    assert {"color-contrast", "image-alt", "link-name", "list", "heading-order", "html-has-lang"} <= {*said["passed"]}
    assert said["wide"] <= 0


def test_the_keynote_is_within_everybodys_reach(tmp_path: Path) -> None:
    wish = Draft(options=Options(more=True, canvas="canvas.html"))
    made = article(material(HOUSE / "decks/gateau-au-chocolat"), wish)
    (tmp_path / "canvas.html").write_text("<!DOCTYPE html><html lang=fr><title>Le gâteau</title><body></body></html>")
    said = looked_at(put(files_of(made, "html", wish), tmp_path), tmp_path, "--window-size=500,800")
    assert said["found"] == []
    assert said["wide"] <= 0
