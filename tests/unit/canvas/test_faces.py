from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.canvas.canvas_trees import canvas_of, fan

from atelier.canvas.faces import Face, at_rest, content_share, dim


def test_thresholds() -> None:
    assert [content_share(f) for f in (0.0, 0.28, 0.52, 0.94)] == [0.0, 0.0, 1.0, 1.0]
    assert content_share(0.40) == pytest.approx(0.5)
    assert [at_rest(f) for f in (0.94, 0.52, 0.51, 0.062, 0.061)] == [
        Face.CONTENT, Face.CONTENT, Face.COVER, Face.COVER, Face.CHIP,
    ]  # fmt: skip
    assert at_rest(0.051, section=True) is Face.COVER
    assert at_rest(0.049, section=True) is Face.CHIP


@given(st.floats(0, 2), st.floats(0, 2))
def test_content_grows_with_size(a: float, b: float) -> None:
    assert content_share(min(a, b)) <= content_share(max(a, b))


def test_only_siblings_and_cousins_step_back() -> None:
    canvas = canvas_of([[fan(2), []], [[]], []])
    current = canvas.places[1].children[0]
    bright = {p.index for p in canvas.places if not dim(canvas, p.index, current)}
    assert bright == {0, 1, current, *canvas.places[current].children}
    assert not any(dim(canvas, p.index, 0) for p in canvas.places)
