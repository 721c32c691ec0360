"""The bundled fonts: registered when first asked for, each built once.

Facts this rests on (measured): `setWeight` on a variable font smears a fake bold, so weights go through the axis
`wght`; with `calt` on, Inter loses colons and dashes in PDF text; an emoji font is only found when it is listed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from atelier.deck.theme import theme_line
from atelier.foundation.diagnostics import Diagnostic
from atelier.foundation.resources import FONTS
from atelier.foundation.translation import _

if TYPE_CHECKING:
    from pathlib import Path

    from atelier.deck.looks import Theme

_FILES: dict[str, tuple[str, ...]] = {
    "Inter Variable": ("InterVariable.ttf", "InterVariable-Italic.ttf"),
    "Fraunces": ("Fraunces.ttf", "Fraunces-Italic.ttf", "FrauncesExtended.ttf"),
    "EB Garamond Variable": ("EBGaramond.ttf", "EBGaramond-Italic.ttf"),
    "Shantell Sans Variable": ("ShantellSans.ttf", "ShantellSans-Italic.ttf"),
    "JetBrains Mono": ("JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf", "JetBrainsMono-Italic.ttf"),
    "Noto Sans Arabic": ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    "Noto Sans Hebrew": ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    "Noto Color Emoji": ("NotoColorEmoji.ttf",),
}
_DECK_CUT = {
    "Inter": "Inter Variable",
    "EB Garamond": "EB Garamond Variable",
    "Shantell Sans": "Shantell Sans Variable",
}
"""In decks these names mean the variable cuts; a static one of the same name, on this machine or for the windows, would
take their place (docs/decisions/0005-inter-variable-renamed.md)."""
TITLE_FAMILIES = ("Inter", "Fraunces", "EB Garamond", "Shantell Sans", "JetBrains Mono")
"""What comes with the program and has letters for a title."""
_EXTENDED = {"Fraunces": ("Fraunces Extended",)}
_TRACKING = {"Inter Variable": -0.02}
"""Em of letter spacing at the sizes of a projected text, after the font's own dynamic metrics (rsms.me/inter)."""
_VARIABLE = frozenset(
    {"Inter Variable", "Fraunces", "Fraunces Extended", "EB Garamond Variable", "Shantell Sans Variable"}
)

_OURS = frozenset({*_FILES, "Fraunces Extended"})
_BOLD, _BOLD_LARGE = 600, 650
"""Weights from which on a font is rather bold than regular; in a cut for large sizes strokes are thinner."""
_LAST = "Inter Variable"
"""What is used where a theme's own families are not there."""

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\ufe0f\u20e3]")


def public_family(family: str) -> str:
    """What a family is called where other programs look for it."""
    return next((name for name, cut in _DECK_CUT.items() if cut == family), family)


def is_bold(built: QFont) -> bool:
    """Whether a font is nearer to a bold cut than to a regular one, variable or not."""
    weight, optical = QFont.Tag.fromString("wght"), QFont.Tag.fromString("opsz")
    if not built.isVariableAxisSet(weight):
        return built.bold()
    return built.variableAxisValue(weight) >= (_BOLD_LARGE if built.isVariableAxisSet(optical) else _BOLD)


@lru_cache(maxsize=256)
def common_cut(built: QFont) -> QFont:
    """The font as programs have it that know a regular and a bold cut, and no optical sizes."""
    cut = QFont(built)
    for axis, value in (("wght", 700 if is_bold(built) else 400), ("opsz", None)):
        tag = QFont.Tag.fromString(axis)
        if not cut.isVariableAxisSet(tag):
            continue
        if value is None:
            cut.unsetVariableAxis(tag)
        else:
            cut.setVariableAxis(tag, value)
    return cut


@cache
def register(family: str) -> bool:
    """Makes a bundled family known to Qt; whether it is one of ours."""
    files = _FILES.get(family, ())
    for name in files:
        QFontDatabase.addApplicationFont(str(FONTS / name))
    return bool(files)


