"""What can be asked for, what the files are called, and what is left when something goes wrong."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from atelier.app.exporting import Wish, export
from atelier.foundation.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.exports.conftest import Export

pytestmark = pytest.mark.usefixtures("qapp")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_every_stop_is_a_page_and_a_picture(deck: Path, out: Path, write: Export) -> None:
    pdf, png = write(deck, "pdf", "png", size=(0, 90))
    assert pdf.files == (out / "talk.pdf",)
    assert pdf.pages == png.pages
    assert names(out)[:5] == ["01-a-talk.png", "02-seen.png", "03-inner.png", "04-long.png", "05-long-2.png"]
    assert sorted(file.name for file in (*pdf.files, *png.files)) == names(out)


def test_a_named_path_has_its_stops_only(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", "pdf", path="short", size=(0, 90))
    assert names(out) == ["01-seen.png", "talk-short.pdf"]


def test_one_frame(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", "pdf", frame="inner", size=(0, 90))
    assert names(out) == ["01-inner.png", "talk-inner.pdf"]


def test_the_whole_canvas(deck: Path, out: Path, write: Export) -> None:
    write(deck, "png", "pdf", canvas=True, size=(0, 90))
    assert names(out) == ["talk-canvas.pdf", "talk-canvas.png"]


def test_a_picture_a_step(deck: Path, out: Path, write: Export) -> None:
    (written,) = write(deck, "png", frame="inner", steps=True, size=(0, 90))
    assert names(out) == ["01-inner.png", "02-inner-step1.png", "03-inner-step2.png"]
    pictures = [file.read_bytes() for file in written.files]
    assert len(set(pictures)) == 3


def test_what_is_wrong_is_said(tmp_path: Path, write: Export, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gap.md"
    file.write_text("# A talk\n\n## One\n\n![nothing](missing.png)\n", encoding="utf-8")
    write(file, "png", size=(0, 90))
    said = capsys.readouterr()
    assert "picture-missing" in said.err
    assert not said.out


@pytest.mark.parametrize(
    "wish",
    [
        Wish(path="nothing"),
        Wish(frame="nothing"),
        Wish(frame="hidden"),
        Wish(size=(0, 3)),
        Wish(size=(100_000, 1000)),
        Wish(size=(-1, 1000)),
    ],
)
def test_wrong_wishes_are_refused_before_anything_is_written(deck: Path, out: Path, wish: Wish) -> None:
    with pytest.raises(UsageError):
        list(export(deck, ["pdf", "png"], out, wish))
    assert not out.exists()


def test_a_folder_that_cannot_be_made_is_named(deck: Path) -> None:
    with pytest.raises(InputError, match="cannot be made"):
        list(export(deck, ["pdf"], deck / "inside"))


@pytest.mark.parametrize("format_", ["pdf", "png"])
@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt, OSError(errno.ENOSPC, "No space left on device")])
def test_what_is_ended_leaves_what_was_there(
    deck: Path, out: Path, format_: str, stopped_by: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.mkdir()
    before = {"talk.pdf": b"old", "01-a-talk.png": b"older"}
    for name, data in before.items():
        (out / name).write_bytes(data)
    pictures = 0

    def fail(*_args: object, **_options: object) -> None:
        nonlocal pictures
        pictures += 1
        if pictures == 2:
            raise stopped_by

    monkeypatch.setattr(f"atelier.exports.{format_}.paint_stop", fail)
    with pytest.raises((KeyboardInterrupt, InputError)):
        list(export(deck, [format_], out))
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_progress_that_raises_ends_it(deck: Path, out: Path) -> None:
    seen: list[tuple[int, int]] = []

    class Bar:
        def __enter__(self) -> object:
            return self

        def __exit__(self, *_error: object) -> None:
            seen.append((-1, -1))

        def __call__(self, done: int, total: int) -> None:
            seen.append((done, total))
            if done == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(export(deck, ["pdf"], out, bars=lambda _: Bar()))  # pyright: ignore[reportArgumentType]
    assert seen == [(1, 4), (2, 4), (-1, -1)]
    assert names(out) == []


def test_a_file_that_cannot_be_replaced_is_named(deck: Path, out: Path, write: Export) -> None:
    (out / "talk.pdf" / "inside").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be replaced") as error:
        write(deck, "pdf")
    assert error.value.location is not None
    assert error.value.location.file == out / "talk.pdf"
    assert names(out) == ["talk.pdf"]


def test_a_link_in_the_folder_leads_nowhere_else(deck: Path, out: Path, tmp_path: Path, write: Export) -> None:
    elsewhere = tmp_path / "elsewhere.pdf"
    elsewhere.write_bytes(b"mine")
    out.mkdir()
    (out / "talk.pdf").symlink_to(elsewhere)
    write(deck, "pdf", frame="", path="")
    assert elsewhere.read_bytes() == b"mine"
    assert (out / "talk.pdf").read_bytes().startswith(b"%PDF")


def test_nothing_private_is_in_any_byte(deck: Path, out: Path, write: Export) -> None:
    write(deck, "pdf", "png", size=(0, 90), steps=True)
    for file in out.iterdir():
        assert b"SECRET" not in file.read_bytes()
        assert "secret" not in file.name
    reader = PdfReader(out / "talk.pdf")
    everything = "".join(page.extract_text() for page in reader.pages)
    for number in reader.xref[0]:
        found = reader.get_object(number)
        everything += str(found)
        if isinstance(found, StreamObject):
            everything += found.get_data().decode("latin-1")
    assert "Seen" in everything
    for word in ("SECRET", "Hidden", "hidden", "javascript"):
        assert word not in everything
        assert word.encode("utf-16-be").hex().upper() not in everything.upper()
