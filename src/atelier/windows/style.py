"""From the tokens to what Qt draws with: palette, style sheet, fonts."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from atelier.foundation.resources import FONTS
from atelier.windows.tokens import DARK, FAMILY, LIGHT, TEXT, Scheme, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Static cuts: a style sheet cannot reach the weights of a variable font.
_CUTS = ("Regular", "Medium", "SemiBold", "Bold")

# A QLabel is a QFrame: no kind of one is a kind of the other.
_SHEET = Template("""
* { color: $text; font-family: "Inter"; font-size: 13px; outline: 0; }
QMainWindow, QWidget#root { background: $window; }
QScrollArea, QWidget#plain { background: transparent; border: 0; }
QLabel { background: transparent; }
QLabel[kind="caption"] { font-size: 12px; font-weight: 600; color: $text3; }
QLabel[kind="small"] { font-size: 12px; color: $text2; }
QLabel[kind="dim"] { font-size: 12px; color: $text3; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="panel-title"] { font-size: 15px; font-weight: 600; }
QLabel[kind="window-title"] { font-size: 20px; font-weight: 600; }
QLabel[kind="page-title"] { font-size: 28px; font-weight: 600; }
QLabel[kind="brand"] { font-size: 17px; font-weight: 600; }
QLabel[kind="cap"] { font-size: 11px; font-weight: 500; color: $text2; background: $sunken;
  border: 1px solid $line; border-radius: 4px; padding: 0 5px; min-height: 16px; }
QFrame[kind="side"] { background: $window; border: 0; border-right: 1px solid $line; }
QFrame[kind="panel"] { background: $panel; border: 1px solid $line; border-radius: 10px; }
QFrame[kind="bar"] { background: $panel; border: 0; border-bottom: 1px solid $line; }
QFrame[kind="foot"] { background: $panel; border: 0; border-top: 1px solid $line; }
QFrame[kind="upright"] { background: $line; border: 0; min-width: 1px; max-width: 1px; min-height: 28px;
  max-height: 28px; margin: 0 6px; }
QLabel[kind="pace"] { font-size: 18px; font-weight: 600; }
QLabel[kind="pace"][tint="dim"] { font-size: 13px; font-weight: 500; color: $text2; }
QLabel[kind="pace"][tint="ok"] { color: $ok; }
QLabel[kind="pace"][tint="warn"] { color: $warn; }
QLabel[kind="who"] { font-weight: 600; color: $live; }
QLabel[kind="who"][tint="warn"] { color: $warn; }
QLabel[kind="who"][tint="accent"] { color: $accent; }
QLabel[kind="who"][tint="detour"] { color: $detour; }
QLabel[kind="who"][tint="dim"] { color: $text2; }
QLabel[kind="chip-detour"] { font-size: 12px; font-weight: 600; color: $detour; background: $detour_soft;
  border-radius: 10px; padding: 0 10px; min-height: 20px; max-height: 20px; }
