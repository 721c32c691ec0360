"""Debian's WordPress: what its parser and its editor make of our blocks, and publishing to it."""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from tests.interchange.site import USER, Site
from tests.unit.writers.articles import article_in

from atelier.foundation.errors import InputError
from atelier.publishing.address import site_address
from atelier.publishing.connection import Connection, Credentials, ForbiddenError, PasswordError
from atelier.publishing.memory import Memory
from atelier.publishing.wordpress import Difference, Found, Outcome, Publisher
from atelier.writers.types import Means
from atelier.writers.wordpress import PostBlock, Upload, post_blocks, post_content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from atelier.draft.types import Article, Picture
    from atelier.publishing.wordpress import MayReplace, Published

_EDITOR = """<?php require 'wp-load.php'; wp_enqueue_script('wp-block-library'); ?><!DOCTYPE html><html><body>
<?php wp_scripts()->do_items(['wp-block-library']); ?>
<script type="application/json" id="content"><?php
echo json_encode(file_get_contents(__DIR__ . '/content.txt'), JSON_HEX_TAG); ?></script>
<pre id="said"></pre><script>
wp.blockLibrary.registerCoreBlocks();
const text = JSON.parse(document.getElementById('content').textContent);
const seen = block => [block.name, block.isValid, block.innerBlocks.map(seen)];
const blocks = wp.blocks.parse(text).filter(block => block.name !== 'core/freeform' || block.originalContent.trim());
document.getElementById('said').textContent = JSON.stringify(blocks.map(seen));
</script></body></html>"""


def drawn(picture: Picture) -> Picture:
    """A drawing as a PNG."""
    if picture.media_type != "image/svg+xml":
        return picture
    image = QImage(400, 300, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(picture.data)).render(painter)
    painter.end()
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(data, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType] - Qt takes a device
    name = picture.name.replace(".svg", ".png")
    return replace(picture, name=name, media_type="image/png", data=bytes(data.data().data()))


MEANS = Means(raster=drawn)


def publisher(site: Site, folder: Path, user: str = USER, password: str = "") -> Publisher:
    address = site_address(site.address)
    line = Connection(address, Credentials(user, password or site.password))
    return Publisher(line, Memory(folder / "published.json"))


def never(_found: Found) -> bool:
    raise AssertionError("nothing was to be asked")


def publish(site: Site, folder: Path, article: Article, may_replace: MayReplace = never) -> Published:
    return publisher(site, folder).publish(article, MEANS, may_replace)


def an_article(folder: Path, title: str, **options: Any) -> Article:
    """One that no other test sends."""
    article = article_in(folder, canvas="https://example.org/talk.html", **options)
    return replace(article, title=title, slug=title.lower(), key=title.lower())


def change(site: Site, number: int, **values: str) -> None:
    """Somebody changes a post on the site."""
    code = (
        "wp_set_current_user(1); kses_remove_filters();"
        " echo json_encode(wp_update_post(wp_slash(json_decode($argv[1], true))));"
    )
    assert site.php(code, json.dumps({"ID": number, **values})) == number


def expected(block: PostBlock) -> dict[str, Any]:
    """What WordPress's parser makes of a block: the HTML between the blocks in it, joined, those as None."""
    content: list[str | None] = ["\n"]
    for piece in (*block.inside, "\n"):
        if isinstance(piece, PostBlock):
            content.append(None)
        elif content[-1] is None:
            content.append(piece)
        else:
            content[-1] += piece
    inner = [expected(each) for each in block.inside if isinstance(each, PostBlock)]
    attributes = dict(block.attributes) or []
    return {"name": f"core/{block.name}", "attributes": attributes, "content": content, "inner": inner}


def test_the_parser_reads_back_the_blocks_that_were_written(site: Site, tmp_path: Path) -> None:
    article = article_in(tmp_path, more=True, canvas="https://example.org/talk.html")

    def upload(name: str) -> Upload:
        return Upload(f'https://blog.example/--{name}?a=1&b="<', 7)

    read = site.php(
        "function seen($b) { return ['name' => $b['blockName'], 'attributes' => $b['attrs'],"
        " 'content' => $b['innerContent'], 'inner' => array_map('seen', $b['innerBlocks'])]; }"
        "$blocks = array_filter(parse_blocks(stream_get_contents(STDIN)), fn($b) => $b['blockName'] !== null);"
        "echo json_encode(array_map('seen', array_values($blocks)));",
        given=post_content(article, upload),
    )
    assert read == [expected(block) for block in post_blocks(article, upload)]


