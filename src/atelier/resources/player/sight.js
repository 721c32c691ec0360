// What a camera sees: the places in a view, in painting order, each with its map to pixels. As canvas/sight.py.

import { device } from "./camera.js";
import { FRAME_HEIGHT, after, corners, map, point, similarity } from "./geometry.js";

/**
 * The places that reach into the view and are at least `smallest` pixels high, parents before what is in them. What is
 * in a place lower than the share `descend` of the view is left out. Maps are computed outward from the anchor, so
 * those near it are exact at any depth.
 */
export function visible(places, view, size, smallest, descend) {
  const chain = chainOf(places, view, size);
  const out = [];
  const root = places.all[0];
  const stack = [];
  if (root.reach || reaches(chain.get(0), root.size.width, size, smallest)) stack.push([0, chain.get(0)]);
  while (stack.length) {
    const [index, t] = stack.pop();
    const place = places.all[index];
    if (!place.reach || index === 0 || reaches(t, place.size.width, size, smallest)) out.push({ place: index, t });
    const height = t.scale * FRAME_HEIGHT;
    if (height <= descend * size.height && !place.reach) continue;
    if (place.tallest * height < smallest && !place.reach) continue;
    const found = [];
    for (const i of place.children) {
      const child = places.all[i];
      if (!child.reach && t.scale * child.transform.scale * FRAME_HEIGHT < smallest) continue;
      const inner = chain.get(i) ?? after(t, child.transform);
      const seen = child.reach
        ? reaches(cornerOf(inner, child.reach), child.reach.width, size, smallest, child.reach.height)
        : reaches(inner, child.size.width, size, smallest);
      if (seen) found.push([i, inner]);
    }
    while (found.length) stack.push(found.pop());
  }
  return out;
}

/** The anchor and its ancestors, each computed from the one inside it. */
function chainOf(places, view, size) {
  let t = device(view, size);
  let at = view.anchor;
  const chain = new Map([[at, t]]);
  while (at !== 0) {
    const { transform: inner, parent } = places.all[at];
    const scale = t.scale / inner.scale;
    const turn = t.turn === inner.turn ? 0 : t.turn - inner.turn; // what belongs together cancels exactly
    const shift = map(similarity(0, 0, scale, turn), inner);
    t = similarity(t.x - shift.x, t.y - shift.y, scale, turn);
    at = parent;
    chain.set(at, t);
  }
  return chain;
}

const cornerOf = (t, box) => {
  const at = map(t, box);
  return similarity(at.x, at.y, t.scale, t.turn);
};

/** Whether a box meets the view and is high enough: no side of either rectangle separates them. */
function reaches(t, width, size, smallest, height = FRAME_HEIGHT) {
  const [w, h] = [t.scale * width, t.scale * height];
  if (h < smallest) return false;
  if (t.turn === 0) return t.x < size.width && t.y < size.height && t.x + w > 0 && t.y + h > 0;
  const own = corners({ x: 0, y: 0, width, height }).map((p) => map(t, p));
  const screen = corners({ x: 0, y: 0, width: size.width, height: size.height });
  const axes = [point(1, 0), point(0, 1), point(Math.cos(t.turn), Math.sin(t.turn)),
    point(-Math.sin(t.turn), Math.cos(t.turn))];
  return axes.every((axis) => {
    const one = own.map((p) => p.x * axis.x + p.y * axis.y);
    const other = screen.map((p) => p.x * axis.x + p.y * axis.y);
    return Math.min(...one) < Math.max(...other) && Math.min(...other) < Math.max(...one);
  });
}
