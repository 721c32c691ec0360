"""The remote: starts the server for telephones when it is asked for, tells it of the talk, and does what they press.

The server is a process of its own, so that nobody on the network can reach, or slow down, the one that shows the talk.
What it says is read as strictly as what telephones say.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from atelier.app.remote_state import remote_state
from atelier.foundation.program import this_program
from atelier.foundation.translation import _, current_language
from atelier.server.addresses import own_addresses
from atelier.server.messages import (
    LONGEST_LINE,
    Act,
    Ask,
    ChangePin,
    Done,
    Failed,
    LetAdvance,
    Lifted,
    Open,
    Point,
    Ready,
    Remove,
    Roll,
    Show,
    order_line,
    read_report,
)
from atelier.server.process import COMMAND
from atelier.windows.remote_panel import RemotePanel, RemoteView, Status, name_of
from atelier.windows.room_tools import Tool

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from atelier.server.messages import Order, Report
    from atelier.server.remotes import Known
    from atelier.server.state import RemoteState
    from atelier.talk.events import Event
    from atelier.talk.navigation import Position
    from atelier.talk.session import Talk
    from atelier.windows.aside import Aside
    from atelier.windows.audience import AudienceWindow
    from atelier.windows.tokens import Tokens

SOON: Final = 60
"""Milliseconds after an act until telephones are told: the room's picture comes first."""
SECOND: Final = 1000
DRIFT: Final = 0.5
"""Seconds that the clock of a telephone may be off before it is told the time again."""
HELD: Final = 1500
"""Milliseconds after which a laser that is heard of no more goes out."""
GOODBYE: Final = 1500
"""Milliseconds that the server is given to end by itself."""
MOST_WAITING: Final = 4 * 1024 * 1024
"""Bytes that may wait for a server that does not read."""
COMMANDS: Final = {
    "next": "stage.next",
    "previous": "stage.previous",
    "black": "room.black",
    "clock": "talk.clock",
}
"""What each act of a telephone runs."""


