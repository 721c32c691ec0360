// Flights of the camera: van Wijk and Nuij, "Smooth and efficient zooming and panning" (2003). The same as the program's
// canvas/flight.py, where the formulas are explained; tests compare the two.

import { camera, upright } from "./camera.js";
import { halfTurn, map, point, similarity } from "./geometry.js";

export const FULL = "full";
export const CALM = "calm"; // slower, its speeds limited, the view always upright
export const CUTS = "cuts"; // no movement: one view fades into the other

export const STILL = { x: 0, y: 0, zoom: 0, turn: 0 };
const CROSS_FADE = 0.18;
const FADE_OUT = 0.3;
const CALM_WIDTHS = 0.8;
const CALM_OCTAVES = 1.2;
const CALM_TURN = 0.5;
const RHO = { full: Math.SQRT2, calm: 1, cuts: Math.SQRT2 };
const FULL_SECONDS = [0.5, 2.2];
const CALM_LEAST = 0.7;
const SECONDS_A_RADIAN = 0.5;
const RAMP = 0.18;

/**
 * One flight, asked for its camera at any moment; seconds count from its start. `velocity` is what an interrupted
 * flight still had: it dies away while the new one gathers speed, so that the movement has no jolt.
 */
export class Flight {
  constructor(places, start, target, ratio, profile = FULL, velocity = STILL) {
    this.profile = profile;
    this.start = start;
    this.target = profile === CALM ? upright(places, target, ratio) : target;
    this.residual = velocity;
    this.path = new Path(places, start, this.target, RHO[profile]);
    this.duration = this.seconds();
  }

  seconds() {
    const path = this.path;
    if (this.profile === CUTS) return CROSS_FADE;
    if (this.profile === FULL) {
      const length = Math.max(path.length, Math.abs(path.turn) * SECONDS_A_RADIAN);
      return Math.min(Math.max(length, FULL_SECONDS[0]), FULL_SECONDS[1]);
    }
    const [panned, zoomed] = path.steepest();
    const limit = Math.max(panned / CALM_WIDTHS, zoomed / (CALM_OCTAVES * Math.LN2));
    return Math.max(CALM_LEAST, Math.max(path.length * limit, Math.abs(path.turn) / CALM_TURN) / (1 - RAMP));
  }

  /** The camera after `t` seconds: exactly the start before 0 and the target from `duration` on. */
  at(t) {
    if (t >= this.duration || this.profile === CUTS) return t <= 0 ? this.start : this.target;
    if (t <= 0) return this.start;
    const view = this.path.at(ease(t / this.duration)[0]);
    const moved = this.residual;
    if (moved === STILL) return view;
    const share = this.leftOver(t)[0];
    const shift = map(similarity(0, 0, view.width, view.turn), point(moved.x * share, moved.y * share));
    const to = point(view.centre.x + shift.x, view.centre.y + shift.y);
    return camera(view.anchor, to, view.width * Math.exp(moved.zoom * share), halfTurn(view.turn + moved.turn * share));
  }

  /** How the view moves after `t` seconds: widths, logarithm of the width and radians, all a second. */
  velocity(t) {
    if (this.profile === CUTS || t < 0 || t >= this.duration) return STILL;
    const [progress, pace] = ease(t / this.duration);
    const base = this.path.velocity(progress, pace / this.duration);
    const rest = this.residual;
    if (rest === STILL) return base;
    const [share, rate] = this.leftOver(t);
    const [dx, dy, zoom, turn] = [rest.x * share, rest.y * share, rest.zoom * share, rest.turn * share];
    const x = base.x + rest.x * rate + base.zoom * dx - base.turn * dy;
    const y = base.y + rest.y * rate + base.zoom * dy + base.turn * dx;
    const seen = map(similarity(0, 0, Math.exp(-zoom), -turn), point(x, y));
    return { x: seen.x, y: seen.y, zoom: base.zoom + rest.zoom * rate, turn: base.turn + rest.turn * rate };
  }

  leftOver(t) {
    const tau = Math.min(FADE_OUT, this.duration);
    const left = Math.max(1 - t / tau, 0);
    const [moved, speed] = [(tau / 3) * (1 - left ** 3), left ** 2];
    const [progress, rate] = ease(t / this.duration);
    return [moved * (1 - progress), speed * (1 - progress) - (moved * rate) / this.duration];
  }
}

