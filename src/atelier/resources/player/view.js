// The canvas on the page and what moves it: flights, steps, zoom and pan. One tick draws one picture; what is left of its
// time refines tiles. At rest the exact picture is painted in slices between two events. As windows/canvas_widget.py.

import { pan, zoomAt } from "./camera.js";
import { CALM, CUTS, FULL, Flight, STILL } from "./flight.js";
import { Renderer } from "./renderer.js";
import { WHOLE } from "./exact.js";

const WORK = 9; // milliseconds into a tick until which a slice of refining may begin
const IDLE_SLICE = 10;
const PATIENCE = 3; // ticks without any refining after which one slice is done all the same
const LATE = 24; // milliseconds after the one before that a picture comes late
const DIM = { [FULL]: 0.24, [CALM]: 0.4, [CUTS]: 0.18 };
const STEP_IN = { [FULL]: 0.22, [CALM]: 0.32, [CUTS]: 0 };

export class View {
  /** `onChange(settled)` is told of every picture: whether it is the exact one of a view at rest. */
  constructor(scene, canvas, onChange) {
    this.scene = scene;
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.onChange = onChange;
    this.renderer = new Renderer(scene);
    this.profile = FULL;
    this.camera = null;
    this.look = { focus: -1, previous: -1, mix: 1, shown: new Map() };
    this.journey = null;
    this.smooth = true; // sampling smoothly costs about twice as much
    this.late = 0; // pictures of the flight under way that came late
    this.settled = false;
    this.waited = 0;
    this.next = [];
    this.presented = []; // moments of the pictures of the flight under way
    this.tick = this.tick.bind(this);
    this.idle = this.idle.bind(this);
    this.resize();
  }

  get ratio() {
    return this.size.width / this.size.height;
  }

  get moving() {
    return this.journey !== null;
  }

  /** Takes the size of its box; returns whether that is another than before. */
  resize() {
    const density = window.devicePixelRatio || 1;
    const width = Math.max(1, Math.round(this.canvas.clientWidth * density));
    const height = Math.max(1, Math.round(this.canvas.clientHeight * density));
    const changed = !this.size || this.size.width !== width || this.size.height !== height;
    this.density = density;
    if (!changed) return false;
    this.size = { width, height };
    this.canvas.width = width;
    this.canvas.height = height;
    this.renderer.resize(this.size);
    return true;
  }

  /** Shows a view at once. */
  showAt(camera, look) {
    this.finish();
    [this.camera, this.look] = [camera, look];
    this.rest();
  }

  /** Flies to a view, taking over the speed of a flight under way. */
  flyTo(camera, look) {
    const now = performance.now();
    const before = this.journey;
    const velocity = before?.flight ? before.flight.velocity((now - before.start) / 1000) : STILL;
    const from = this.profile === CUTS ? this.snapshot() : null;
    const flight = new Flight(this.scene.places, this.camera, camera, this.ratio, this.profile, velocity);
    const arrival = { ...look, previous: -1, mix: 1 };
    const shown = new Map([...this.look.shown, ...look.shown]);
    if (from) {
      [this.camera, this.look] = [flight.target, arrival];
      this.renderer.work(Infinity, { view: this.camera, look: this.look });
    } else {
      this.look = { ...look, previous: this.look.focus, mix: 0, shown };
    }
    this.begin({ start: performance.now(), duration: flight.duration, flight, look: arrival, from });
    if (!from) this.renderer.anticipate(flight.target, arrival);
  }

  /** Shows another step of a place at the same view; the newest comes in. */
  stepTo(place, look) {
    this.finish();
    const duration = STEP_IN[this.profile];
    const shown = look.shown.get(place);
    const before = this.look.shown.get(place) ?? WHOLE;
    if (duration <= 0 || !shown || !shown.step || shown.page !== before.page) {
      this.showAt(this.camera, look);
      return;
    }
    const from = this.snapshot();
    this.look = look;
    this.begin({ start: performance.now(), duration, look, stepping: place, from });
  }

  /** Views likely to come next: their tiles are made when there is nothing else to do. */
  expect(views) {
    this.next = views;
  }

  zoom(at, factor) {
    this.finish();
    this.byHand(zoomAt(this.scene.places, this.camera, this.size, this.pixel(at), factor));
  }

