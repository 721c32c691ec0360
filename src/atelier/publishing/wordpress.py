"""An article as a draft on a WordPress: its pictures into the media library once, then the post, new or as it was.

What somebody changed on the site since is not overwritten unless they say so: after each run a digest of what the site
holds is remembered, and compared before the next.
"""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from atelier.deck.references import things
from atelier.foundation.errors import InputError
from atelier.foundation.progress import unseen
from atelier.foundation.translation import _, decimal
from atelier.markup.addresses import is_remote
from atelier.markup.blocks import Figure, plain_text
from atelier.markup.safety import safe_address
from atelier.markup.semantics import readable
from atelier.publishing.connection import Connection, ForbiddenError, NotThereError, RefusedError, TooLargeError
from atelier.publishing.memory import Memory, SentPicture, SentPost
from atelier.writers.wordpress import Upload, post_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from atelier.draft.types import Article, Picture
    from atelier.foundation.progress import Progress
    from atelier.writers.types import Means

PAGE: Final = 100
"""Entries that WordPress gives at once."""
_TAKEN_AWAY: Final = ("<math", "<iframe")
"""What WordPress takes out of the posts of those who may not write any HTML."""
_ANY: Final = "publish,future,draft,pending,private"


class Difference(Enum):
    """What is on the site in the place of what was sent last."""

    CHANGED = auto()
    """It was changed there since."""
    UNKNOWN = auto()
    """A post of the same address that this program knows nothing of."""
    PUBLIC = auto()
    """It was published since: what is sent now, everybody reads."""


@dataclass(frozen=True, slots=True)
class Found:
    """A post that is not as it was sent. `link` is where to edit it."""

    difference: Difference
    title: str
    link: str
    modified: str
    """YYYY-MM-DDTHH:MM:SS, in the site's own time."""


MayReplace: TypeAlias = Callable[[Found], bool]
"""Asks whether the draft takes the place of what was found."""


class Outcome(Enum):
    CREATED = auto()
    UPDATED = auto()
    SAME = auto()
    """It was there as it is."""
    KEPT = auto()
    """What is on the site stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What became of it. `left_out` are the tags and categories that the user may not make there."""

    outcome: Outcome
    id: int
    edit: str
    """Where to go on writing."""
    view: str
    """Where to look at it."""
    uploaded: int = 0
    left_out: tuple[str, ...] = ()


