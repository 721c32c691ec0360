"""packaging/setup, on a machine made of small scripts that only note what they were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Machine


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    assert machine.setup("test").returncode == 0
    assert machine.log("uv") == ["sync --locked --quiet --group package"]
    for goal in ("test", "interchange", "package", "window", "offscreen"):
        done = machine.setup(goal)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert machine.log("uv") == ["sync --locked --quiet --group package"]
    assert machine.log("apt") == []


def test_a_run_takes_no_development_tools_and_removes_none(machine: Machine) -> None:
    assert machine.setup("offscreen").returncode == 0
    assert machine.log("uv") == ["sync --locked --quiet --no-dev --inexact"]


def test_a_package_is_made_without_development_tools(machine: Machine) -> None:
    assert machine.setup("package").returncode == 0
    assert machine.log("uv") == ["sync --locked --quiet --no-dev --group package --inexact"]
    assert machine.setup("offscreen").returncode == 0
    assert len(machine.log("uv")) == 1


def test_another_lock_file_makes_the_environment_anew(machine: Machine) -> None:
    machine.setup("offscreen")
    with (machine.house / "uv.lock").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    assert machine.setup("offscreen").returncode == 0
    assert len(machine.log("uv")) == 2


def test_without_rights_it_says_what_to_type(machine: Machine) -> None:
    machine.fake("dpkg-query", "")
    machine.fake("id", "echo 1000")
    done = machine.setup("window")
    assert done.returncode == 1
    (command,) = [line.strip() for line in done.stderr.splitlines() if line.startswith("    ")]
    assert command.startswith("sudo apt-get update && sudo apt-get install --no-install-recommends libegl1 ")
    assert "libxcb-cursor0" in command
    assert "xvfb" not in command
    assert machine.log("apt") == machine.log("uv") == []


def test_with_rights_only_what_is_missing_is_installed(machine: Machine) -> None:
    machine.fake("dpkg-query", machine.all_installed.replace("echo", '[ "$name" = libgl1 ] || echo'))
    machine.fake("id", "echo 0")
    assert machine.setup("offscreen").returncode == 0
    (call,) = machine.log("apt")
    assert call.endswith("install --no-install-recommends libgl1")


def test_a_library_that_was_renamed_counts_as_installed(machine: Machine) -> None:
    machine.fake("dpkg-query", machine.all_installed.replace("echo", '[ "$name" = libglib2.0-0 ] || echo'))
    assert machine.setup("offscreen").returncode == 0
    assert machine.log("apt") == []


def test_an_unknown_goal_is_answered_with_the_known_ones(machine: Machine) -> None:
    done = machine.setup("everything")
    assert done.returncode == 1
    assert "offscreen|window|package|test|interchange" in done.stderr