@cache
def is_there(family: str) -> bool:
    """Whether `family` is one of ours, or of this machine."""
    return _DECK_CUT.get(family, family) in _OURS or QFontDatabase.hasFamily(family)


def absent_families(theme: Theme, folder: Path | None) -> tuple[Diagnostic, ...]:
    """What an author is told of the families that a theme names and this machine does not have."""
    kinds = theme.fonts
    named = {
        ("titles", "family"): (kinds.titles.family,),
        ("titles", "fallback"): kinds.titles.fallback,
        ("body", "family"): (kinds.body.family,),
        ("body", "fallback"): kinds.body.fallback,
        ("code", "family"): (kinds.code.family,),
        ("code", "fallback"): kinds.code.fallback,
    }
    found: list[Diagnostic] = []
    for keys, families in named.items():
        for family in families:
            if is_there(family):
                continue
            message = _("The theme names the font “{family}”, which is not on this machine.").format(family=family[:60])
            hint = _("Another one is used. Install it where you speak, or name one of: {names}.").format(
                names=", ".join(sorted(TITLE_FAMILIES))
            )
            file, line = theme_line(theme, folder, ("fonts", *keys))
            found.append(Diagnostic("theme-font", message, hint, file, line))
    return tuple(found)


def script_families(text: str) -> tuple[str, ...]:
    """The families that `text` needs beyond those of the theme."""
    if text.isascii():
        return ()
    families: list[str] = []
    if ARABIC.search(text):
        families.append("Noto Sans Arabic")
    if HEBREW.search(text):
        families.append("Noto Sans Hebrew")
    if EMOJI.search(text):
        families.append("Noto Color Emoji")
    return tuple(families)


@lru_cache(maxsize=512)
def font(
    families: tuple[str, ...],
    size: float,
    weight: int = 400,
    *,
    italic: bool = False,
    optical: float = 0.0,
    tracking: float | None = None,
    tabular: bool = False,
    features_off: tuple[str, ...] = ("calt",),
) -> QFont:
    """A font of `size` frame units.

    `tracking` is in em (None: the family's own), `optical` the value of the axis `opsz` (0 leaves it).
    """
    names: list[str] = []
    for named in families:
        family = _DECK_CUT.get(named, named)
        if family in names or not is_there(family):
            continue
        register(family)
        names.append(family)
        names.extend(_EXTENDED.get(family, ()))
    if not names:
        register(_LAST)
        names.append(_LAST)
    built = QFont(names)
    built.setPixelSize(max(1, round(size)))
    built.setItalic(italic)
    if names[0] in _VARIABLE:
        built.setVariableAxis(QFont.Tag.fromString("wght"), weight)
        if optical:
            built.setVariableAxis(QFont.Tag.fromString("opsz"), optical)
    elif weight >= _BOLD:
        built.setWeight(QFont.Weight.Bold)
    for feature in features_off:
        built.setFeature(QFont.Tag.fromString(feature), 0)
    if tabular:
        built.setFeature(QFont.Tag.fromString("tnum"), 1)
    if tracking is None:
        tracking = _TRACKING.get(names[0], 0.0)
    if tracking:
        built.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking * built.pixelSize())
    built.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    built.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return built


@lru_cache(maxsize=512)
def metrics(built: QFont) -> QFontMetricsF:
    return QFontMetricsF(built)


@lru_cache(maxsize=8192)
def advance(built: QFont, text: str) -> float:
    """The width of `text` on one line, in frame units."""
    return metrics(built).horizontalAdvance(text)


_RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb"})


def right_to_left(text: str, lang: str) -> bool:
    """The direction of the first strong character, else of the language."""
    if text.isascii():
        if any(c.isalpha() for c in text):
            return False
    else:
        import unicodedata

        for character in text:
            bidi = unicodedata.bidirectional(character)
            if bidi == "L":
                return False
            if bidi in {"R", "AL"}:
                return True
    return lang.split("-", maxsplit=1)[0].lower() in _RTL_LANGUAGES


def direction(text: str, lang: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if right_to_left(text, lang) else Qt.LayoutDirection.LeftToRight
