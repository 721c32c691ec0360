from __future__ import annotations

import subprocess
import sys

import pytest
from tests.unit.markup.markup_reading import only

from atelier.markup.blocks import Inline, InlineMath, Paragraph, Style, Text
from atelier.markup.safety import safe_address


def runs(text: str, lang: str = "en") -> tuple[Inline, ...]:
    return only(text, Paragraph, lang).inlines


def styled(text: str, *styles: Style) -> Text:
    return Text(text, frozenset(styles))


def test_styles() -> None:
    assert runs("**b *c*** `d`") == (
        styled("b ", Style.STRONG),
        styled("c", Style.STRONG, Style.EMPHASIS),
        Text(" "),
        styled("d", Style.CODE),
    )
    assert runs("a ==m== ~~d~~ ^^i^^ H~2~O x^2^")[1::2] == (
        styled("m", Style.MARK),
        styled("d", Style.DELETED),
        styled("i", Style.INSERTED),
        styled("2", Style.SUBSCRIPT),
        styled("2", Style.SUPERSCRIPT),
    )


def test_signs_in_words_are_no_marks() -> None:
    for text in ("if a==b and c==d", "a ~ b ~ c, ~200 to ~300", "2^ 3^", "a === b === c", "~~ a ~~"):
        assert runs(text) == (Text(text),)


def test_html_that_means_a_style() -> None:
    assert runs("<b>x <i>y</i></b> <kbd>k</kbd>") == (
        styled("x ", Style.STRONG),
        styled("y", Style.STRONG, Style.EMPHASIS),
        Text(" "),
        styled("k", Style.CODE),
    )


def test_private_spans() -> None:
    assert runs("*nom*{.private} et **x**{.private}") == (
        styled("nom", Style.EMPHASIS, Style.PRIVATE),
        Text(" et "),
        styled("x", Style.STRONG, Style.PRIVATE),
    )
    assert runs("*a $x$*{.private}")[1] == InlineMath("x", private=True)


def test_words_with_signs_stay_words() -> None:
    for text in ("snake_case_name and 2 * 3 * 4", "\\*not\\* \\[this\\]", "a \\\\ b", "$5 and $10", "R&D &c", "{a} b}"):
        assert "".join(r.text for r in runs(text) if isinstance(r, Text)) == (
            text.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\")
        )


def test_math() -> None:
    for text in ("$a_b * c_d$", "\\(a_b * c_d\\)", "$$a_b * c_d$$ x"):
        assert runs(f"so {text} ends")[1] == InlineMath("a_b * c_d")


def test_math_as_jekyll_escapes_it() -> None:
    assert runs(r"so \\(y \in \\{ -1, 1 \\}\\) and \\(W\\) end")[1::2] == (
        InlineMath(r"y \in \{ -1, 1 \}"),
        InlineMath("W"),
    )
    assert "".join(r.text for r in runs(r"C:\\(temp) x") if isinstance(r, Text)) == r"C:\(temp) x"


def test_links() -> None:
    text = "[Lego](#lego) [x][a b] [a b] <https://c.example> d@e\n\n[A B]: http://a.example"
    assert runs(text)[::2] == (
        Text("Lego", href="#lego"),
        Text("x", href="http://a.example"),
        Text("a b", href="http://a.example"),
        Text("https://c.example", href="https://c.example"),
    )
    assert runs(text)[-1] == Text(" d@e")
    assert Text("x", href="b c.md") in runs("see [x](<b c.md>)")
    assert Text("https://x.example/a_b_(c)", href="https://x.example/a_b_(c)") in runs(
        "see https://x.example/a_b_(c), or"
    )


@pytest.mark.parametrize(
    "address",
    ["javascript:x", "JaVa\tScript:x", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "java&#115;cript:x",
     "\u200bjavascript:x", "//evil.example/x", "blob:x"],
)  # fmt: skip
def test_addresses_that_lose_themselves(address: str) -> None:
    assert safe_address(address) == ""
    assert all(run.href == "" for run in runs(f"[x](<{address}>)") if isinstance(run, Text))


@pytest.mark.parametrize("address", ["#lego", "a/b.md", "https://x.example", "mailto:a@b.example", "a?b=c:d", "?a:b"])
def test_addresses_that_stay(address: str) -> None:
    assert safe_address(address) == address


def test_abbreviations() -> None:
    found = runs("The HTML and XHTML `HTML`\n\n*[HTML]: Hyper Text")
    assert [(r.text, r.expansion) for r in found if isinstance(r, Text) and r.expansion] == [("HTML", "Hyper Text")]


def test_an_abbreviation_stands_for_plain_words_without_what_is_private() -> None:
    for words, said in (
        ("[Hyper](https://example.org/) *T&#101;xt*", "Hyper Text"),
        ("a *secret*{.private} word", "a word"),
        ("[a *secret*]{.private} word", ""),
    ):
        found = runs(f"HTML\n\n*[HTML]: {words}")
        assert [(r.text, r.expansion) for r in found if isinstance(r, Text)] == [("HTML", said)]


def test_plain_titles_and_frames_do_without_python_markdown() -> None:
    code = (
        "import sys; from atelier.markup.parser import FrameParser; from atelier.markup.source import Definitions;"
        "p = FrameParser(Definitions(), 'fr'); p.parse_inline('Le titre : oui ?'); p.parse('Du texte.', 1);"
        "sys.exit('markdown' in sys.modules or 'pygments' in sys.modules or 'nh3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
