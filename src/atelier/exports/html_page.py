"""The HTML of a page that flies, put together: head, text, deck, player.

Nothing is fetched and nothing runs but the player: the policy names script and style by their digests (W3C Content
Security Policy Level 3). All of a deck that stands in the page is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atelier import __version__
from atelier.exports.html_player import player_script, player_style
from atelier.markup.semantics import text_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atelier.deck.looks import Theme
    from atelier.exports.pdf_reading import Metadata

_RTL = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


@dataclass(frozen=True, slots=True)
class TextFonts:
    """The numbers of the fonts that the text of a page is set in."""

    body: int
    strong: int
    emphasis: int
    titles: int
    code: int


def page(
    metadata: Metadata,
    text: str,
    values: Mapping[str, Any],
    fonts: Mapping[int, bytes],
    text_fonts: TextFonts,
    theme: Theme,
) -> str:
    """The whole file. `text` is HTML, `fonts` are WOFF by their numbers."""
    style = _faces(fonts) + _own_style(theme, text_fonts) + player_style()
    script = player_script()
    lang = text_html(metadata.lang)
    direction = ' dir="rtl"' if metadata.lang.partition("-")[0] in _RTL else ""
    described = {"author": metadata.author, "description": metadata.subject, "keywords": ", ".join(metadata.keywords)}
    described = {name: words for name, words in described.items() if words}
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script, style)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{text_html(metadata.title) or '–'}</title>",
        *(f'<meta name="{name}" content="{text_html(words)}">' for name, words in described.items()),
        f'<meta name="generator" content="Atelier {__version__}">',
        f"<style>{style}</style>",
    ]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{lang}"{direction}>',
            "<head>",
            *head,
            "</head>",
            "<body>",
            f'<main class="text">\n{text}\n</main>',
            f'<script type="application/json">{data(values)}</script>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def embedding(file_name: str, title: str, ratio: float) -> str:
    """What one puts into another page to have a page in it, in a frame that may do nothing but fly."""
    name = text_html(file_name)
    return (
        f'<iframe src="{name}" title="{text_html(title)}" loading="lazy"\n'
        '  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" allow="fullscreen"\n'
        f'  style="width: 100%; aspect-ratio: {ratio:.4g}; border: 0"></iframe>\n'
    )


def data(values: Mapping[str, Any]) -> str:
    """JSON as it can stand in an element `script`, which ends where it seems to end, whatever it is in."""
    text = json.dumps(values, separators=(",", ":"))  # ASCII: no sign is one that HTML may not hold
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(script: str, style: str) -> str:
    """Styles in attributes are the program's own: widths of pictures, and columns of tables."""
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src-elem {_digest(style)}; "
        "style-src-attr 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _faces(fonts: Mapping[int, bytes]) -> str:
    return "".join(
        f"@font-face{{font-family:f{number};src:url(data:font/woff;base64,{base64.b64encode(font).decode()})}}\n"
        for number, font in fonts.items()
    )


def _own_style(theme: Theme, fonts: TextFonts) -> str:
    """The colours and fonts of the theme, by the names that the style sheet has for them."""
    colours = theme.colours
    stops = theme.world.stops
    named = {
        "card": colours.card,
        "ink": colours.ink,
        "body": colours.body,
        "muted": colours.muted,
        "accent": colours.accent,
        "line": colours.line,
        "mark": colours.mark,
        "world": stops[len(stops) // 2].colour,
        "font-body": f"f{fonts.body}",
        "font-strong": f"f{fonts.strong}",
        "font-emphasis": f"f{fonts.emphasis}",
        "font-titles": f"f{fonts.titles}",
        "font-code": f"f{fonts.code}",
    }
    return ":root{" + ";".join(f"--{name}:{value}" for name, value in named.items()) + "}\n"