class Path {
  constructor(places, start, target, rho) {
    Object.assign(this, { begin: start, end: target, rho });
    const there = places.relative(start.anchor, target.anchor);
    const back = places.relative(target.anchor, start.anchor);
    this.turn = halfTurn(target.turn - there.turn - start.turn);
    if (there.scale >= 1) {
      const to = map(back, target.centre);
      const away = point(to.x - start.centre.x, to.y - start.centre.y);
      this.distance = length(away);
      this.out = this.distance > 0 ? times(away, 1 / this.distance) : point(0, 0);
      this.in = map(similarity(0, 0, 1, there.turn), this.out);
    } else {
      const from = map(there, start.centre);
      const away = point(target.centre.x - from.x, target.centre.y - from.y);
      this.distance = length(away) * back.scale;
      this.in = length(away) > 0 ? times(away, 1 / length(away)) : point(0, 0);
      this.out = map(similarity(0, 0, 1, back.turn), this.in);
    }
    this.scale = there.scale;
    this.reach = [length(start.centre), length(target.centre) * back.scale];
    this.seenOut = map(similarity(0, 0, 1, -start.turn), this.out);
    const panned = this.distance / start.width;
    const zoom = (target.width * back.scale) / start.width;
    if (panned > 1e-150) {
      const bend = rho * rho * panned;
      this.r0 = -Math.asinh((zoom * zoom - 1 + bend * bend) / (2 * bend));
      this.r1 = -Math.asinh((zoom * zoom - 1 - bend * bend) / (2 * zoom * bend));
      this.straight = 0;
      this.length = (this.r1 - this.r0) / rho;
    } else {
      this.r0 = this.r1 = 0;
      this.straight = Math.log(zoom) < 0 ? -1 : 1;
      this.length = Math.abs(Math.log(zoom)) / rho;
    }
  }

  /** Counted from whichever end keeps the numbers small against the view. */
  at(progress) {
    const { begin, end, rho } = this;
    const [done, left] = [this.length * progress, this.length * (1 - progress)];
    let [outWidth, out, inWidth, inward] = [0, 0, 0, 0];
    if (this.straight) {
      outWidth = begin.width * Math.exp(this.straight * rho * done);
      inWidth = end.width * Math.exp(-this.straight * rho * left);
    } else {
      [outWidth, out] = along(begin.width, this.r0, rho, done);
      [inWidth, inward] = along(end.width, -this.r1, rho, left);
    }
    if (Math.max(this.reach[0], out) <= Math.max(this.reach[1], inward / this.scale)) {
      const at = point(begin.centre.x + this.out.x * out, begin.centre.y + this.out.y * out);
      return camera(begin.anchor, at, outWidth, halfTurn(begin.turn + this.turn * progress));
    }
    const at = point(end.centre.x - this.in.x * inward, end.centre.y - this.in.y * inward);
    return camera(end.anchor, at, inWidth, halfTurn(end.turn - this.turn * (1 - progress)));
  }

  velocity(progress, rate) {
    const speed = this.length * rate;
    const turn = this.turn * rate;
    if (this.straight) return { x: 0, y: 0, zoom: this.straight * this.rho * speed, turn };
    const r = this.r0 + this.rho * this.length * progress;
    const panned = speed / (this.rho * Math.cosh(r));
    const seen = map(similarity(0, 0, panned, -this.turn * progress), this.seenOut);
    return { x: seen.x, y: seen.y, zoom: -this.rho * Math.tanh(r) * speed, turn };
  }

  /** The most widths panned, and the most the logarithm of the width changes, per unit of length. */
  steepest() {
    if (this.straight) return [0, this.rho];
    const [a, b] = [Math.abs(this.r0), Math.abs(this.r1)];
    const nearest = this.r0 <= 0 && this.r1 >= 0 ? 0 : Math.min(a, b);
    return [1 / (this.rho * Math.cosh(nearest)), this.rho * Math.tanh(Math.max(a, b))];
  }
}

/** Width of the view and distance made good after the length `s`, from the end that has this width and r0. */
function along(width, r0, rho, s) {
  const [a, near, far] = [rho * s, Math.abs(r0), Math.abs(rho * s + r0)];
  const tail = 1 + Math.exp(-2 * far);
  const shrunk = (Math.exp(near - far) * (1 + Math.exp(-2 * near))) / tail;
  const gone = (Math.exp(a - far) * -Math.expm1(-2 * a)) / tail;
  return [width * shrunk, (width / (rho * rho)) * gone];
}

/** Progress and its rate at the share `t` of the time: a smooth start, an even pace, a smooth stop. */
function ease(t) {
  if (t > 0.5) {
    const [progress, rate] = ease(1 - t);
    return [1 - progress, rate];
  }
  const pace = 1 / (1 - RAMP);
  const x = t / RAMP;
  if (x >= 1) return [pace * (t - RAMP / 2), pace];
  return [pace * RAMP * x ** 3 * (1 - x / 2), pace * x * x * (3 - 2 * x)];
}

const length = (p) => Math.hypot(p.x, p.y);
const times = (p, factor) => point(p.x * factor, p.y * factor);
