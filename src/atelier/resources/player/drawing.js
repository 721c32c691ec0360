// Draws the items of a face on a canvas, in the units of a frame: the caller has set the transform.
// exports/html_drawing.py says what an item is.

const SAID = 0.8; // opacity of what earlier advances revealed
const RISE = 12; // units below its place where a new step starts
const SHADOW_SCALE = 0.5; // pixels a unit of a blurred picture: it holds no finer detail

/** Everything the items of a deck refer to: outlines, brushes, pictures. */
export class Store {
  constructor(tables, images) {
    this.data = tables.paths;
    this.brushes = tables.brushes;
    this.images = images;
    this.paths = [];
    this.patches = new Map();
  }

  path(number) {
    if (!this.paths[number]) {
      const data = this.data[number];
      const even = data.startsWith("e");
      this.paths[number] = { shape: new Path2D(even ? data.slice(1) : data), rule: even ? "evenodd" : "nonzero" };
    }
    return this.paths[number];
  }
}

/**
 * Draws what is shown at advance `step` (null: everything), yielding after every item. What the newest advance reveals
 * comes in at `progress`, from 0 to 1.
 */
export function* drawItems(context, store, items, step = null, progress = 1) {
  for (const item of items) {
    if (item[0] !== "g") {
      DRAW[item[0]](context, store, item);
      yield;
      continue;
    }
    const [, from, until, inner] = item;
    if (until && (step === null || step >= until)) continue;
    if (step !== null && from > step) continue;
    context.save();
    if (from && step !== null && from < step) context.globalAlpha *= SAID;
    if (from && from === step && progress < 1) {
      context.globalAlpha *= progress;
      context.translate(0, RISE * (1 - progress));
    }
    yield* drawItems(context, store, inner, step, progress);
    context.restore();
  }
}

const DRAW = { b: drawBox, p: drawPath, t: drawText, i: drawPicture, m: drawMissing, s: drawShadow };

function drawBox(context, store, [, x, y, width, height, radius, fill, stroke, strokeWidth]) {
  if (fill) {
    const brush = typeof fill === "number" ? store.brushes[fill - 1] : null;
    if (brush && brush[3].length) {
      fillMapped(context, brush, x, y, width, height);
    } else {
      context.fillStyle = brush ? gradient(context, brush, x, y, width, height) : fill;
      if (radius) {
        outline(context, x, y, width, height, radius);
        context.fill();
      } else {
        context.fillRect(x, y, width, height);
      }
    }
  }
  if (stroke) {
    context.strokeStyle = stroke;
    context.lineWidth = strokeWidth;
    context.lineJoin = "miter";
    context.setLineDash([]);
    outline(context, x, y, width, height, radius);
    context.stroke();
  }
}

function outline(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
}

/** A box filled with a gradient that has a map of its own, which only shifts and stretches. */
function fillMapped(context, brush, x, y, width, height) {
  const [a, , , d, e, f] = brush[3];
  context.save();
  context.transform(a, 0, 0, d, e, f);
  context.fillStyle = gradient(context, brush, 0, 0, 1, 1);
  context.fillRect((x - e) / a, (y - f) / d, width / a, height / d);
  context.restore();
}

function gradient(context, [kind, at, share, , stops], x, y, width, height) {
  const across = (value) => (share ? x + value * width : value);
  const down = (value) => (share ? y + value * height : value);
  const made = kind === "linear"
    ? context.createLinearGradient(across(at[0]), down(at[1]), across(at[2]), down(at[3]))
    : context.createRadialGradient(across(at[0]), down(at[1]), 0, across(at[2]), down(at[3]), at[4]);
  for (const [offset, colour] of stops) made.addColorStop(offset, colour);
  return made;
}

function drawPath(context, store, [, number, x, y, scale, fill, pen]) {
  const { shape, rule } = store.path(number);
  context.save();
  if (x || y) context.translate(x, y);
  if (scale !== 1) context.scale(scale, scale);
  const brush = fill && typeof fill === "number" ? store.brushes[fill - 1] : null;
  if (brush && brush[3].length) {
    context.save();
    context.clip(shape, rule);
    const [a, , , d, e, f] = brush[3];
    fillMapped(context, brush, e - a, f - d, 3 * a, 3 * d);
    context.restore();
  } else if (fill) {
    context.fillStyle = brush ? gradient(context, brush, 0, 0, 1, 1) : fill;
    context.fill(shape, rule);
  }
  if (pen) {
    const [colour, width, cap, join, dashes] = pen;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.lineCap = cap;
    context.lineJoin = join;
    context.setLineDash(dashes);
    context.stroke(shape);
  }
  context.restore();
}

