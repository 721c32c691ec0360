// Pictures of places at power-of-two widths, kept within a budget of memory. As render/tiles.py: a place's own content,
// and the whole of a small place with all that is in it.

import { camera } from "./camera.js";
import { exactPicture, ownContent, WHOLE } from "./exact.js";
import { FRAME_HEIGHT, centre, clamp, inset } from "./geometry.js";
import { WORLD } from "./places.js";

const OVERHANG = 80;
export const SMALLEST_LEVEL = 5;
export const WHOLE_LEVEL = 10;
export const CONTENT_LEVEL = 11;
const MOST_PIXELS = 1 << 23;
const WHOLE_SHARE = 0.5;
const BUDGET = 128 << 20;
const NOTHING = { focus: -1, previous: -1, mix: 1, shown: new Map() };

/** A canvas that nobody sees, painted by the processor: a slice takes the time it seems to. */
export function hiddenCanvas(width, height, opaque) {
  const made = document.createElement("canvas");
  made.width = width;
  made.height = height;
  return made.getContext("2d", { alpha: !opaque, willReadFrequently: true });
}

export class TileCache {
  constructor(budget = BUDGET) {
    this.budget = budget;
    this.tiles = new Map(); // subject to a map from level to tile
    this.bytes = 0;
    this.clock = 0;
  }

  tick() {
    this.clock += 1;
  }

  has(subject, level) {
    return this.tiles.get(subject)?.has(level) ?? false;
  }

  /** Whether there is a tile of this level, or of the next finer one, which does as well. */
  serves(subject, level) {
    const levels = this.tiles.get(subject);
    return Boolean(levels) && (levels.has(level) || levels.has(level + 1));
  }

  /** The tile nearest to `level`, a finer one before a coarser one. */
  best(subject, level) {
    const levels = this.tiles.get(subject);
    if (!levels || !levels.size) return null;
    const distance = (have) => (have >= level ? have - level : (level - have) * 2 + 1);
    const nearest = [...levels.keys()].reduce((a, b) => (distance(b) < distance(a) ? b : a));
    const tile = levels.get(nearest);
    tile.used = this.clock;
    return tile;
  }

  put(subject, level, tile) {
    tile.used = this.clock;
    if (!this.tiles.has(subject)) this.tiles.set(subject, new Map());
    this.tiles.get(subject).set(level, tile);
    this.bytes += bytesOf(tile);
    if (this.bytes > this.budget) this.evict();
  }

  clear() {
    this.tiles.clear();
    this.bytes = 0;
  }

  evict() {
    const old = [];
    for (const [subject, levels] of this.tiles) {
      for (const [level, tile] of levels) if (tile.used < this.clock - 1) old.push([tile, subject, level]);
    }
    old.sort((a, b) => a[0].used - b[0].used);
    for (const [tile, subject, level] of old) {
      if (this.bytes <= this.budget * 0.8) return;
      this.bytes -= bytesOf(tile);
      tile.image.width = 0; // lets go of its pixels at once
      const levels = this.tiles.get(subject);
      levels.delete(level);
      if (!levels.size) this.tiles.delete(subject);
    }
  }
}

const bytesOf = (tile) => tile.image.width * tile.image.height * 4;

/** The highest level at which a tile of a place of that ratio has no more than `MOST_PIXELS`. */
export const finest = (ratio, highest) =>
  Math.min(highest, Math.max(SMALLEST_LEVEL, Math.floor((Math.log2(MOST_PIXELS) + Math.log2(ratio)) / 2)));

/** The level whose tile is not much coarser than `width` pixels. */
export const levelFor = (width, highest) =>
  clamp(Math.ceil(Math.log2(width) - 0.25), SMALLEST_LEVEL, highest);

/** Paints a tile in slices and hands it to `done`. A subject is "content", place, page and step, or "whole", place. */
export function* drawTile(scene, subject, level, viewHeight, done) {
  const [kind, index, page, step] = subject.split(" ");
  const place = scene.places.all[Number(index)];
  const solid = place.surface === WORLD;
  const bounds = solid ? place.size : inset(place.size, -OVERHANG);
  const scale = 2 ** level / place.size.width;
  const width = Math.max(1, Math.round(bounds.width * scale));
  const height = Math.max(1, Math.round(bounds.height * scale));
  const context = hiddenCanvas(width, height, solid);
  if (kind === "content") {
    const [kx, ky] = [width / bounds.width, height / bounds.height];
    context.setTransform(kx, 0, 0, ky, -bounds.x * kx, -bounds.y * ky);
    yield* ownContent(scene, context, place.index, { page: Number(page), step: step === "all" ? null : Number(step) });
  } else {
    const view = camera(place.index, centre(bounds), bounds.width);
    const reference = scene.drawn ? viewHeight : Math.max(viewHeight, (FRAME_HEIGHT * scale) / WHOLE_SHARE) * 1.05;
    const size = { width, height };
    yield* exactPicture(scene, context, view, size, NOTHING, { inside: place.index || -1, reference });
  }
  done({ image: context.canvas, bounds, used: 0 });
}

export const contentOf = (index, look) => {
  const { page, step } = look.shown.get(index) ?? WHOLE;
  return `content ${index} ${page} ${step ?? "all"}`;
};
export const wholeOf = (index) => `whole ${index}`;