QLabel[kind="figures"] { font-weight: 500; }
QLabel[kind="figures"][strength="600"] { font-weight: 600; }
QLabel[kind="figures"][dim="true"] { color: $text2; }
QLabel[kind="figures"][tint="warn"] { color: $warn; }
QLabel[kind="figures"][tint="ok"] { color: $ok; }
QLabel[kind="figures"][tint="detour"] { color: $detour; }
QLabel[kind="figures"][figures="34"] { font-size: 34px; }
QLabel[kind="figures"][figures="27"] { font-size: 27px; }
QLabel[kind="figures"][figures="22"] { font-size: 22px; }
QLabel[kind="figures"][figures="18"] { font-size: 18px; }
QFrame[kind="rule-upright"] { background: $line; border: 0; max-width: 1px; min-width: 1px; }
QFrame[kind="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[kind="warn"] { background: $warn_soft; border: 0; border-radius: 10px; }
QFrame[kind="error"] { background: $error_soft; border: 0; border-radius: 10px; }
QFrame[kind="info"] { background: $selected; border: 0; border-radius: 10px; }
QFrame[kind="segments"] { background: $sunken; border: 0; border-radius: 6px; }
QPushButton { background: $panel; border: 1px solid $strong; border-radius: 6px; padding: 0 12px;
  min-height: 30px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:disabled { color: $text3; border-color: $line; background: transparent; }
QPushButton[kbd="true"] { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton[kind="primary"] { background: $accent; border: 1px solid $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"][large="true"] { min-height: 38px; min-width: 84px; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"][kbd="true"] { border: 2px solid $text; }
QPushButton[tall="true"] { min-height: 34px; }
QPushButton[tall="true"][kbd="true"] { min-height: 32px; }
QPushButton[dense="true"] { min-height: 26px; }
QPushButton[dense="true"][kbd="true"] { min-height: 24px; }
QPushButton[kind="ghost"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="answer"] { background: $warn; border: 1px solid $warn; color: $window; font-weight: 600; }
QPushButton[kind="answer"][kbd="true"] { border: 2px solid $text; }
QPushButton[kind="way-back"], QPushButton[kind="crumb"] { background: transparent; border: 2px solid transparent;
  padding: 0 4px; }
QPushButton[kind="way-back"]:hover, QPushButton[kind="crumb"]:hover { background: $hover; }
QPushButton[kind="way-back"][kbd="true"], QPushButton[kind="crumb"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; padding: 0 4px; min-height: 24px;
  font-weight: 600; color: $accent; }
QPushButton[kind="link"]:hover { background: $hover; }
QPushButton[kind="link"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="tool"] { background: transparent; border: 2px solid transparent; padding: 0 6px; min-height: 38px;
  min-width: 26px; font-size: 12px; color: $text2; }
QPushButton[kind="tool"][capped="true"] { text-align: left; padding: 0 8px; }
QPushButton[kind="tool"]:hover { background: $hover; }
QPushButton[kind="tool"][on="true"] { background: $selected; color: $accent; }
QPushButton[kind="tool"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="tally"] { background: transparent; border: 2px solid transparent; padding: 0; min-height: 36px;
  min-width: 36px; max-width: 36px; }
QPushButton[kind="tally"]:hover { background: $hover; }
QPushButton[kind="on-picture"] { border-color: $line; padding: 0; }
QPushButton[kind="path"] { text-align: left; font-weight: 400; padding: 0 10px; }
QPushButton[kind="path"][kbd="true"] { padding: 0 9px; }
QPushButton[kind="nav"] { background: transparent; border: 2px solid transparent; padding: 0 8px; min-height: 28px;
  text-align: left; color: $text2; }
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"]:checked { background: $selected; font-weight: 600; color: $accent; }
QPushButton[kind="nav"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="segment"] { background: transparent; border: 2px solid transparent; border-radius: 5px;
  padding: 0 4px; min-height: 22px; font-size: 12px; color: $text2; }
QPushButton[kind="segment"]:hover { color: $text; }
QPushButton[kind="segment"]:checked { background: $panel; color: $text; font-weight: 600; }
QPushButton[kind="segment"][kbd="true"] { border: 2px solid $accent; }
QLineEdit { background: $panel; border: 1px solid $strong; border-radius: 6px; padding: 0 10px; min-height: 34px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $text3; }
QLineEdit:focus { border: 1px solid $accent; }
QLineEdit[kbd="true"] { border: 2px solid $accent; padding: 0 9px; min-height: 32px; }
QLineEdit:disabled { color: $text3; border-color: $line; background: transparent; }
QLineEdit[kind="bare"] { border: 0; background: transparent; font-size: 18px; padding: 0; min-height: 36px; }
QLineEdit[kind="address"] { border: 1px solid $line; background: transparent; min-height: 26px; font-size: 12px; }
QLineEdit[kind="address"][kbd="true"] { border: 2px solid $accent; padding: 0 9px; min-height: 24px; }
QComboBox { background: $panel; border: 1px solid $strong; border-radius: 6px; padding: 0 26px 0 10px; }
QComboBox:disabled { color: $text3; border-color: $line; background: transparent; }
QComboBox[kbd="true"] { border: 2px solid $accent; padding: 0 25px 0 9px; }
QComboBox:editable:focus { border: 1px solid $accent; }
QComboBox:editable[kbd="true"] { border: 2px solid $accent; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down { border: 0; width: 0; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line; padding: 4px; outline: 0;
  selection-background-color: $selected; selection-color: $text; }
QProgressBar[kind="work"] { background: $sunken; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar[kind="work"]::chunk { background: $accent; border-radius: 3px; }
QFrame[kind="ok"] { background: $ok_soft; border: 0; border-radius: 10px; }
QFrame[kind="answer-cell"] { background: $sunken; border: 2px solid transparent; border-radius: 8px; }
QFrame[kind="answer-cell"][chosen="true"] { border-color: $accent; }
QFrame[kind="well"] { background: $sunken; border: 0; border-radius: 8px; }
QLabel[kind="problem"] { font-size: 12px; font-weight: 500; color: $error; }
QPlainTextEdit { font-size: 15px; background: $sunken; border: 1px solid $strong; border-radius: 6px; padding: 8px 10px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus { border: 1px solid $accent; }
QPlainTextEdit[kbd="true"] { border: 2px solid $accent; padding: 7px 9px; }
QPlainTextEdit[dense="true"] { font-size: 12px; }
QPushButton[kind="mini"] { background: transparent; border: 2px solid transparent; padding: 0; min-height: 24px;
  min-width: 26px; }
QPushButton[kind="mini"]:hover { background: $hover; }
QPushButton[kind="mini"][kbd="true"] { border: 2px solid $accent; }
QPushButton[kind="tab"] { background: transparent; border: 2px solid transparent; padding: 0 8px; min-height: 24px;
  font-size: 12px; font-weight: 600; color: $text3; }
QPushButton[kind="tab"]:hover { color: $text; }
QPushButton[kind="tab"]:checked { background: $selected; color: $accent; }
QPushButton[kind="tab"][kbd="true"] { border: 2px solid $accent; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QToolTip { background: $tip; color: $tip_text; border: 1px solid $tip; padding: 4px 6px; font-size: 12px; }
QListView { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 2px; }
QScrollBar::handle { background: $strong; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


@cache
def sheet(tokens: Tokens) -> str:
    """The style sheet for one set of tokens; also for a panel that is dark over light windows."""
    return _SHEET.substitute(asdict(tokens))


def palette(tokens: Tokens) -> QPalette:
    """What the style sheet does not reach: painted widgets, native parts, disabled text."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.panel),
        (role.AlternateBase, tokens.sunken),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.text3),
        (role.Button, tokens.panel),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.error),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.detour),
        (role.ToolTipBase, tokens.tip),
        (role.ToolTipText, tokens.tip_text),
        (role.Mid, tokens.line),
        (role.Dark, tokens.strong),
    ):
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.text3))
    return made


@cache
def register_fonts() -> None:
    """Makes the cuts of Inter known to Qt; needs an application, reads four files once."""
    for cut in _CUTS:
        QFontDatabase.addApplicationFont(str(FONTS / f"{FAMILY}-{cut}.ttf"))


def font(pixels: float, weight: int = 400) -> QFont:
    """Inter at a size in pixels, for painted widgets; `weight` is one of 400, 500, 600, 700."""
    register_fonts()
    made = QFont(FAMILY)
    made.setPixelSize(round(pixels))
    made.setWeight(QFont.Weight(weight))
    return made


def system_is_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark windows; one that does not say is light."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def resolve(app: QApplication, scheme: Scheme) -> Tokens:
    """The tokens a choice means now."""
    return DARK if scheme is Scheme.DARK or (scheme is Scheme.SYSTEM and system_is_dark(app)) else LIGHT


def apply(app: QApplication, scheme: Scheme) -> Tokens:
    """Dresses every window of the application; returns the tokens in use."""
    register_fonts()
    tokens = resolve(app, scheme)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font(TEXT))
    app.setPalette(palette(tokens))
    app.setStyleSheet(sheet(tokens))
    return tokens


class Appearance(QObject):
    """The colour scheme of the application: follows the system or a choice, and says when it changed."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._staged = False
        self._tokens = apply(app, scheme)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def scheme(self) -> Scheme:
        """What was chosen."""
        return self._scheme

    @property
    def tokens(self) -> Tokens:
        """What it comes to now."""
        return self._tokens

    def choose(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._refresh()

    def on_stage(self, *, on: bool) -> None:
        """Dark while a talk is on, where nobody chose: a lit screen is seen by a dark room."""
        self._staged = on
        self._refresh()

    def toggle(self) -> None:
        """Light to dark and back, whatever the system says."""
        self.choose(Scheme.LIGHT if self._tokens is DARK else Scheme.DARK)

    def _on_system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        scheme = Scheme.DARK if self._staged and self._scheme is Scheme.SYSTEM else self._scheme
        if resolve(self._app, scheme) is not self._tokens:
            self._tokens = apply(self._app, scheme)
        self.changed.emit()
