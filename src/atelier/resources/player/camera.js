// The camera: what part of the canvas a view shows, and how hands move it. It is kept in the units of a place near what
// it looks at (its anchor), so that its numbers stay of the size of the view however deep that is.

import {
  FRAME_HEIGHT, centre, clamp, corners, halfTurn, holds, inverse, map, point, rect, similarity,
} from "./geometry.js";

const FILL = 0.94;
const FILL_CASE = 0.9;
const FILL_ROOT = 1;
const LABEL = 60;
const WIDEST = 3;
const NARROWEST = 1 / 50;
const CLICKABLE = 24;

export const camera = (anchor, at, width, turn = 0) => ({ anchor, centre: at, width, turn });

/** The same view in the units of another place. */
export function rebase(places, view, anchor) {
  if (anchor === view.anchor) return view;
  const t = places.relative(view.anchor, anchor);
  return camera(anchor, map(t, view.centre), view.width * t.scale, halfTurn(view.turn + t.turn));
}

/** Where the camera rests to show a place: whole, with a margin, turned as it is; the root with all beyond it. */
export function home(places, index, ratio) {
  const place = places.all[index];
  if (index === 0 && place.reach) {
    const box = place.reach;
    return camera(0, centre(box), Math.max(box.width, box.height * ratio) / FILL);
  }
  if (place.isLabelled && index !== 0) {
    const width = Math.max(place.size.width, (FRAME_HEIGHT + LABEL) * ratio) / FILL;
    return camera(index, point(place.size.width / 2, (FRAME_HEIGHT - LABEL) / 2), width);
  }
  const fill = index === 0 ? FILL_ROOT : place.isCase ? FILL_CASE : FILL;
  return camera(index, centre(place.size), (Math.max(place.ratio, ratio) * FRAME_HEIGHT) / fill);
}

/** What surrounds a place: its parent, the canvas for the root. */
export const overview = (places, index, ratio) => home(places, Math.max(places.all[index].parent, 0), ratio);

/** The view without rotation on the canvas that shows all of what this one shows. */
export function upright(places, view, ratio) {
  const turn = halfTurn(view.turn + places.relative(view.anchor, 0).turn);
  if (turn === 0) return view;
  const [c, s] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  const height = view.width / ratio;
  const width = Math.max(view.width * c + height * s, (view.width * s + height * c) * ratio);
  return camera(view.anchor, view.centre, width, halfTurn(view.turn - turn));
}

/** The map from the anchor's units to pixels of a view of that size. */
export function device(view, size) {
  const scale = size.width / view.width;
  const shift = map(similarity(0, 0, scale, -view.turn), view.centre);
  return similarity(size.width / 2 - shift.x, size.height / 2 - shift.y, scale, -view.turn);
}

/** The smallest place that contains the view; the root where none does. */
export function bestAnchor(places, view, ratio) {
  let at = view;
  while (at.anchor !== 0 && !holdsView(places.all[at.anchor], at, ratio)) at = up(places, at);
  for (let child = childAround(places, at, ratio); child; child = childAround(places, at, ratio)) at = child;
  return at.anchor;
}

/** `factor` times closer (farther below 1); what is under `at` (pixels) stays there. */
export function zoomAt(places, view, size, at, factor) {
  const scale = places.relative(view.anchor, 0).scale;
  const root = places.all[0];
  const widest = (root.reach ?? root.size).width * WIDEST;
  const width = clamp(view.width / factor, (places.smallest * NARROWEST) / scale, widest / scale);
  const arm = inAnchor(view, size, at);
  const kept = 1 - width / view.width;
  const to = point(view.centre.x + arm.x * kept, view.centre.y + arm.y * kept);
  return held(places, camera(view.anchor, to, width, view.turn), size);
}

/** What is shown moves by so many pixels. */
export function pan(places, view, size, dx, dy) {
  const arm = inAnchor(view, size, point(size.width / 2 + dx, size.height / 2 + dy));
  const to = point(view.centre.x - arm.x, view.centre.y - arm.y);
  return held(places, camera(view.anchor, to, view.width, view.turn), size);
}

/** The deepest place under a point (pixels) that is high enough to be meant; the root where there is none. */
export function placeAt(places, view, size, at, smallest = CLICKABLE) {
  const arm = inAnchor(view, size, at);
  let spot = point(view.centre.x + arm.x, view.centre.y + arm.y);
  let scale = size.width / view.width;
  let found = view.anchor;
  while (found !== 0 && (places.byHand || !holds(places.all[found].size, spot))) {
    const { transform, parent } = places.all[found];
    spot = map(transform, spot);
    scale /= transform.scale;
    found = parent;
  }
  if (places.byHand) return deepest(places, 0, spot, scale, smallest) ?? 0;
  for (;;) {
    const inner = places.all[found].children.map((i) => places.all[i]).find((child) => {
      return holds(child.size, map(inverse(child.transform), spot)) &&
        scale * child.transform.scale * FRAME_HEIGHT >= smallest;
    });
    if (!inner) break;
    spot = map(inverse(inner.transform), spot);
    scale *= inner.transform.scale;
    found = inner.index;
  }
  while (found !== 0 && scale * FRAME_HEIGHT < smallest) {
    scale /= places.all[found].transform.scale;
    found = places.all[found].parent;
  }
  return found;
}

/** The place that is drawn last under a point (in the units of `at`) and high enough; null where there is none. */
function deepest(places, at, spot, scale, smallest) {
  for (const i of [...places.all[at].children].reverse()) {
    const place = places.all[i];
    const inner = map(inverse(place.transform), spot);
    const inside = scale * place.transform.scale;
    if (!holds(place.reach ?? place.size, inner)) continue;
    const found = deepest(places, i, inner, inside, smallest);
    if (found !== null) return found;
    if (holds(place.size, inner) && inside * FRAME_HEIGHT >= smallest) return i;
  }
  return null;
}

/** From the view's centre to a point (pixels), in the anchor's units. */
function inAnchor(view, size, at) {
  const unit = similarity(0, 0, view.width / size.width, view.turn);
  return map(unit, point(at.x - size.width / 2, at.y - size.height / 2));
}

/** The camera with its centre on the canvas, in the units of the smallest place around the view. */
function held(places, view, size) {
  const whole = rebase(places, view, 0);
  const box = places.all[0].reach ?? places.all[0].size;
  if (!holds(box, whole.centre)) {
    const at = point(
      clamp(whole.centre.x, box.x, box.x + box.width),
      clamp(whole.centre.y, box.y, box.y + box.height),
    );
    view = camera(0, at, whole.width, whole.turn);
  }
  return rebase(places, view, bestAnchor(places, view, size.width / size.height));
}

function holdsView(place, view, ratio) {
  const half = point(view.width / 2, view.width / ratio / 2);
  const turned = similarity(view.centre.x, view.centre.y, 1, view.turn);
  const box = rect(-half.x, -half.y, 2 * half.x, 2 * half.y);
  return corners(box).every((corner) => holds(place.size, map(turned, corner)));
}

function up(places, view) {
  const { transform, parent } = places.all[view.anchor];
  const turn = halfTurn(view.turn + transform.turn);
  return camera(parent, map(transform, view.centre), view.width * transform.scale, turn);
}

function childAround(places, view, ratio) {
  for (const i of places.all[view.anchor].children) {
    const child = places.all[i];
    const t = inverse(child.transform);
    const inner = camera(i, map(t, view.centre), view.width * t.scale, halfTurn(view.turn + t.turn));
    if (holdsView(child, inner, ratio)) return inner;
  }
  return null;
}
