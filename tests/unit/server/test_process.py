"""The server ends with the program, however that ends, and says why it cannot begin."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from atelier.server.messages import Failed, Ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Server

    Start = Callable[..., Server]

PATIENCE = 20.0

# starts a server, says its number, and waits for its own end
PROGRAM = """
import subprocess, sys
from atelier.server.messages import Open, order_line
child = subprocess.Popen([sys.executable, "-P", "-m", "atelier", "--serve-remote"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdin.write(order_line(Open("127.0.0.1", "123456", "en")))
child.stdin.flush()
child.stdout.readline()
print(child.pid, flush=True)
child.wait()
"""


def test_it_ends_when_the_program_is_killed() -> None:
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True)
    with program:
        assert program.stdout is not None
        child = int(program.stdout.readline())
        os.kill(program.pid, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_address_of_another_machine_is_refused_in_words(start_server: Start) -> None:
    server = start_server("192.0.2.77")
    assert server.heard(Failed).reason


def test_ctrl_c_is_for_the_program(start_server: Start) -> None:
    server = start_server()
    assert server.heard(Ready)
    server.process.send_signal(signal.SIGINT)
    assert server.raw(f"GET / HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode()).startswith(b"HTTP/1.1 200 ")


def test_it_listens_where_it_was_told_and_nowhere_else(start_server: Start) -> None:
    server = start_server()
    wanted = f"{server.port:04X}"
    table = Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]
    local = [line.split()[1] for line in table if line.split()[3] == "0A"]
    assert [each for each in local if each.endswith(f":{wanted}")] == [f"0100007F:{wanted}"]


def test_nothing_of_the_windows_is_loaded(tmp_path: Path) -> None:
    code = "import sys; import atelier.server.process, atelier.server.web; print('PySide6' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