def test_the_editor_finds_nothing_unexpected_in_them(site: Site, tmp_path: Path) -> None:
    article = article_in(tmp_path, more=True, canvas="https://example.org/talk.html")
    (site.folder / "editor.php").write_text(_EDITOR)
    text = post_content(article, lambda name: Upload(f"https://blog.example/{name}", 7))
    text += "\n\n" + post_content(article, lambda _name: Upload(""), unfiltered=False)
    (site.folder / "content.txt").write_text(text, encoding="utf-8")
    chromium = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    quiet = ["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
    page = f"{site.address}/editor.php"
    done = subprocess.run(
        [*chromium, *quiet, "--dump-dom", page], capture_output=True, text=True, check=True, timeout=90
    )
    said = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said, done.stdout[-2000:]

    def flat(blocks: list[Any]) -> Iterator[tuple[str, bool]]:
        for name, valid, inner in blocks:
            yield name, valid
            yield from flat(inner)

    found = list(flat(json.loads(html.unescape(said[1]))))
    assert len(found) > 80
    assert [name for name, valid in found if not valid] == []
    assert {name for name, _valid in found} & {"core/freeform", "core/missing"} == set()


def test_a_second_run_changes_the_same_draft_and_uploads_nothing_again(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Twice")
    media = len(site.posts("attachment"))
    seen: list[tuple[int, int]] = []
    made = publisher(site, tmp_path).publish(article, MEANS, never, lambda done, total: seen.append((done, total)))
    assert (made.outcome, made.uploaded, made.left_out) == (Outcome.CREATED, 1, ())
    assert seen == [(0, 2), (1, 2), (2, 2)]
    same = publish(site, tmp_path, article)
    assert (same.outcome, same.id, same.uploaded) == (Outcome.SAME, made.id, 0)
    changed = replace(article, title="Twice & <more>", abstracts=(("en", "Another."),))
    again = publish(site, tmp_path, changed)
    assert (again.outcome, again.id, again.uploaded) == (Outcome.UPDATED, made.id, 0)
    (post,) = [each for each in site.posts() if each["ID"] == made.id]
    assert (post["post_status"], post["post_name"]) == ("draft", "twice")
    assert (html.unescape(post["post_title"]), post["post_excerpt"]) == ("Twice & <more>", "Another.")
    assert len(site.posts("attachment")) == media + 1


def test_a_post_has_its_pictures_tags_and_categories(site: Site, tmp_path: Path) -> None:
    site.php("echo json_encode(wp_insert_term('RYE', 'post_tag'));")
    made = publish(site, tmp_path, replace(an_article(tmp_path, "Terms"), tags=("Rye", "salt & co")))
    terms = site.php(
        "echo json_encode(array_map(fn($kind) => wp_get_post_terms((int) $argv[1], $kind, ['fields' => 'names']),"
        " ['post_tag', 'category']));",
        str(made.id),
    )
    assert [sorted(map(html.unescape, names)) for names in terms] == [["RYE", "salt & co"], ["Talks"]]
    (post,) = [each for each in site.posts() if each["ID"] == made.id]
    assert 'alt="An oven &amp; a &lt;door&gt;"' in post["post_content"]  # where the library keeps no signs of elements
    number = re.search(r"wp-image-(\d+)", post["post_content"])
    assert number is not None
    alt, caption, kind = site.php(
        "$id = (int) $argv[1]; echo json_encode([get_post_meta($id, '_wp_attachment_image_alt', true),"
        " wp_get_attachment_caption($id), get_post_mime_type($id)]);",
        number[1],
    )
    assert (alt, caption, kind) == ("An oven & a", "The oven — Ann, CC BY 2.0", "image/png")
    assert "<math" in post["post_content"]
    assert 'sandbox="allow-scripts allow-popups"' in post["post_content"]


def test_what_was_changed_on_the_site_is_not_overwritten_unasked(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Changed")
    made = publish(site, tmp_path, article)
    change(site, made.id, post_content="<p>Mine</p>")
    asked: list[Found] = []

    def answer(found: Found) -> bool:
        asked.append(found)
        return len(asked) > 1

    newer = replace(article, title="Changed, newer")
    assert publish(site, tmp_path, newer, answer).outcome is Outcome.KEPT
    assert [each["post_content"] for each in site.posts() if each["ID"] == made.id] == ["<p>Mine</p>"]
    done = publish(site, tmp_path, newer, answer)
    assert (done.outcome, done.id) == (Outcome.UPDATED, made.id)
    assert [(each.difference, each.title) for each in asked] == [(Difference.CHANGED, "Changed")] * 2
    assert publish(site, tmp_path, newer).outcome is Outcome.SAME


def test_tags_that_were_changed_on_the_site_are_asked_about_too(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Tagged")
    made = publish(site, tmp_path, article)
    site.php("echo json_encode(wp_set_post_terms((int) $argv[1], ['mine'], 'post_tag', true));", str(made.id))
    asked: list[Difference] = []

    def no(found: Found) -> bool:
        asked.append(found.difference)
        return False

    assert publish(site, tmp_path, article, no).outcome is Outcome.KEPT
    assert asked == [Difference.CHANGED]


def test_a_post_that_was_published_meanwhile_is_asked_about_and_stays_public(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Public")
    made = publish(site, tmp_path, article)
    change(site, made.id, post_status="publish")
    asked: list[Difference] = []

    def yes(found: Found) -> bool:
        asked.append(found.difference)
        return True

    assert publish(site, tmp_path, replace(article, title="Public, newer"), yes).outcome is Outcome.UPDATED
    assert asked == [Difference.PUBLIC]
    assert [each["post_status"] for each in site.posts() if each["ID"] == made.id] == ["publish"]


def test_what_is_remembered_nowhere_is_found_by_its_address_and_asked_about(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Elsewhere")
    made = publish(site, tmp_path, article)
    elsewhere = tmp_path / "another-machine"
    elsewhere.mkdir()
    asked: list[Found] = []

    def yes(found: Found) -> bool:
        asked.append(found)
        return True

    done = publish(site, elsewhere, replace(article, title="Elsewhere, newer"), yes)
    assert (done.outcome, done.id) == (Outcome.UPDATED, made.id)
    assert [each.difference for each in asked] == [Difference.UNKNOWN]


def test_two_languages_of_one_deck_are_two_posts(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Languages")
    english = publish(site, tmp_path, article)
    french = publish(site, tmp_path, replace(article, lang="fr"))
    assert (french.outcome, french.uploaded) == (Outcome.CREATED, 0)
    assert french.id != english.id
    assert publish(site, tmp_path, article).outcome is Outcome.SAME


def test_what_was_deleted_on_the_site_is_sent_again(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Deleted")
    made = publish(site, tmp_path, article)
    picture = site.posts("attachment")[-1]["ID"]
    site.php("echo json_encode((bool) wp_delete_attachment((int) $argv[1], true));", str(picture))
    again = publish(site, tmp_path, article)
    assert (again.outcome, again.id, again.uploaded) == (Outcome.UPDATED, made.id, 1)
    site.php("echo json_encode((bool) wp_trash_post((int) $argv[1]));", str(made.id))
    new = publish(site, tmp_path, article)
    assert (new.outcome, new.uploaded) == (Outcome.CREATED, 0)
    assert new.id != made.id


def test_an_end_in_the_midst_leaves_no_post_and_keeps_what_was_uploaded(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Ended")

    def end(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publisher(site, tmp_path).publish(article, MEANS, never, end)
    assert "Ended" not in {each["post_title"] for each in site.posts()}
    assert publish(site, tmp_path, article).uploaded == 0


def test_an_author_gets_what_wordpress_lets_them_have(site: Site, tmp_path: Path) -> None:
    password = site.user("an author", "author")
    article = replace(an_article(tmp_path, "Author"), categories=("Nobody made it",), tags=("nor that",))
    made = publisher(site, tmp_path, "an author", password).publish(article, MEANS, never)
    assert made.left_out == ("Nobody made it",)
    (post,) = [each for each in site.posts() if each["ID"] == made.id]
    assert "<math" not in post["post_content"]
    assert "<code>a &lt; b</code>" in post["post_content"]
    assert publisher(site, tmp_path, "an author", password).publish(article, MEANS, never).outcome is Outcome.SAME


def test_a_contributor_is_told_before_anything_is_sent(site: Site, tmp_path: Path) -> None:
    password = site.user("a contributor", "contributor")
    media = len(site.posts("attachment"))
    with pytest.raises(ForbiddenError, match="may not upload pictures"):
        publisher(site, tmp_path, "a contributor", password).publish(an_article(tmp_path, "No"), MEANS, never)
    assert len(site.posts("attachment")) == media


def test_a_wrong_password_is_said_without_saying_it(site: Site, tmp_path: Path) -> None:
    with pytest.raises(PasswordError, match=r"does not accept the name “ann”") as caught:
        publisher(site, tmp_path, USER, "Zorblax wrong").publish(an_article(tmp_path, "No"), MEANS, never)
    assert "Zorblax" not in str(caught.value)


def test_a_picture_that_the_site_does_not_take_is_named(site: Site, tmp_path: Path) -> None:
    article = an_article(tmp_path, "Refused")
    with pytest.raises(InputError, match=r"^The picture oven.svg is not taken.*not allowed to upload this file type"):
        publisher(site, tmp_path).publish(article, Means(raster=lambda picture: picture), never)


def test_where_no_wordpress_is_that_is_said(site: Site, tmp_path: Path) -> None:
    nowhere = replace(site, address=f"{site.address}/wp-includes")
    with pytest.raises(InputError, match="No WordPress answers"):
        publish(nowhere, tmp_path, an_article(tmp_path, "No"))
