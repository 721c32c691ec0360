"""The table of colours and sizes every window is made of; the style sheet and the palette derive from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as "#RRGGBB". Texts reach 4.5:1 on every surface, control borders and focus 3:1."""

    window: str
    panel: str
    sunken: str
    hover: str
    selected: str
    line: str
    """Decorates only: no contrast is promised."""
    strong: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    error: str
    error_soft: str
    detour: str
    detour_soft: str
    live: str
    tip: str
    tip_text: str


LIGHT = Tokens(
    window="#F4F3F0",
    panel="#FFFFFF",
    sunken="#EBE9E4",
    hover="#F0EEEA",
    selected="#E5EAFC",
    line="#DEDAD3",
    strong="#857E74",
    text="#1D1A17",
    text2="#565049",
    text3="#6A635A",
    accent="#2B46C2",
    accent_hover="#2338A2",
    on_accent="#FFFFFF",
    ok="#17693B",
    ok_soft="#E2F3E8",
    warn="#855300",
    warn_soft="#FCEFD3",
    error="#B3261E",
    error_soft="#FCE7E5",
    detour="#86348D",
    detour_soft="#F7E8F7",
    live="#C8261C",
    tip="#1D1A17",
    tip_text="#FFFFFF",
)

DARK = Tokens(
    window="#100F0E",
    panel="#1A1917",
    sunken="#0A0A09",
    hover="#2A2825",
    selected="#27305A",
    line="#33302C",
    strong="#837B71",
    text="#F4F1EC",
    text2="#C2BBB1",
    text3="#A59C91",
    accent="#9DB0FF",
    accent_hover="#B5C3FF",
    on_accent="#0E1433",
    ok="#6BD093",
    ok_soft="#15301F",
    warn="#F3BA56",
    warn_soft="#3A2A0E",
    error="#FF9187",
    error_soft="#421A17",
    detour="#E0A3E5",
    detour_soft="#3A2140",
    live="#FF6B5F",
    tip="#F4F1EC",
    tip_text="#1D1A17",
)

FAMILY = "Inter"
# Sizes in pixels at 100 %.
TEXT, TEXT_SMALL, TEXT_CHART, TEXT_PANEL, TEXT_WINDOW, TEXT_PAGE = 13, 12, 11, 15, 20, 28
RADIUS_CHIP, RADIUS_CONTROL, RADIUS_THUMBNAIL, RADIUS_PANEL, RADIUS_POPUP = 4, 6, 8, 10, 14
CONTROL_HEIGHT, DENSE_HEIGHT, PRIMARY_HEIGHT = 32, 28, 36
RING = 2
TOAST_SECONDS = 4.0