class Remote(QObject):
    """Off until `start`. `run` runs a command as its key would; `aside` is where the speaker is spoken to."""

    changed = Signal()
    """`view` is another one."""

    def __init__(self, talk: Talk, window: AudienceWindow, run: Callable[[str], object], aside: Aside) -> None:
        super().__init__(window)
        self._talk = talk
        self._window = window
        self._run = run
        self._aside = aside
        self._panel: RemotePanel | None = None
        self._process: QProcess | None = None
        self._view = RemoteView()
        self._address = ""
        self._told: RemoteState | None = None
        self._told_at = 0.0
        self._last_told = 0
        self._took_laser = False
        self._tool_before = Tool.NONE
        self._soon = QTimer(self, interval=SOON, singleShot=True)
        self._soon.timeout.connect(self._show)
        self._second = QTimer(self, interval=SECOND)
        self._second.timeout.connect(self._show)
        self._held = QTimer(self, interval=HELD, singleShot=True)
        self._held.timeout.connect(self._put_out_laser)
        talk.listen(self._on_event)

    @property
    def view(self) -> RemoteView:
        """How it stands, for the panel."""
        return self._view

    @property
    def is_on(self) -> bool:
        """Whether telephones can connect."""
        return self._view.status is Status.ON

    # ------------------------------------------------------------------ what the speaker does

    def start(self, address: str) -> None:
        """Starts the server on one address of this machine, on a free port, with a new PIN."""
        if self._process is not None:
            return
        self._address = address
        process = self._process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(partial(self._on_said, process))
        process.finished.connect(partial(self._on_ended, process))
        process.errorOccurred.connect(partial(self._on_error, process))
        program, *arguments = this_program()
        pin, self._last_told = _new_pin(), 0
        self._set(RemoteView(Status.STARTING, pin=pin))
        process.start(program, [*arguments, COMMAND])
        self._say(Open(address, pin, current_language()))

    def stop(self) -> None:
        """Ends the server; telephones are told."""
        process, self._process = self._process, None
        self._quiet()
        self._set(RemoteView())
        if process is None:
            return
        process.closeWriteChannel()
        QTimer.singleShot(GOODBYE, process, process.kill)

    def end(self) -> None:
        """Ends the server and waits until it has."""
        process = self._process
        self.stop()
        for each in {process, *self.findChildren(QProcess)}:
            if each is not None and each.state() != QProcess.ProcessState.NotRunning:
                each.closeWriteChannel()
                if not each.waitForFinished(GOODBYE):
                    each.kill()
                    each.waitForFinished(GOODBYE)

    def let_advance(self, id_: int) -> None:
        """Has this telephone advance and no other; 0 for none."""
        self._put_out_laser()
        self._say(LetAdvance(id_))

    def remove(self, id_: int) -> None:
        """Sends a telephone away; it would have to give the PIN again."""
        self._put_out_laser()
        self._say(Remove(id_))

    def change_pin(self) -> None:
        """Makes another PIN; who is connected stays."""
        if self._process is not None:
            pin = _new_pin()
            self._say(ChangePin(pin))
            self._set(replace(self._view, pin=pin))

    def toggle_panel(self, host: QWidget, tokens: Tokens) -> None:
        """Opens the panel over a window that the room does not see, or closes it."""
        if self._panel is not None:
            self._panel.close_panel()
            return
        panel = self._panel = RemotePanel(host, self._view, own_addresses(), tokens)
        panel.start_wanted.connect(self.start)
        panel.stop_wanted.connect(self.stop)
        panel.pin_wanted.connect(self.change_pin)
        panel.advance_wanted.connect(self.let_advance)
        panel.removed.connect(self.remove)
        panel.closed.connect(self._on_panel_closed)
        self._aside.show_panel(panel)

    def _on_panel_closed(self) -> None:
        self._panel = None

    # ------------------------------------------------------------------ what telephones are told

    def _on_event(self, event: Event, before: Position) -> None:  # noqa: ARG002 - a listener's
        if self._view.status is Status.ON:
            self._soon.start()

    def _show(self) -> None:
        """Tells telephones what is so now, unless they know."""
        scene = self._window.scene
        if self._view.status is not Status.ON or self._talk.ground.canvas is not scene.canvas:
            return
        state = remote_state(self._talk, scene, self._window.canvas.view_ratio)
        now = time.monotonic()
        if self._told is not None:
            ran = now - self._told_at if self._told.running else 0.0
            counted = now - self._told_at if self._told.counts else 0.0
            known = replace(self._told, elapsed=state.elapsed, left=state.left, countdown=state.countdown)
            drift = abs(self._told.elapsed + ran - state.elapsed) + abs(self._told.left - ran - state.left)
            drift += abs(self._told.countdown - counted - state.countdown)
            if known == state and drift < DRIFT:
                return
        self._told, self._told_at = state, now
        self._say(Show(asdict(state)))

    def _say(self, order: Order) -> None:
        process = self._process
        if process is None:
            return
        if process.bytesToWrite() > MOST_WAITING:
            process.kill()
            return
        process.write(order_line(order))

    # ------------------------------------------------------------------ what telephones do

    def _on_said(self, process: QProcess) -> None:
        while process.canReadLine():
            line = bytes(process.readLine(LONGEST_LINE).data())
            report = read_report(line) if process is self._process else None
            if report is not None:
                self._hear(report)
        if process.bytesAvailable() > LONGEST_LINE:
            process.kill()

    def _hear(self, report: Report) -> None:
        match report:
            case Ready(port):
                self._set(replace(self._view, status=Status.ON, url=f"http://{self._address}:{port}/"))
                self._second.start()
                self._show()
            case Failed(reason):
                self._fail(_("The remote cannot use this address: {reason}.").format(reason=reason.rstrip(".")))
            case Roll(remotes, shut):
                self._tell_of(remotes, shut=shut)
                self._set(replace(self._view, remotes=remotes, shut=shut))
            case Done(id_, message):
                self._do(id_, message)

    def _tell_of(self, remotes: tuple[Known, ...], *, shut: bool) -> None:
        """Says who came, so that nobody comes unnoticed, and when nobody can any more."""
        for known in remotes:
            if known.id > self._last_told:
                self._last_told = known.id
                form = _("“{name}” is connected and may advance.") if known.advances else _("“{name}” reads along.")
                self._aside.tell(form.format(name=name_of(known)))
        if shut and not self._view.shut:
            self._aside.tell(_("Too many wrong PINs: nobody new gets in."), _("The remote’s panel makes another PIN."))

    def _do(self, id_: int, message: Act | Point | Lifted | Ask) -> None:
        known = next((each for each in self._view.remotes if each.id == id_), None)
        if isinstance(message, Ask):
            if known is not None:
                self._aside.propose(
                    _("“{name}” asks to advance.").format(name=name_of(known)),
                    _("Let it"),
                    lambda: self.let_advance(id_),
                )
        elif known is None or not known.advances:
            return  # the speaker has decided otherwise since
        elif isinstance(message, Act):
            self._run(COMMANDS[message.name])
        elif isinstance(message, Point):
            self._point(message)
        else:
            self._put_out_laser()

    def _point(self, at: Point) -> None:
        tools = self._window.tools
        if tools.tool is not Tool.LASER:
            self._took_laser, self._tool_before = True, tools.tool
            tools.toggle(Tool.LASER)
        tools.hover(at.x, at.y)
        self._held.start()

    def _put_out_laser(self) -> None:
        """Takes the point away, and gives back the tool there was before."""
        if not self._held.isActive() and not self._took_laser:
            return
        self._held.stop()
        tools = self._window.tools
        tools.leave()
        if self._took_laser and tools.tool is Tool.LASER:
            tools.toggle(self._tool_before if self._tool_before is not Tool.NONE else Tool.LASER)
        self._took_laser = False

    # ------------------------------------------------------------------ how the server ends

    def _on_error(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._on_ended(process)

    def _on_ended(self, process: QProcess, *how: object) -> None:  # noqa: ARG002 - a slot
        process.deleteLater()
        if process is self._process:
            self._fail(_("The remote has stopped."))

    def _fail(self, problem: str) -> None:
        """Says once what happened; it can be started again."""
        process, self._process = self._process, None
        if process is not None:
            process.closeWriteChannel()
        self._quiet()
        self._set(RemoteView(problem=problem))
        self._aside.tell(problem, _("The talk goes on. The remote can be started again."))

    def _quiet(self) -> None:
        self._put_out_laser()
        self._soon.stop()
        self._second.stop()
        self._told = None

    def _set(self, view: RemoteView) -> None:
        if view != self._view:
            self._view = view
            if self._panel is not None:
                self._panel.show_view(view)
            self.changed.emit()


def _new_pin() -> str:
    return f"{secrets.randbelow(10**6):06}"
