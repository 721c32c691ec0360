"""Flights of the camera from one view to another.

The path is van Wijk and Nuij's, "Smooth and efficient zooming and panning" (2003): with the pan distance d and the
widths w0, w1 it is the shortest one for an eye that feels panning and zooming alike. r0 and r1 are the ends of the path
on its hyperbola, S = (r1 - r0) / ρ its length. The distance made good from the start is

    u(s) = w0 / ρ² · (cosh r0 · tanh(ρs + r0) - sinh r0) = w0 / ρ² · sinh(ρs) / cosh(ρs + r0)

and the second form, unlike the first, loses no digits; the distance left is the same seen from the other end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from atelier.canvas.camera import Camera, half_turn, relative, upright
from atelier.foundation.geometry import Point, Similarity

if TYPE_CHECKING:
    from atelier.canvas.model import Canvas


class Profile(Enum):
    FULL = "full"
    CALM = "calm"
    """Slower, its speeds limited, the view always upright."""
    CUTS = "cuts"
    """No movement: one view fades into the other."""


@dataclass(frozen=True, slots=True)
class Velocity:
    """How a view moves: `x`, `y` in view widths a second along the view's own axes (what the eye sees go by, in
    reverse), `zoom` the rate of the logarithm of its width, `turn` in radians, all a second.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 0.0
    turn: float = 0.0


STILL = Velocity()
CROSS_FADE = 0.18
"""Seconds a cut takes."""
FADE_OUT = 0.3
"""Seconds in which the speed of an interrupted flight dies away."""
CALM_WIDTHS = 0.8
CALM_OCTAVES = 1.2
_CALM_TURN = 0.5
"""Radians a second: the one turn upright after a change of profile."""

_RHO = {Profile.FULL: math.sqrt(2.0), Profile.CALM: 1.0, Profile.CUTS: math.sqrt(2.0)}
_FULL_SECONDS = (0.5, 2.2)
_CALM_LEAST = 0.7
_SECONDS_A_RADIAN = 0.5
_RAMP = 0.18
"""Share of a flight that it takes to reach full speed, and to stop."""


class Flight:
    """One flight, asked for its camera at any moment. Seconds count from its start.

    `velocity` is what an interrupted flight still had: it carries on and dies away while the new one gathers speed,
    so that the view's movement has no jolt (Reach and North, arXiv 1801.09358, on why that matters). `target` is where
    it ends: the camera given, in the calm profile turned upright.
    """

    def __init__(
        self,
        canvas: Canvas,
        start: Camera,
        target: Camera,
        view_ratio: float,
        profile: Profile = Profile.FULL,
        *,
        duration: float | None = None,
        velocity: Velocity | None = None,
    ) -> None:
        self.profile = profile
        self.start = start
        self.target = upright(canvas, target, view_ratio) if profile is Profile.CALM else target
        self._residual = velocity or STILL
        self._path = _Path(canvas, start, self.target, _RHO[profile])
        self.duration = self._seconds(duration)

    def _seconds(self, wished: float | None) -> float:
        """Grows with the length of the path; in the calm profile also what the limits on speed ask for."""
        path = self._path
        if self.profile is Profile.CUTS:
            return CROSS_FADE if wished is None else wished
        if self.profile is Profile.FULL:
            length = max(path.length, abs(path.turn) * _SECONDS_A_RADIAN)
            return min(max(length, _FULL_SECONDS[0]), _FULL_SECONDS[1]) if wished is None else max(wished, 1e-3)
        pan, zoom = path.steepest()
        limit = max(pan / CALM_WIDTHS, zoom / (CALM_OCTAVES * math.log(2.0)))
        turning = abs(path.turn) / _CALM_TURN
        return max(_CALM_LEAST if wished is None else wished, 1e-3, max(path.length * limit, turning) / (1.0 - _RAMP))

    def at(self, t: float) -> Camera:
        """The camera after `t` seconds: exactly the start before 0 and the target from `duration` on."""
        if t >= self.duration:
            return self.target
        if t <= 0.0:
            return self.start
        if self.profile is Profile.CUTS:
            return self.target
        progress, _ = _ease(t / self.duration)
        camera = self._path.at(progress)
        if self._residual == STILL:
            return camera
        share, _ = self._left_over(t)
        moved = self._residual
        shift = Similarity(0.0, 0.0, camera.width, camera.rotation).map(Point(moved.x * share, moved.y * share))
        return Camera(
            camera.anchor,
            camera.centre + shift,
            camera.width * math.exp(moved.zoom * share),
            half_turn(camera.rotation + moved.turn * share),
        )

    def velocity(self, t: float) -> Velocity:
        """How the view moves after `t` seconds."""
        if self.profile is Profile.CUTS or t < 0.0 or t >= self.duration:
            return STILL
        progress, rate = _ease(t / self.duration)
        base = self._path.velocity(progress, rate / self.duration)
        if self._residual == STILL:
            return base
        # centre = base + width · R(rotation) · δ, width = base · e^ζ: their derivatives, in the new view's axes.
        share, rate = self._left_over(t)
        rest = self._residual
        dx, dy, zoom, turn = rest.x * share, rest.y * share, rest.zoom * share, rest.turn * share
        x = base.x + rest.x * rate + base.zoom * dx - base.turn * dy
        y = base.y + rest.y * rate + base.zoom * dy + base.turn * dx
        seen = Similarity(0.0, 0.0, math.exp(-zoom), -turn).map(Point(x, y))
        return Velocity(seen.x, seen.y, base.zoom + rest.zoom * rate, base.turn + rest.turn * rate)

    def _left_over(self, t: float) -> tuple[float, float]:
        """How many seconds' worth of the residual velocity displace the view at `t`, and the rate of that.

        The speed dies away as (1 - t/τ)²; what it has moved is taken back as the flight itself proceeds, so that it
        still arrives where it should.
        """
        tau = min(FADE_OUT, self.duration)
        left = max(1.0 - t / tau, 0.0)
        moved, speed = tau / 3.0 * (1.0 - left**3), left**2
        progress, rate = _ease(t / self.duration)
        return moved * (1.0 - progress), speed * (1.0 - progress) - moved * rate / self.duration


