// What lies over the picture of a view at rest: its links, and its words for selecting.

import { element, svgElement } from "./elements.js";
import { mapRect, rect } from "./geometry.js";
import { WHOLE } from "./exact.js";

const OUTWARD = /^(?:https?|mailto|tel):/i;

export class Overlay {
  /** `follow` is told of the place that an inner link leads to. */
  constructor(scene, follow) {
    this.scene = scene;
    this.follow = follow;
    this.links = element("div", { class: "links" });
    this.words = svgElement("svg", { class: "words", "aria-hidden": "true" });
  }

  clear() {
    this.links.replaceChildren();
    this.words.replaceChildren();
  }

  /** Shows what there is at rest; `density` are the pixels of a unit of the page. */
  show(view) {
    this.clear();
    const { density, size } = view;
    this.words.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    for (const sight of view.renderer.shownLarge(view.camera)) {
      const { page, step } = view.look.shown.get(sight.place) ?? WHOLE;
      const shown = this.scene.page(sight.place, page);
      for (const [x, y, width, height, from, href, target, label] of shown.links) {
        if (step !== null && from > step) continue;
        this.addLink(mapRect(sight.t, rect(x, y, width, height)), density, href, target, label);
      }
      this.addWords(sight, shown.lines, step);
    }
  }

  addLink(box, density, href, target, label) {
    const link = element("a", { "aria-label": label });
    if (target >= 0) {
      link.href = `#${this.scene.deck.frames[this.scene.places.all[target].frame].id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.follow(target);
      });
    } else if (OUTWARD.test(href)) {
      link.href = href;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      link.title = href;
    } else {
      return;
    }
    Object.assign(link.style, {
      left: `${box.x / density}px`, top: `${box.y / density}px`,
      width: `${box.width / density}px`, height: `${box.height / density}px`,
    });
    this.links.append(link);
  }

  addWords({ t }, lines, step) {
    const [c, s] = [Math.cos(t.turn) * t.scale, Math.sin(t.turn) * t.scale];
    const group = svgElement("g", { transform: `matrix(${c} ${s} ${-s} ${c} ${t.x} ${t.y})` });
    for (const [x, y, width, size, from, text] of lines) {
      if (step !== null && from > step) continue;
      const attributes = { x, y, "font-size": size, textLength: width, lengthAdjust: "spacingAndGlyphs" };
      group.append(svgElement("text", attributes, `${text}\n`));
    }
    this.words.append(group);
  }
}