class Publisher:
    """Publishes to one site as one user, and remembers what it sent there in `memory`."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        self._line = connection
        self._memory = memory
        self._site = connection.site.root

    def check(self, *, pictures: bool) -> frozenset[str]:
        """What the user may do there. Raises InputError where that is too little, or nobody is known by that name."""
        self._line.check()
        user = _values(self._line.get("/wp/v2/users/me", context="edit"))
        may = frozenset(name for name, granted in _values(user.get("capabilities")).items() if granted)
        if "edit_posts" not in may:
            message = _("The user may not write posts on {site}.").format(site=self._site)
            raise ForbiddenError(message, _("Whoever runs the site can make the user an author."))
        if pictures and "upload_files" not in may:
            message = _("The user may not upload pictures to {site}.").format(site=self._site)
            raise ForbiddenError(message, _("Whoever runs the site can make the user an author."))
        return may

    def publish(
        self, article: Article, means: Means, may_replace: MayReplace, progress: Progress = unseen
    ) -> Published:
        """Puts the article there as a draft. `progress` counts pictures, and the post; it may end the work by raising:
        what was uploaded by then is remembered, and the post is as it was or as it is to be.

        Raises InputError.
        """
        may = self.check(pictures=bool(article.pictures))
        steps = len(article.pictures) + 1
        progress(0, steps)
        key = f"{article.key} {article.lang}"
        post = self._found(article, key)
        if post is not None:
            found = self._difference(post, key)
            if found is not None and not may_replace(found):
                return self._result(Outcome.KEPT, post)
        media, uploaded = self._media(article, means, lambda done: progress(done, steps))
        left_out: list[str] = []
        values: dict[str, Any] = {
            "title": html.escape(readable(article.title), quote=False),
            "excerpt": html.escape(readable(article.summary), quote=False),
            "tags": self._terms("tags", article.tags, left_out),
        }
        if categories := self._terms("categories", article.categories, left_out):
            values["categories"] = categories  # with none of its own the post keeps the site's usual one

        def upload(source: str) -> Upload:
            return media.get(source) or Upload(safe_address(source) if is_remote(source) else "")

        may_write_html = (True, False) if "unfiltered_html" in may else (False,)
        texts = [post_content(article, upload, unfiltered=each, template=means.template) for each in may_write_html]
        made = [{**values, "content": text} for text in texts]
        result = self._send(article, made, post, key)
        progress(steps, steps)
        return replace(result, uploaded=uploaded, left_out=tuple(left_out))

    def _result(self, outcome: Outcome, post: Mapping[str, Any]) -> Published:
        number = _number(post)
        return Published(
            outcome=outcome, id=number, edit=self._edit_link(number), view=f"{self._site}/?p={number}&preview=true"
        )

    def _edit_link(self, number: int) -> str:
        return f"{self._site}/wp-admin/post.php?post={number}&action=edit"

    # -------------------------------------------------------------------------------------------------------- posts

    def _found(self, article: Article, key: str) -> Mapping[str, Any] | None:
        """The post of an earlier run, else one of the same address that no other article is known to have."""
        posts = self._memory.of(self._site).posts
        if key in posts:
            with suppress(NotThereError):
                post = _values(self._line.get(f"/wp/v2/posts/{posts[key].id}", context="edit"))
                if post.get("status") != "trash":
                    return post
        others = {each.id for name, each in posts.items() if name != key}
        same = _list(self._line.get("/wp/v2/posts", slug=article.slug, status=_ANY, context="edit", per_page=PAGE))
        return next((post for post in same if _number(post) not in others), None)

    def _difference(self, post: Mapping[str, Any], key: str) -> Found | None:
        known = self._memory.of(self._site).posts.get(key)
        if known is None or known.id != _number(post):
            difference = Difference.UNKNOWN
        elif _digest(post) != known.digest:
            difference = Difference.CHANGED
        elif post.get("status") in {"publish", "future", "private"}:
            difference = Difference.PUBLIC
        else:
            return None
        title = html.unescape(_raw(post, "title"))
        return Found(difference, title, self._edit_link(_number(post)), str(post.get("modified", "")))

    def _send(
        self, article: Article, versions: Sequence[Mapping[str, Any]], post: Mapping[str, Any] | None, key: str
    ) -> Published:
        """Makes the post, or changes the one there is; its status stays, once it has one.

        Of the versions the first is sent, and the next where WordPress took something out of that: some sites let not
        even administrators write any HTML, and do not say so.
        """
        known = self._memory.of(self._site).posts.get(key)
        as_sent = post is not None and known is not None and _digest(post) == known.digest
        if post and known and as_sent and known.sent in map(_sent_digest, versions):
            return self._result(Outcome.SAME, post)
        outcome = Outcome.CREATED if post is None else Outcome.UPDATED
        for values in versions:
            if post is None:
                given = {**values, "slug": article.slug, "status": "draft"}
                post = _values(self._line.post("/wp/v2/posts", given, context="edit"))
            else:
                post = _values(self._line.post(f"/wp/v2/posts/{_number(post)}", values, context="edit"))
            sent = SentPost(_number(post), _digest(post), _sent_digest(values))
            self._memory.remember_post(self._site, key, sent)
            if all(str(values["content"]).count(tag) == _raw(post, "content").count(tag) for tag in _TAKEN_AWAY):
                break
        assert post is not None
        return self._result(outcome, post)

    # ------------------------------------------------------------------------------------------------------ pictures

    def _media(self, article: Article, means: Means, done: Callable[[int], None]) -> tuple[dict[str, Upload], int]:
        """Where every picture is on the site, and how many were uploaded for that."""
        known = self._memory.of(self._site).pictures
        digests = {name: hashlib.sha256(picture.data).hexdigest() for name, picture in article.pictures.items()}
        there = self._still_there([known[digest].id for digest in digests.values() if digest in known])
        captions = _captions(article)
        out: dict[str, Upload] = {}
        uploaded = 0
        for number, (name, picture) in enumerate(article.pictures.items(), 1):
            sent = known.get(digests[name])
            if sent is None or sent.id not in there:
                sent = self._upload(means.raster(picture), number, captions.get(name, ""))
                self._memory.remember_picture(self._site, digests[name], sent)
                known = {**known, digests[name]: sent}
                there[sent.id] = sent.address
                uploaded += 1
            out[name] = Upload(there[sent.id], sent.id)
            done(number)
        return out, uploaded

    def _still_there(self, ids: list[int]) -> dict[int, str]:
        """The addresses of those pictures that were not deleted on the site meanwhile."""
        out: dict[int, str] = {}
        for at in range(0, len(ids), PAGE):
            some = ids[at : at + PAGE]
            found = _list(self._line.get("/wp/v2/media", include=",".join(map(str, some)), per_page=PAGE))
            out |= {_number(each): str(each.get("source_url", "")) for each in found}
        return {number: address for number, address in out.items() if address}

    def _upload(self, picture: Picture, number: int, caption: str) -> SentPicture:
        name = picture.name if picture.name.isascii() else f"picture-{number}.{picture.name.rpartition('.')[2]}"
        try:
            made = _values(self._line.upload("/wp/v2/media", picture.data, picture.media_type, name))
        except TooLargeError as error:
            size = decimal(len(picture.data) / 2**20)
            message = _("The picture {name} ({size} MB) is too large for {site}.")
            raise TooLargeError(message.format(name=picture.name, size=size, site=self._site), error.hint) from None
        except RefusedError as error:
            message = _("The picture {name} is not taken. {reason}").format(name=picture.name, reason=error.message)
            raise InputError(
                message, _("Give it another format in the deck: PNG or JPEG are taken anywhere.")
            ) from None
        id_ = _number(made)
        words = {"alt_text": readable(picture.alt), "caption": html.escape(readable(caption), quote=False)}
        if any(words.values()):
            self._line.post(f"/wp/v2/media/{id_}", words)
        return SentPicture(id_, str(made.get("source_url", "")))

    # -------------------------------------------------------------------------------------------- tags and categories

    def _terms(self, kind: str, names: Iterable[str], left_out: list[str]) -> list[int]:
        """The numbers of tags or categories, made where the site has none of that name."""
        out: list[int] = []
        for name in dict.fromkeys(" ".join(readable(name).split()) for name in names):
            try:
                number = self._term(kind, name) if name else None
            except ForbiddenError:
                left_out.append(name)
                continue
            if number is not None and number not in out:
                out.append(number)
        return out

    def _term(self, kind: str, name: str) -> int | None:
        for each in _list(self._line.get(f"/wp/v2/{kind}", search=name, per_page=PAGE)):
            if html.unescape(str(each.get("name", ""))).casefold() == name.casefold():
                return _number(each)
        try:
            return _number(_values(self._line.post(f"/wp/v2/{kind}", {"name": name})))
        except RefusedError as error:
            if error.code == "term_exists" and isinstance(error.data.get("term_id"), int):
                return int(error.data["term_id"])
            raise


def _captions(article: Article) -> dict[str, str]:
    """Caption and credit of each picture, where it is shown first."""
    out: dict[str, str] = {}
    blocks = (article.lead, *(each.blocks for each in article.sections))
    for thing, _line in (found for each in blocks for found in things(each)):
        if isinstance(thing, Figure):
            words = (plain_text(thing.caption).strip(), thing.credit.strip())
            out.setdefault(thing.source, " — ".join(each for each in words if each))
    return out


def _digest(post: Mapping[str, Any]) -> str:
    """Of what somebody may have changed on the site."""
    texts = [_raw(post, name) for name in ("title", "content", "excerpt")]
    return _digest_of([*texts, *(sorted(cast("list[int]", post.get(name) or [])) for name in ("tags", "categories"))])


def _sent_digest(values: Mapping[str, Any]) -> str:
    """Of what was sent, which the site may keep in its own spelling."""
    return _digest_of(sorted(values.items()))


def _digest_of(values: Any) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def _raw(post: Mapping[str, Any], name: str) -> str:
    """A text of a post as it is kept."""
    return str(_values(post.get(name)).get("raw", ""))


def _number(values: Mapping[str, Any]) -> int:
    """The number of what the site gave. Raises InputError for what is no answer of a WordPress."""
    found = values.get("id")
    if not isinstance(found, int):
        message = _("The site answers in a way that no WordPress does.")
        raise InputError(message, _("A plug-in may stand in between; whoever runs the site can tell."))
    return found


def _values(answer: Any) -> Mapping[str, Any]:
    return cast("dict[str, Any]", answer) if isinstance(answer, dict) else {}


def _list(answer: Any) -> list[Mapping[str, Any]]:
    return [_values(each) for each in cast("list[Any]", answer)] if isinstance(answer, list) else []