class _Path:
    """The path without its timing: cameras by progress, the share of its length that is behind."""

    def __init__(self, canvas: Canvas, start: Camera, target: Camera, rho: float) -> None:
        self._start, self._target, self._rho = start, target, rho
        there = relative(canvas, start.anchor, target.anchor)
        back = relative(canvas, target.anchor, start.anchor)
        self.turn = half_turn(target.rotation - there.rotation - start.rotation)
        # Distance and direction where the numbers are small: an end deep inside the other's place knows its way best
        # in that other place's units.
        if there.scale >= 1.0:
            away = back.map(target.centre) - start.centre
            self._distance = away.length
            self._out = away * (1.0 / self._distance) if self._distance > 0.0 else Point(0.0, 0.0)
            self._in = Similarity(0.0, 0.0, 1.0, there.rotation).map(self._out)
        else:
            away = target.centre - there.map(start.centre)
            self._distance = away.length * back.scale
            self._in = away * (1.0 / away.length) if away.length > 0.0 else Point(0.0, 0.0)
            self._out = Similarity(0.0, 0.0, 1.0, back.rotation).map(self._in)
        self._scale = there.scale
        self._reach = start.centre.length, target.centre.length * back.scale
        self._seen_out = Similarity(0.0, 0.0, 1.0, -start.rotation).map(self._out)

        pan = self._distance / start.width
        zoom = target.width * back.scale / start.width
        if pan > 1e-150:
            bend = rho * rho * pan
            self._r0 = -math.asinh((zoom * zoom - 1.0 + bend * bend) / (2.0 * bend))
            self._r1 = -math.asinh((zoom * zoom - 1.0 - bend * bend) / (2.0 * zoom * bend))
            self._straight = 0.0
            self.length = (self._r1 - self._r0) / rho
        else:
            self._r0 = self._r1 = 0.0
            self._straight = math.copysign(1.0, math.log(zoom))
            self.length = abs(math.log(zoom)) / rho

    def at(self, progress: float) -> Camera:
        """Counted from whichever end keeps the numbers small against the view."""
        start, target, rho = self._start, self._target, self._rho
        done, left = self.length * progress, self.length * (1.0 - progress)
        if self._straight:
            out_width, out = start.width * math.exp(self._straight * rho * done), 0.0
            in_width, in_ = target.width * math.exp(-self._straight * rho * left), 0.0
        else:
            out_width, out = _along(start.width, self._r0, rho, done)
            in_width, in_ = _along(target.width, -self._r1, rho, left)
        if max(self._reach[0], out) <= max(self._reach[1], in_ / self._scale):
            rotation = half_turn(start.rotation + self.turn * progress)
            return Camera(start.anchor, start.centre + self._out * out, out_width, rotation)
        rotation = half_turn(target.rotation - self.turn * (1.0 - progress))
        return Camera(target.anchor, target.centre - self._in * in_, in_width, rotation)

    def velocity(self, progress: float, rate: float) -> Velocity:
        """The view's velocity where progress grows by `rate` a second."""
        speed = self.length * rate
        turn = self.turn * rate
        if self._straight:
            return Velocity(zoom=self._straight * self._rho * speed, turn=turn)
        r = self._r0 + self._rho * self.length * progress
        pan = speed / (self._rho * math.cosh(r))
        seen = Similarity(0.0, 0.0, pan, -self.turn * progress).map(self._seen_out)
        return Velocity(seen.x, seen.y, -self._rho * math.tanh(r) * speed, turn)

    def steepest(self) -> tuple[float, float]:
        """The most widths panned, and the most the logarithm of the width changes, per unit of length."""
        if self._straight:
            return 0.0, self._rho
        nearest = 0.0 if self._r0 <= 0.0 <= self._r1 else min(abs(self._r0), abs(self._r1))
        farthest = max(abs(self._r0), abs(self._r1))
        return 1.0 / (self._rho * math.cosh(nearest)), self._rho * math.tanh(farthest)


def _along(width: float, r0: float, rho: float, s: float) -> tuple[float, float]:
    """Width of the view and distance made good after the length `s`, from the end that has this width and r0."""
    # Written with exponentials of differences: the hyperbolic functions overflow on a flight across fifty levels.
    a, near, far = rho * s, abs(r0), abs(rho * s + r0)
    tail = 1.0 + math.exp(-2.0 * far)
    shrunk = math.exp(near - far) * (1.0 + math.exp(-2.0 * near)) / tail
    gone = math.exp(a - far) * -math.expm1(-2.0 * a) / tail
    return width * shrunk, width / (rho * rho) * gone


def _ease(t: float) -> tuple[float, float]:
    """Progress and its rate at the share `t` of the time: a smooth start, an even pace, a smooth stop."""
    if t > 0.5:
        progress, rate = _ease(1.0 - t)
        return 1.0 - progress, rate
    pace = 1.0 / (1.0 - _RAMP)
    x = t / _RAMP
    if x >= 1.0:
        return pace * (t - _RAMP / 2.0), pace
    return pace * _RAMP * x**3 * (1.0 - x / 2.0), pace * x * x * (3.0 - 2.0 * x)
