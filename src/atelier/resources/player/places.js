// The deck as it lies on its canvas: places inside places, each with units of its own.

import { FRAME_HEIGHT, IDENTITY, after, inverse, rect, similarity } from "./geometry.js";

export const WORLD = 0;
export const SECTION = 1;
export const CARD = 2;
export const CHERRY = 3;

/** All places of a deck: 0 is the root, and parents come before what lies in them. */
export class Places {
  constructor(deck) {
    this.deck = deck;
    this.ratio = deck.ratio;
    this.byHand = deck.byHand;
    this.all = deck.places.map((row, index) => new Place(row, index));
    for (const place of this.all) {
      if (place.parent < 0) continue;
      const parent = this.all[place.parent];
      parent.children.push(place.index);
      parent.tallest = Math.max(parent.tallest, place.transform.scale);
      place.depth = parent.depth + 1;
    }
    this.smallest = smallestLeaf(this.all);
    this.ofFrame = new Map();
    for (const place of this.all) if (!this.ofFrame.has(place.frame)) this.ofFrame.set(place.frame, place.index);
  }

  /** The map from the units of `a` to those of `b`, through their nearest common ancestor. */
  relative(a, b) {
    let upA = IDENTITY;
    let upB = IDENTITY;
    while (a !== b) {
      const [one, other] = [this.all[a], this.all[b]];
      if (one.depth >= other.depth) {
        upA = after(one.transform, upA);
        a = one.parent;
      } else {
        upB = after(other.transform, upB);
        b = other.parent;
      }
    }
    return upB === IDENTITY ? upA : after(inverse(upB), upA);
  }

  /** Whether `place` is `ancestor` or lies in it. */
  inside(place, ancestor) {
    const depth = this.all[ancestor].depth;
    while (this.all[place].depth > depth) place = this.all[place].parent;
    return place === ancestor;
  }

  /** Whether a place steps back while `current` is shown: all but itself, its ancestors and what lies in it. */
  dim(place, current) {
    return !(this.inside(place, current) || this.inside(current, place));
  }
}

/** One rectangle on the canvas; exports/html_deck.py writes the rows. */
class Place {
  constructor(row, index) {
    const [frame, parent, transform, ratio, surface, rest, from, chip, reach] = row;
    this.index = index;
    this.frame = frame;
    this.parent = parent;
    this.children = [];
    this.depth = 0;
    this.tallest = 0; // the largest scale of its children
    this.transform = similarity(...transform);
    this.ratio = ratio;
    this.surface = surface;
    this.isCase = rest === "case";
    this.isLabelled = rest === "label";
    this.from = from; // the share of the view from which on it shows its content
    this.chip = chip; // the share below which it shows its chip
    this.size = rect(0, 0, FRAME_HEIGHT * ratio, FRAME_HEIGHT);
    this.reach = reach ? rect(...reach) : null; // the box of what is in it, where that leaves it
  }
}

function smallestLeaf(places) {
  const scales = [1];
  let smallest = Infinity;
  for (const place of places.slice(1)) {
    scales[place.index] = scales[place.parent] * place.transform.scale;
    if (!place.children.length) smallest = Math.min(smallest, scales[place.index] * place.size.width);
  }
  return smallest < Infinity ? smallest : places[0].size.width;
}
