// Everything a picture of the deck is drawn from.

import { Store } from "./drawing.js";
import { CONTENT, CHIP } from "./faces.js";
import { Places } from "./places.js";

export class Scene {
  constructor(deck, images) {
    this.deck = deck;
    this.places = new Places(deck);
    this.store = new Store(deck, images);
    this.store.muted = deck.look.muted;
    this.drawn = deck.drawn; // a canvas somebody drew: what is on it is as large as it is
  }

  items(index, face, page) {
    const { pages, cover, chip } = this.deck.faces[index];
    if (face === CONTENT || !cover) return pages[Math.min(page, pages.length - 1)].items;
    return face === CHIP ? chip : cover;
  }

  page(index, page) {
    const { pages } = this.deck.faces[index];
    return pages[Math.min(page, pages.length - 1)];
  }

  /** The advances of each page of a place. */
  steps(index) {
    return this.deck.faces[index].pages.map((page) => page.steps);
  }

  /** The ground of the canvas over an area, in the units of the root. */
  ground(area) {
    const light = this.deck.ground.map((fill) => ["b", area.x, area.y, area.width, area.height, 0, fill, 0, 0]);
    return [...light, ...this.deck.decoration];
  }
}

/** The pictures of the page, decoded: those its text shows are taken from there. */
export function loadImages(pictures) {
  return Promise.all(pictures.map((entry) => {
    const image = new Image();
    image.src = typeof entry === "number"
      ? addressOf(document.querySelector(`[data-picture="${entry}"]`))
      : entry;
    return image.decode().then(() => image, () => image); // what cannot be decoded is not drawn
  }));
}

/** Has the fonts of the page ready: a canvas does not wait for them. */
export const loadFonts = (numbers) =>
  Promise.all(numbers.map((n) => document.fonts.load(`16px f${n}`, "A").catch(() => [])));

const addressOf = (shown) => (shown instanceof SVGElement ? shown.href.baseVal : shown.src);
