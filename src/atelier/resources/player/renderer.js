// A camera's view from cached tiles, cheap enough for sixty pictures a second, and the work that refines it. As
// render/renderer.py: `paint` draws what there is and notes what is missing, `work` paints that in slices.

import {
  CORNER, SMALLEST, WORLD_SCRIM, cull, dimming, drawBackdrop, drawScrim, drawVeil, exactPicture, opaqueRect,
  setTransform, surfaceColour, worldDimming,
} from "./exact.js";
import { CONTENT_FROM, contentShare, fullHeight } from "./faces.js";
import { FRAME_HEIGHT, intersects, rect } from "./geometry.js";
import { CHERRY, WORLD } from "./places.js";
import { visible } from "./sight.js";
import {
  CONTENT_LEVEL, SMALLEST_LEVEL, TileCache, WHOLE_LEVEL, contentOf, drawTile, finest, hiddenCanvas, levelFor, wholeOf,
} from "./tiles.js";

const UNSEEN = 0.06;
const SEEN_FROM = 0.315;
const COARSE = 3;

export class Renderer {
  constructor(scene) {
    this.scene = scene;
    this.places = scene.places;
    this.cache = new TileCache();
    this.wants = [];
    this.ahead = [];
    this.job = null;
    this.resting = null;
    this.size = { width: 1, height: 1 };
    this.passing = CONTENT_LEVEL;
  }

  /** Faces inside small places are chosen for the height of the window. */
  resize(size) {
    if (size.width === this.size.width && size.height === this.size.height) return;
    this.size = size;
    this.cache.clear();
    this.job = null;
    this.resting = null;
  }

  /** Draws the view: the exact picture where it is ready, else from tiles. */
  paint(context, view, look, smooth, moving) {
    this.passing = moving ? CONTENT_LEVEL - 1 : CONTENT_LEVEL;
    context.resetTransform();
    context.globalAlpha = 1;
    if (this.restsAt(view, look)) {
      context.drawImage(this.resting.context.canvas, 0, 0);
      return;
    }
    this.cache.tick();
    context.imageSmoothingEnabled = smooth;
    context.imageSmoothingQuality = "low";
    this.wants = [];
    const sights = this.sights(view);
    const screen = rect(0, 0, this.size.width, this.size.height);
    const [hidden, after] = this.occluder(sights);
    const around = areasAround(screen, hidden);
    if (sights.length && sights[0].place === 0) this.paintGround(context, sights[0], view, around);
    const leaving = [];
    sights.forEach((sight, i) => {
      while (leaving.length && !this.places.inside(sight.place, leaving.at(-1)[0].place)) {
        this.leave(context, ...leaving.pop(), look);
      }
      const overlay = this.paintPlace(context, sight, look, i < after ? around : [screen]);
      if (overlay > 0 || this.dimmedFirst(look, sight)) leaving.push([sight, overlay]);
    });
    while (leaving.length) this.leave(context, ...leaving.pop(), look);
    this.wants.sort((a, b) => b.area - a.area);
  }

  /** Asks for the tiles that a view, where a flight will arrive, is going to need. */
  anticipate(view, look) {
    const kept = this.wants;
    this.wants = [];
    for (const sight of this.sights(view)) {
      const large = sight.place === 0 || this.share(sight) > SEEN_FROM;
      if (large) this.request(sight, contentOf(sight.place, look), CONTENT_LEVEL);
      else this.request(sight, wholeOf(sight.place), WHOLE_LEVEL);
    }
    this.ahead = this.wants.sort((a, b) => b.area - a.area);
    this.wants = kept;
  }

  /**
   * Paints what is missing until the moment `until`; with a view at rest, its exact picture first. Returns whether
   * something changed that is worth another picture.
   */
  work(until, rest = null, atLeastOne = false) {
    let changed = false;
    for (let first = atLeastOne; first || performance.now() < until; first = false) {
      if (rest && !this.restsAt(rest.view, rest.look)) {
        if (this.advanceRest(rest)) return true;
      } else if (!this.advanceTile()) {
        break;
      } else {
        changed = changed || this.job === null;
      }
    }
    return changed;
  }

  /** Whether nothing is left to do for a view at rest. */
  idle(rest) {
    return this.restsAt(rest.view, rest.look) && this.job === null && this.nextWant() === null;
  }

