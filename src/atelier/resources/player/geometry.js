// Values of geometry. A similarity maps a point p to (x, y) + scale · R(turn) · p; angles are radians, clockwise.

export const FRAME_HEIGHT = 1000; // units of every place

export const similarity = (x = 0, y = 0, scale = 1, turn = 0) => ({ x, y, scale, turn });
export const IDENTITY = similarity();
export const point = (x, y) => ({ x, y });
export const rect = (x, y, width, height) => ({ x, y, width, height });

export function map(t, p) {
  if (t.turn === 0) return point(t.x + t.scale * p.x, t.y + t.scale * p.y);
  const c = Math.cos(t.turn) * t.scale;
  const s = Math.sin(t.turn) * t.scale;
  return point(t.x + c * p.x - s * p.y, t.y + s * p.x + c * p.y);
}

/** The upright box around the image of a box. */
export function mapRect(t, box) {
  const found = corners(box).map((p) => map(t, p));
  const xs = found.map((p) => p.x);
  const ys = found.map((p) => p.y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return rect(x, y, Math.max(...xs) - x, Math.max(...ys) - y);
}

/** The map that applies `inner` first, then `outer`. */
export function after(outer, inner) {
  const origin = map(outer, inner);
  return similarity(origin.x, origin.y, outer.scale * inner.scale, outer.turn + inner.turn);
}

export function inverse(t) {
  const k = 1 / t.scale;
  if (t.turn === 0) return similarity(-t.x * k, -t.y * k, k);
  const c = Math.cos(t.turn) * k;
  const s = Math.sin(t.turn) * k;
  return similarity(-(c * t.x + s * t.y), s * t.x - c * t.y, k, -t.turn);
}

/** The same angle in (-π, π]. */
export function halfTurn(angle) {
  const turned = angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
  return turned <= -Math.PI ? Math.PI : turned;
}

export const corners = (b) => [
  point(b.x, b.y),
  point(b.x + b.width, b.y),
  point(b.x + b.width, b.y + b.height),
  point(b.x, b.y + b.height),
];
export const centre = (b) => point(b.x + b.width / 2, b.y + b.height / 2);
export const holds = (b, p) => b.x <= p.x && p.x <= b.x + b.width && b.y <= p.y && p.y <= b.y + b.height;
export const inset = (b, by) => rect(b.x + by, b.y + by, b.width - 2 * by, b.height - 2 * by);
export const intersects = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
export const contains = (a, b) =>
  b.x >= a.x - 1e-9 && b.y >= a.y - 1e-9 && b.x + b.width <= a.x + a.width + 1e-9 &&
  b.y + b.height <= a.y + a.height + 1e-9;
export const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