function drawText(context, store, [, x, y, scale, runs]) {
  context.save();
  context.translate(x, y);
  if (scale !== 1) context.scale(scale, scale);
  context.fontKerning = "none"; // each glyph stands where the program set it
  context.textRendering = "geometricPrecision";
  for (const [font, size, colour, baseline, chunks] of runs) {
    context.font = `${size}px f${font}`;
    context.fillStyle = colour;
    for (let i = 0; i < chunks.length; i += 2) context.fillText(chunks[i + 1], chunks[i], baseline);
  }
  context.restore();
}

function drawPicture(context, store, [, number, x, y, width, height, radius, crop]) {
  const image = store.images[number];
  const [w, h] = [image.width, image.height];
  if (!w || !h) return;
  context.save();
  if (radius) {
    outline(context, x, y, width, height, radius);
    context.clip();
  }
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  if (crop) {
    const across = Math.min(w, (h * width) / height);
    const down = Math.min(h, (w * height) / width);
    context.drawImage(image, (w - across) / 2, (h - down) / 2, across, down, x, y, width, height);
  } else {
    context.drawImage(image, x, y, width, height);
  }
  context.restore();
}

function drawMissing(context, store, [, x, y, width, height, radius]) {
  context.save();
  context.globalAlpha *= 0.45;
  context.strokeStyle = context.fillStyle = store.muted;
  context.lineWidth = 2;
  context.setLineDash([8, 4]);
  outline(context, x + 1, y + 1, width - 2, height - 2, radius || 8);
  context.stroke();
  context.globalAlpha *= 0.22;
  context.fill();
  context.restore();
}

/** The soft shadow of a box: a blurred patch stretched over three columns and rows, as the program draws it. */
function drawShadow(context, store, [, x, y, width, height, radius, colour, offset, blur]) {
  const spread = 2 * blur;
  const box = [x - spread, y - spread + offset, width + 2 * spread, height + 2 * spread];
  const border = Math.min(radius + spread, box[2] / 2, box[3] / 2);
  const key = `${radius} ${blur} ${colour} ${border}`;
  if (!store.patches.has(key)) store.patches.set(key, shadowPatch(radius, blur, colour, border));
  const patch = store.patches.get(key);
  const cell = (patch.width - 1) / 2;
  const source = [0, cell, cell + 1, patch.width];
  const xs = [box[0], box[0] + border, box[0] + box[2] - border, box[0] + box[2]];
  const ys = [box[1], box[1] + border, box[1] + box[3] - border, box[1] + box[3]];
  const t = context.getTransform();
  context.save();
  context.imageSmoothingEnabled = true;
  const snapped = t.b === 0 && t.c === 0;
  if (snapped) context.resetTransform(); // whole pixels, or the seams between the pieces show
  const across = snapped ? xs.map((value) => Math.round(t.a * value + t.e)) : xs;
  const down = snapped ? ys.map((value) => Math.round(t.d * value + t.f)) : ys;
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      const [w, h] = [across[column + 1] - across[column], down[row + 1] - down[row]];
      if ((row === 1 && column === 1) || w <= 0 || h <= 0) continue; // the middle is under the box itself
      context.drawImage(
        patch, source[column], source[row], source[column + 1] - source[column], source[row + 1] - source[row],
        across[column], down[row], w, h,
      );
    }
  }
  context.restore();
}

/** A square shadow with one stretchable pixel in its middle. */
function shadowPatch(radius, blur, colour, border) {
  const pixels = Math.floor(border * SHADOW_SCALE) + 1;
  const scale = pixels / (radius + 2 * blur);
  const patch = document.createElement("canvas");
  patch.width = patch.height = 2 * pixels + 1;
  const context = patch.getContext("2d");
  const middle = pixels + 0.5;
  const inner = Math.max(radius - blur, 0) * scale;
  const made = context.createRadialGradient(middle, middle, 0, middle, middle, pixels);
  const alpha = colour.length > 7 ? parseInt(colour.slice(7), 16) / 255 : 1;
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  for (let i = 0; i <= 16; i += 1) {
    const distance = inner + ((pixels - inner) * i) / 16;
    const edge = (distance / scale - radius) / blur;
    const share = edge < 1.95 ? 1 / (1 + Math.exp(3.4 * edge)) : 0;
    made.addColorStop(Math.min(distance / pixels, 1), `rgba(${red},${green},${blue},${alpha * share})`);
  }
  context.fillStyle = made;
  context.fillRect(0, 0, patch.width, patch.height);
  return patch;
}