  restsAt(view, look) {
    return this.resting !== null && this.resting.ready && this.resting.view === view && this.resting.look === look;
  }

  /** Draws one place and what is in it exactly, over what is there: a step coming in. */
  paintLive(context, view, look, place) {
    for (const _ of exactPicture(this.scene, context, view, this.size, look, { inside: place, live: true }));
    context.resetTransform();
  }

  /** The frames whose content can be read, the outermost first. */
  shownLarge(view) {
    return this.sights(view).filter((sight) => this.share(sight) >= CONTENT_FROM);
  }

  share(sight) {
    return (sight.t.scale * FRAME_HEIGHT) / fullHeight(this.size, this.places.ratio);
  }

  sights(view) {
    const descend = (SEEN_FROM * fullHeight(this.size, this.places.ratio)) / this.size.height;
    return cull(this.places, visible(this.places, view, this.size, SMALLEST, descend), this.size);
  }

  /** The largest opaque rectangle on the screen and the position of the place it belongs to. */
  occluder(sights) {
    let [best, position, area] = [null, 0, 0.1 * this.size.width * this.size.height];
    sights.forEach((sight, i) => {
      const covered = this.share(sight) < CONTENT_FROM ? null : opaqueRect(this.places, sight);
      if (!covered) return;
      const [x0, y0] = [Math.max(0, covered.x), Math.max(0, covered.y)];
      const x1 = Math.min(this.size.width, covered.x + covered.width);
      const y1 = Math.min(this.size.height, covered.y + covered.height);
      if (x1 > x0 && y1 > y0 && (x1 - x0) * (y1 - y0) > area) {
        area = (x1 - x0) * (y1 - y0);
        [best, position] = [rect(x0, y0, x1 - x0, y1 - y0), i];
      }
    });
    return [best, position];
  }

  /** What lies around the root, where it can be seen. */
  paintGround(context, root, view, areas) {
    const t = root.t;
    const own = this.places.all[0].size;
    const covered = t.turn === 0 ? rect(t.x, t.y, own.width * t.scale, own.height * t.scale) : null;
    const open = areas.flatMap((area) => areasAround(area, covered));
    if (!open.length) return;
    context.save();
    context.beginPath();
    for (const area of open) context.rect(area.x, area.y, area.width, area.height);
    context.clip();
    for (const _ of drawBackdrop(this.scene, context, view, this.size));
    context.restore();
  }

  /** Draws one place; returns how strongly its whole must be laid over it once its children are drawn. */
  paintPlace(context, sight, look, areas) {
    const place = this.places.all[sight.place];
    const share = this.share(sight);
    if (place.surface === WORLD) {
      this.tile(context, sight, contentOf(sight.place, look), CONTENT_LEVEL, areas);
      drawVeil(this.places, context, this.size, WORLD_SCRIM * worldDimming(look));
      return 0;
    }
    if (share <= SEEN_FROM) {
      this.tile(context, sight, wholeOf(sight.place), WHOLE_LEVEL, areas);
      return 0;
    }
    this.tile(context, sight, contentOf(sight.place, look), this.passing, areas);
    const content = contentShare(share);
    return content < 1 - UNSEEN ? 1 - content : 0;
  }

  /** After a place's children: its cover fading out over it, and the scrim. */
  leave(context, sight, overlay, look) {
    if (overlay > 0) {
      const smooth = context.imageSmoothingEnabled;
      context.imageSmoothingEnabled = false;
      context.globalAlpha = overlay;
      const screen = [rect(0, 0, this.size.width, this.size.height)];
      this.tile(context, sight, wholeOf(sight.place), WHOLE_LEVEL, screen, false);
      context.globalAlpha = 1;
      context.imageSmoothingEnabled = smooth;
    }
    if (this.dimmedFirst(look, sight)) {
      drawScrim(this.places, context, sight, dimming(this.places, look, sight.place));
    }
  }

  /** Whether this is the outermost place of a dimmed branch. */
  dimmedFirst(look, sight) {
    if (dimming(this.places, look, sight.place) <= 0) return false;
    const parent = this.places.all[sight.place].parent;
    return parent < 0 || dimming(this.places, look, parent) <= 0;
  }

