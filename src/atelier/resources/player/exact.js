// The picture of a view as sharp as its pixels allow, painted in slices: generators that yield between two pieces of
// work of a few milliseconds. As render/exact.py.

import { device, rebase } from "./camera.js";
import { drawItems } from "./drawing.js";
import { CONTENT, SECTION_BELOW, faceAt, fullHeight } from "./faces.js";
import { FRAME_HEIGHT, contains, inset, rect } from "./geometry.js";
import { SECTION, WORLD } from "./places.js";
import { visible } from "./sight.js";

export const SMALLEST = 3; // pixels: a lower place is not drawn
export const SCRIM = 0.45;
export const WORLD_SCRIM = 0.2;
export const CORNER = 30;
const SLICE = 2.5; // milliseconds between two yields
const AT_ONCE = 16; // items drawn before the clock is looked at
export const WHOLE = { page: 0, step: null, progress: 1 };

/** From 0 (as it is) to 1 (dimmed): between the focus before and the one now. */
export function dimming(places, look, place) {
  const one = (focus) => (focus > 0 && places.dim(place, focus) ? 1 : 0);
  return look.mix >= 1 ? one(look.focus) : one(look.previous) * (1 - look.mix) + one(look.focus) * look.mix;
}

export function worldDimming(look) {
  return Number(look.previous > 0) * (1 - look.mix) + Number(look.focus > 0) * look.mix;
}

/** The part of the screen that a place covers for certain; null when it covers nothing. */
export function opaqueRect(places, sight) {
  const place = places.all[sight.place];
  const t = sight.t;
  if (place.surface === WORLD || t.turn !== 0) return null;
  if (place.surface === SECTION && !places.deck.look.solid) return null;
  const inner = inset(place.size, CORNER * 0.3);
  return rect(t.x + inner.x * t.scale, t.y + inner.y * t.scale, inner.width * t.scale, inner.height * t.scale);
}

/** Leaves out what lies wholly under an opaque place that fills the view. */
export function cull(places, sights, size) {
  const screen = rect(0, 0, size.width, size.height);
  for (let i = sights.length - 1; i > 0; i -= 1) {
    if (sights[i].t.scale * FRAME_HEIGHT < size.height) continue;
    const covered = opaqueRect(places, sights[i]);
    if (covered && contains(covered, screen)) return sights.slice(i);
  }
  return sights;
}

/** The flat colour that stands for a place's surface. */
export function surfaceColour(places, index) {
  const surface = index < 0 ? WORLD : places.all[index].surface;
  const { world, field, card } = places.deck.look;
  return surface === WORLD ? world : surface === SECTION ? field : card;
}

export const setTransform = (context, t) => {
  const [c, s] = t.turn === 0 ? [t.scale, 0] : [Math.cos(t.turn) * t.scale, Math.sin(t.turn) * t.scale];
  context.setTransform(c, s, -s, c, t.x, t.y);
};

/**
 * Paints the view of a camera. `inside` draws only that place and what is in it, on nothing; `reference` is the height
 * in pixels that faces are chosen for, where the picture is a part of a larger view.
 */
export function* exactPicture(scene, context, view, size, look, { inside = -1, reference = 0, live = false } = {}) {
  const { places } = scene;
  const height = reference || fullHeight(size, places.ratio);
  let sights = visible(places, view, size, SMALLEST, (SECTION_BELOW * height) / size.height);
  if (inside >= 0) {
    sights = sights.filter((sight) => places.inside(sight.place, inside));
  } else {
    sights = cull(places, sights, size);
    if (!live && sights.length && sights[0].place === 0) yield* inSlices(context, drawBackdrop(scene, context, view, size));
  }
  yield;
  let dimmed = null;
  let covered = -1;
  for (const sight of sights) {
    if (covered >= 0 && places.inside(sight.place, covered)) continue;
    if (dimmed && !places.inside(sight.place, dimmed.place)) {
      drawScrim(places, context, dimmed, dimming(places, look, dimmed.place));
      dimmed = null;
    }
    const place = places.all[sight.place];
    const face = faceAt(place, (sight.t.scale * FRAME_HEIGHT) / height);
    covered = place.isCase && face !== CONTENT ? sight.place : -1;
    const shown = look.shown.get(sight.place) ?? WHOLE;
    context.save();
    setTransform(context, sight.t);
    const items = scene.items(sight.place, face, shown.page);
    yield* inSlices(context, drawItems(context, scene.store, items, shown.step, shown.progress));
    context.restore();
    if (sight.place === 0 && inside < 0) drawVeil(places, context, size, WORLD_SCRIM * worldDimming(look));
    if (!dimmed && inside < 0 && dimming(places, look, sight.place) > 0) dimmed = sight;
    yield;
  }
  if (dimmed) drawScrim(places, context, dimmed, dimming(places, look, dimmed.place));
}

/** One place's own content, without what is inside it; the root on its ground. */
export function* ownContent(scene, context, index, shown) {
  if (index === 0) yield* inSlices(context, drawItems(context, scene.store, scene.ground(scene.places.all[0].size)));
  const items = scene.items(index, CONTENT, shown.page);
  yield* inSlices(context, drawItems(context, scene.store, items, shown.step, 1));
}

/** The world's ground, which goes on beyond the root. */
export function* drawBackdrop(scene, context, view, size) {
  const root = rebase(scene.places, view, 0);
  const reach = root.width * 1.5;
  const area = rect(root.centre.x - reach, root.centre.y - reach, 2 * reach, 2 * reach);
  context.save();
  setTransform(context, device(root, size));
  yield* drawItems(context, scene.store, scene.ground(area));
  context.restore();
}

/** Covers a place with its parent's surface, by `amount` of what a dimmed one gets. */
export function drawScrim(places, context, sight, amount) {
  if (amount <= 0) return;
  const place = places.all[sight.place];
  context.save();
  setTransform(context, sight.t);
  context.globalAlpha = SCRIM * amount;
  context.fillStyle = surfaceColour(places, place.parent);
  context.beginPath();
  context.roundRect(-8, -8, place.size.width + 16, place.size.height + 16, CORNER + 2);
  context.fill();
  context.restore();
}

/** Covers what is there with the colour of the world. */
export function drawVeil(places, context, size, opacity) {
  if (opacity <= 0) return;
  context.save();
  context.resetTransform();
  context.globalAlpha = opacity;
  context.fillStyle = surfaceColour(places, 0);
  context.fillRect(0, 0, size.width, size.height);
  context.restore();
}

/** Yields when the items painted since the last time took a few milliseconds. */
function* inSlices(context, items) {
  let since = performance.now();
  let waiting = 0;
  for (const _ of items) {
    waiting += 1;
    if (waiting < AT_ONCE) continue;
    waiting = 0;
    context.getImageData(0, 0, 1, 1); // a browser only notes what is to be drawn, and draws it when somebody looks
    if (performance.now() - since > SLICE) {
      yield;
      since = performance.now();
    }
  }
}