  pan(dx, dy) {
    this.finish();
    const k = this.density;
    this.byHand(pan(this.scene.places, this.camera, this.size, dx * k, dy * k));
  }

  pixel(at) {
    return { x: at.x * this.density, y: at.y * this.density };
  }

  byHand(camera) {
    this.camera = camera;
    if (this.look.focus !== -1 || this.look.mix !== 1) this.look = { ...this.look, focus: -1, previous: -1, mix: 1 };
    this.rest();
  }

  // ------------------------------------------------------------------------------------------------------------ ticks

  begin(journey) {
    this.journey = journey;
    this.settled = false;
    this.waited = 0;
    this.smooth = this.late * 8 < this.presented.length || this.presented.length === 0;
    this.late = 0;
    this.presented = [];
    this.onChange(false);
    this.schedule(this.tick);
  }

  /** One thing is under way at a time: a tick of a movement, or idle work at rest. */
  schedule(work) {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
    if (work === this.tick) this.frame = requestAnimationFrame(work);
    else this.timer = setTimeout(work, 0);
  }

  tick() {
    const { journey } = this;
    if (!journey) return;
    const now = performance.now();
    const t = (now - journey.start) / 1000;
    const over = t >= journey.duration;
    if (journey.flight && !journey.from) {
      this.camera = journey.flight.at(t);
      const dim = DIM[this.profile];
      this.look = { ...this.look, mix: Math.min(1, Math.max(0, (t - (journey.duration - dim)) / dim)) };
    } else if (journey.stepping !== undefined) {
      const share = Math.min(1, t / journey.duration);
      const shown = { ...journey.look.shown.get(journey.stepping), progress: 1 - (1 - share) ** 3 };
      this.look = { ...journey.look, shown: new Map(journey.look.shown).set(journey.stepping, shown) };
    }
    if (over) {
      this.finish();
      this.rest();
      return;
    }
    this.paint(t);
    this.presented.push(now);
    const late = now - (this.presented.at(-2) ?? now) > LATE;
    this.late += late;
    if (this.late > 1) this.smooth = false; // for the rest of the flight: changing to and fro would show
    this.waited = late ? this.waited + 1 : 0;
    if (this.waited === 0 || this.waited === PATIENCE) {
      this.waited = 0;
      this.renderer.work(now + WORK, null, true);
    }
    this.schedule(this.tick);
  }

  /** Puts what is under way at its end. */
  finish() {
    const { journey } = this;
    this.journey = null;
    if (!journey) return;
    this.look = journey.look;
    if (journey.flight) this.camera = journey.flight.target;
  }

  rest() {
    this.settled = false;
    this.paint();
    this.onChange(false);
    this.schedule(this.idle);
  }

  idle() {
    if (this.journey) return;
    const at = { view: this.camera, look: this.look };
    const changed = this.renderer.work(performance.now() + IDLE_SLICE, at);
    if (!this.settled && this.renderer.restsAt(this.camera, this.look)) {
      this.settled = true;
      this.paint();
      this.onChange(true);
    } else if (changed && !this.settled) {
      this.paint();
    }
    if (this.renderer.idle(at)) {
      const coming = this.next.shift();
      if (!coming) return;
      this.renderer.anticipate(coming.view, coming.look);
    }
    this.schedule(this.idle);
  }

  paint(t = 0) {
    const { journey, context } = this;
    if (journey?.from && journey.stepping !== undefined) {
      context.resetTransform();
      context.drawImage(journey.from, 0, 0);
      this.renderer.paintLive(context, this.camera, this.look, journey.stepping);
      return;
    }
    const moving = journey !== null && !journey.from;
    this.renderer.paint(context, this.camera, this.look, this.smooth || !moving, moving);
    if (journey?.from) {
      context.globalAlpha = Math.max(0, 1 - t / journey.duration);
      context.drawImage(journey.from, 0, 0);
      context.globalAlpha = 1;
    }
  }

  snapshot() {
    const copy = document.createElement("canvas");
    copy.width = this.size.width;
    copy.height = this.size.height;
    copy.getContext("2d", { alpha: false }).drawImage(this.canvas, 0, 0);
    return copy;
  }
}