  tile(context, sight, subject, highest, areas, fill = true) {
    const tile = this.request(sight, subject, highest);
    if (!tile) {
      if (fill) this.fill(context, sight);
      return;
    }
    const { t } = sight;
    const { bounds, image } = tile;
    if (t.turn !== 0) {
      setTransform(context, t);
      context.drawImage(image, bounds.x, bounds.y, bounds.width, bounds.height);
      context.resetTransform();
      return;
    }
    const [left, top] = [t.x + bounds.x * t.scale, t.y + bounds.y * t.scale];
    const [right, bottom] = [left + bounds.width * t.scale, top + bounds.height * t.scale];
    const [kx, ky] = [image.width / (right - left), image.height / (bottom - top)];
    for (const area of areas) {
      const [x0, y0] = [Math.max(left, area.x), Math.max(top, area.y)];
      const [x1, y1] = [Math.min(right, area.x + area.width), Math.min(bottom, area.y + area.height)];
      if (x1 <= x0 || y1 <= y0) continue;
      const [w, h] = [x1 - x0, y1 - y0];
      context.drawImage(image, (x0 - left) * kx, (y0 - top) * ky, w * kx, h * ky, x0, y0, w, h);
    }
  }

  /** The best tile there is of a subject; notes the right one as wanted when that is missing. */
  request(sight, subject, highest) {
    const place = this.places.all[sight.place];
    const width = place.size.width * sight.t.scale;
    const level = levelFor(width, finest(place.ratio, highest));
    const tile = this.cache.best(subject, level);
    if (!this.cache.serves(subject, level)) {
      const area = Math.min(width, this.size.width) * Math.min(width / place.ratio, this.size.height);
      this.wants.push({ area, subject, level });
      if (!tile && level - COARSE >= SMALLEST_LEVEL) this.wants.push({ area: area * 2, subject, level: level - COARSE });
    }
    return tile;
  }

  /** A flat colour where there is no tile at all. */
  fill(context, sight) {
    const place = this.places.all[sight.place];
    if (place.surface === CHERRY) return;
    context.save();
    setTransform(context, sight.t);
    context.fillStyle = surfaceColour(this.places, sight.place);
    context.beginPath();
    context.roundRect(0, 0, place.size.width, place.size.height, place.surface === WORLD ? 0 : CORNER);
    context.fill();
    context.restore();
  }

  nextWant() {
    for (const wants of [this.ahead, this.wants]) {
      while (wants.length && this.cache.has(wants[0].subject, wants[0].level)) wants.shift();
      if (wants.length) return wants[0];
    }
    return null;
  }

  /** One slice of the most wanted tile; false when none is wanted. */
  advanceTile() {
    if (this.job === null) {
      const want = this.nextWant();
      if (want === null) return false;
      const done = (tile) => this.cache.put(want.subject, want.level, tile);
      this.job = drawTile(this.scene, want.subject, want.level, this.size.height, done);
    }
    if (this.job.next().done) this.job = null;
    return true;
  }

  /** One slice of the exact picture; true when it is complete. */
  advanceRest({ view, look }) {
    if (this.resting === null || this.resting.view !== view || this.resting.look !== look) {
      const context = hiddenCanvas(this.size.width, this.size.height, true);
      const slices = exactPicture(this.scene, context, view, this.size, look);
      this.resting = { view, look, context, slices, ready: false };
    }
    this.resting.ready = Boolean(this.resting.slices.next().done);
    return this.resting.ready;
  }
}

/** `screen` without `hidden`, as up to four rectangles on whole pixels. */
function areasAround(screen, hidden) {
  if (!hidden || !intersects(hidden, screen)) return [screen];
  const [right, bottom] = [screen.x + screen.width, screen.y + screen.height];
  const x0 = Math.ceil(Math.max(hidden.x, screen.x));
  const y0 = Math.ceil(Math.max(hidden.y, screen.y));
  const x1 = Math.floor(Math.min(hidden.x + hidden.width, right));
  const y1 = Math.floor(Math.min(hidden.y + hidden.height, bottom));
  return [
    rect(screen.x, screen.y, screen.width, y0 - screen.y),
    rect(screen.x, y1, screen.width, bottom - y1),
    rect(screen.x, y0, x0 - screen.x, y1 - y0),
    rect(x1, y0, right - x1, y1 - y0),
  ].filter((part) => part.width > 0 && part.height > 0);
}
