"""What holds for every test: a machine of its own, and silence.

No test sees the settings, the language or the desktop of whoever runs it. A test during which something is logged at
WARNING or above, by Python or by Qt, fails, unless it says beforehand that it expects those words (`expected_log`).
"""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QMessageLogContext

# Qt reads these when its application is made, which a fixture of pytest-qt may do before any of ours.
for _name in tuple(os.environ):
    if _name.startswith(("QT_", "QSG_", "QML_", "ATELIER_", "LC_")) or _name in {
        "LANG",
        "LANGUAGE",
        "DBUS_SESSION_BUS_ADDRESS",
    }:
        del os.environ[_name]
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}

# Tests take their number of examples from here: one that sets its own would not grow with `make soak`.
settings.register_profile(
    "check",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("soak", settings.get_profile("check"), max_examples=5000, derandomize=False, print_blob=True)
settings.load_profile("check")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # Its handler is taken away before the fixtures end, and Qt says most of what matters then.
    config.pluginmanager.unregister(name="_qt_logging")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the long runs out, unless markers were asked for by name."""
    if config.option.markexpr:
        return
    long_runs = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long_runs)
    items[:] = [item for item in items if item not in long_runs]


class ExpectedLog:
    """The words a test expects in the log. One that never came fails the test too."""

    def __init__(self) -> None:
        self._patterns: dict[str, int] = {}

    def __call__(self, pattern: str) -> None:
        """Expects messages in which the regular expression `pattern` is found, once or more."""
        self._patterns[pattern] = 0

    def takes(self, message: str) -> bool:
        for pattern in self._patterns:
            if re.search(pattern, message):
                self._patterns[pattern] += 1
                return True
        return False

    @property
    def missing(self) -> list[str]:
        return [pattern for pattern, count in self._patterns.items() if not count]


@pytest.fixture
def expected_log() -> ExpectedLog:
    """`expected_log("pattern")` says that this test will log something like it."""
    return ExpectedLog()


@pytest.fixture(autouse=True)
def silence(expected_log: ExpectedLog) -> Iterator[None]:
    """Fails a test that logs what it does not expect."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name} {record.levelname}: {record.getMessage()}")

    listener = Listener(logging.WARNING)
    logging.getLogger().addHandler(listener)
    stop_qt = _listen_to_qt(said)
    try:
        yield
    finally:
        stop_qt()
        logging.getLogger().removeHandler(listener)
    unexpected = [message for message in said if not expected_log.takes(message)]
    if unexpected:
        pytest.fail("logged, and not expected:\n" + "\n".join(unexpected), pytrace=False)
    if expected_log.missing:
        pytest.fail("expected in the log, and never logged:\n" + "\n".join(expected_log.missing), pytrace=False)


def _listen_to_qt(said: list[str]) -> Callable[[], None]:
    """Adds Qt's warnings to `said`, until the function returned is called."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    quiet = {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind not in quiet:
            said.append(f"Qt {context.category}: {message}")

    before = qInstallMessageHandler(hear)

    def stop() -> None:
        qInstallMessageHandler(before)

    return stop


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what the program keeps: settings, journals, caches."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("ATELIER_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def english() -> None:
    """Every test starts in English, whatever the one before it spoke."""
    from atelier.foundation.translation import set_language

    set_language("en")


@pytest.fixture(autouse=True)
def usual_keys() -> None:
    """Every test starts with the keys of the table, whatever the one before it chose."""
    from atelier.commands.keymap import default_keymap, use

    use(default_keymap())
