// The page: a stage with the canvas, what lies over it, and what each command does.

import { home, overview, placeAt } from "./camera.js";
import { CALM, CUTS, FULL } from "./flight.js";
import { element, filled } from "./elements.js";
import { Hands } from "./hands.js";
import { icon } from "./icons.js";
import { commandFor } from "./keys.js";
import { Navigator } from "./navigation.js";
import { Overlay } from "./overlay.js";
import { NotesPanel, keysDialog, outlineDialog, searchDialog } from "./panels.js";
import { View } from "./view.js";

const ZOOM = 1.25;
const IDLE = 3000; // milliseconds until the tools step back
const PROFILES = [FULL, CALM, CUTS];

export class Page {
  constructor(scene) {
    this.scene = scene;
    this.deck = scene.deck;
    this.words = scene.deck.words;
    this.text = document.querySelector("main.text");
    this.sections = scene.deck.frames.map((frame) => document.getElementById(frame.id));
    const named = this.placeNamed(location.hash);
    this.navigator = new Navigator(scene.places, scene.deck.route.map(stopOf), (place) => scene.steps(place));
    if (named !== null) this.navigator = this.startingAt(named);
    this.overlay = new Overlay(scene, (place) => this.act(() => this.navigator.jump(place)));
    this.build();
    this.view = new View(scene, this.canvas, (settled) => this.changed(settled));
    this.view.profile = matchMedia("(prefers-reduced-motion: reduce)").matches ? CUTS : FULL;
    this.commands = this.bind();
    this.listen();
    this.view.showAt(this.camera(), this.look());
    this.arrived(false);
  }

  startingAt(place) {
    const stop = this.navigator.route.findIndex((there) => there.place === place && !there.overview);
    const made = new Navigator(this.scene.places, this.navigator.route, this.navigator.steps, Math.max(stop, 0));
    if (stop < 0) made.jump(place);
    return made;
  }

  // ------------------------------------------------------------------------------------------------------ what is shown

  camera(position = this.navigator.position) {
    const show = position.overview ? overview : home;
    return show(this.scene.places, position.place, this.view.ratio);
  }

  look({ place, overview: outside, page, step } = this.navigator.position) {
    const shown = new Map(outside ? [] : [[place, { page, step, progress: 1 }]]);
    return { focus: outside ? -1 : place, previous: -1, mix: 1, shown };
  }

  /** Does something that may change the position, and shows what came of it. */
  act(change) {
    const before = this.navigator.position;
    this.uncover();
    if (!change()) {
      if (this.byHand) this.fly();
      return;
    }
    const now = this.navigator.position;
    const same = before.place === now.place && before.overview === now.overview;
    if (same && !this.byHand && !this.view.moving && before.page === now.page) this.view.stepTo(now.place, this.look());
    else if (same && !this.byHand && !this.view.moving) this.view.showAt(this.view.camera, this.look());
    else this.fly();
    this.arrived(same);
  }

  fly() {
    this.byHand = false;
    this.view.flyTo(this.camera(), this.look());
  }

  /** Says where one is: to those who hear it, to the address, to the tools. */
  arrived(same) {
    const { position, route } = this.navigator;
    const frame = this.frame();
    const at = filled(position.detours.length ? this.words.detour : this.words.stop, {
      n: position.stop + 1, total: route.length,
    });
    this.where.textContent = `${position.stop + 1} / ${route.length}`;
    this.stage.classList.toggle("away", position.detours.length > 0);
    const counts = this.scene.steps(position.place);
    const step = counts[position.page] ? filled(this.words.step, { n: position.step, total: counts[position.page] }) : "";
    this.said.textContent = [same ? "" : frame.title, same ? "" : at, step].filter(Boolean).join(". ");
    if (!same) this.showText();
    if (this.notes) this.notes.show(this.sections[this.place().frame]);
    document.title = frame.title === this.deck.title ? this.deck.title : `${frame.title} · ${this.deck.title}`;
    try {
      history.replaceState(null, "", `#${encodeURIComponent(frame.id)}`);
    } catch {
      // in a frame without an origin of its own the address stays as it is
    }
    const ahead = this.navigator.ahead();
    this.view.expect(ahead ? [{ view: this.camera(ahead), look: this.look(ahead) }] : []);
  }

  place() {
    const { place, overview: outside } = this.navigator.position;
    const { all } = this.scene.places;
    return outside ? all[Math.max(all[place].parent, 0)] : all[place];
  }

  frame() {
    return this.deck.frames[this.place().frame];
  }

  /** The text of the frame shown, for who does not see the picture. */
  showText() {
    const section = this.sections[this.place().frame];
    const own = ownOf(section);
    const title = element("h2", {}, this.frame().title);
    this.now.replaceChildren(title, ...own.map((child) => child.cloneNode(true)));
    this.now.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    this.now.querySelectorAll("a, audio, video").forEach((each) => each.setAttribute("tabindex", "-1"));
  }

  changed(settled) {
    if (settled) this.overlay.show(this.view);
    else this.overlay.clear();
    this.stage.dataset.settled = settled ? "yes" : "no";
  }

  // ----------------------------------------------------------------------------------------------------------- building

  build() {
    const { words } = this;
    const button = (id, title, act) => element(
      "button", { type: "button", class: id, title, "aria-label": title, click: act }, icon(id),
    );
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.said = element("p", { class: "unseen", role: "status" });
    this.now = element("section", { class: "unseen", "aria-label": words.now });
    this.where = element("span", { class: "where", "aria-hidden": "true" });
    this.cover = element("div", { class: "cover", hidden: true });
    this.outline = outlineDialog(words, (id) => this.goTo(id));
    this.finder = searchDialog(words, this.searched(), (frame) => this.goToFrame(frame));
    this.sheet = keysDialog(words, this.deck.sheet);
    this.notes = this.deck.notes ? new NotesPanel(words) : null;
    const run = (id) => () => this.commands[id]();
    this.tools = element("div", { class: "tools", role: "toolbar", "aria-label": words.tools },
      button("return", words.return, run("history.return")),
      button("previous", words.previous, run("stage.previous")), this.where,
      button("next", words.next, run("stage.next")),
      button("all", words.overview, run("stage.overview")),
      button("list", words.outline, run("canvas.map")),
      button("find", words.search, run("stage.jump")),
      ...(this.notes ? [button("note", words.notes, run("notes.edit"))] : []),
      button("read", words.read, () => this.read(true)),
      ...(document.fullscreenEnabled ? [button("full", words.full_screen, run("room.full-screen"))] : []),
      button("help", words.keys, run("window.keys")));
    this.stage = element("main", { class: "stage", tabindex: "-1", "data-settled": "no" },
      element("h1", { class: "unseen" }, this.deck.title), this.canvas, this.overlay.words, this.overlay.links,
      this.said, this.now, this.cover, ...(this.notes ? [this.notes.element] : []), this.tools,
      this.outline, this.finder, this.sheet);
    this.stage.lang = this.deck.lang;
    this.stage.classList.toggle("embedded", window.parent !== window);
    for (const each of [this.tools, this.outline.firstChild, this.finder, this.sheet]) each.lang = words.lang;
    this.back = element("button", { type: "button", class: "back", lang: words.lang, hidden: true,
      click: () => this.read(false) }, words.canvas);
    document.body.prepend(this.stage, this.back);
    document.documentElement.classList.add("flies");
    this.text.hidden = true;
    for (const link of this.text.querySelectorAll("a[href]")) {
      if (/^(?:https?|mailto|tel):/i.test(link.getAttribute("href"))) {
        Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      }
    }
  }

  searched() {
    return this.deck.frames.map(({ title }, frame) => {
      const own = ownOf(this.sections[frame]);
      return { frame, title, text: own.map((child) => child.textContent).join(" ").replace(/\s+/g, " ") };
    });
  }

  bind() {
    const { navigator } = this;
    const move = (name) => () => this.act(() => navigator[name]());
    const open = (dialog) => () => {
      if (dialog.open) dialog.close();
      else dialog.showModal();
      dialog.querySelector("input")?.focus();
    };
    return {
      "stage.next": move("next"), "stage.previous": move("previous"), "stage.first": move("first"),
      "stage.last": move("last"), "stage.parent": move("parent"), "stage.child": move("child"),
      "stage.overview": move("overview"), "history.return": move("closeDetour"),
      "history.path": move("returnToPath"), "history.back": move("back"), "history.forward": move("forward"),
      "stage.zoom-in": () => this.zoomBy(ZOOM), "stage.zoom-out": () => this.zoomBy(1 / ZOOM),
      "stage.jump": open(this.finder), "canvas.map": open(this.outline), "window.keys": open(this.sheet),
      "room.black": () => this.coverWith("black"), "room.white": () => this.coverWith("white"),
      "room.full-screen": () => this.fullScreen(), "window.motion": () => this.nextProfile(),
      "notes.edit": () => this.toggleNotes(), "stage.close": () => this.close(),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [
        `link.${n}`, () => this.overlay.links.children[n - 1]?.click(),
      ])),
    };
  }

  listen() {
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("keyup", (event) => this.stage.classList.toggle("selecting", event.shiftKey));
    window.addEventListener("hashchange", () => {
      const place = this.placeNamed(location.hash);
      if (place !== null && this.text.hidden) this.act(() => this.navigator.visit(place));
    });
    new ResizeObserver(() => {
      if (this.canvas.clientWidth && this.view.resize()) this.view.showAt(this.camera(), this.look());
    }).observe(this.canvas);
    this.hands = new Hands(this.stage, {
      click: (at) => this.clicked(at),
      zoom: (at, factor) => this.looked(() => this.view.zoom(at, factor)),
      pan: (dx, dy) => this.looked(() => this.view.pan(dx, dy)),
      swipe: (by) => this.commands[by > 0 ? "stage.next" : "stage.previous"](),
      atRest: () => !this.byHand,
    });
    const stir = () => {
      this.stage.classList.remove("still");
      clearTimeout(this.stirred);
      this.stirred = setTimeout(() => this.stage.classList.add("still"), IDLE);
    };
    for (const name of ["pointermove", "pointerdown", "focusin"]) this.stage.addEventListener(name, stir);
    stir();
  }

  // ---------------------------------------------------------------------------------------------------------- commands

  pressed(event) {
    this.stage.classList.toggle("selecting", event.key === "Shift");
    if (!this.text.hidden || document.querySelector("dialog[open]")) return;
    const own = event.target.closest?.("a, button, input, textarea, select");
    if (own && (event.key === "Enter" || event.key === " ")) return;
    const command = this.commands[commandFor(event, this.deck.keys)];
    if (!command) return;
    event.preventDefault();
    command();
  }

  clicked(at) {
    const here = this.navigator.position;
    if (!this.cover.hidden) return this.uncover();
    const place = placeAt(this.scene.places, this.view.camera, this.view.size, this.view.pixel(at));
    if (place === here.place && !this.byHand && !here.overview) {
      if (!here.detours.length || place !== 0) this.commands["stage.next"]();
      return undefined;
    }
    if (place === here.place && !here.overview) return this.fly();
    return this.act(() => this.navigator.jump(place));
  }

  looked(move) {
    this.byHand = true;
    move();
  }

  zoomBy(factor) {
    this.looked(() => this.view.zoom({ x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 }, factor));
  }

  placeNamed(hash) {
    let id = hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // as it stands
    }
    const frame = id ? this.deck.frames.findIndex((each) => each.id === id) : -1;
    return frame < 0 ? null : this.scene.places.ofFrame.get(frame);
  }

  goTo(id) {
    const place = this.placeNamed(`#${encodeURIComponent(id)}`);
    if (place !== null) this.act(() => this.navigator.jump(place));
  }

  goToFrame(frame) {
    this.act(() => this.navigator.jump(this.scene.places.ofFrame.get(frame)));
  }

  coverWith(colour) {
    const same = !this.cover.hidden && this.cover.dataset.colour === colour;
    this.cover.hidden = same;
    this.cover.dataset.colour = colour;
  }

  uncover() {
    this.cover.hidden = true;
  }

  nextProfile() {
    this.view.profile = PROFILES[(PROFILES.indexOf(this.view.profile) + 1) % PROFILES.length];
    this.said.textContent = this.words.motions[this.view.profile];
    this.stage.dataset.motion = this.words.motions[this.view.profile];
    this.stage.classList.add("told");
    setTimeout(() => this.stage.classList.remove("told"), 1500);
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.fullscreenEnabled) document.documentElement.requestFullscreen().catch(() => {});
  }

  /** The picture makes room for the notes. */
  toggleNotes() {
    this.notes.toggle();
    this.stage.classList.toggle("noted", this.notes.shown);
  }

  /** Closes what is on top; with nothing there, back to where one should be looking. */
  close() {
    if (!this.cover.hidden) this.uncover();
    else if (this.notes?.shown) this.toggleNotes();
    else if (this.byHand) this.fly();
  }

  /** Changes between the canvas and the same as a text. */
  read(text) {
    this.text.hidden = !text;
    this.stage.hidden = text;
    this.back.hidden = !text;
    if (text) {
      this.sections[this.place().frame]?.scrollIntoView();
      this.back.focus({ preventScroll: true });
    } else {
      if (this.view.resize()) this.view.showAt(this.camera(), this.look());
      this.stage.focus();
    }
  }
}

/** What a section says itself: less its title, the notes and the sections in it. */
const ownOf = (section) =>
  [...(section?.children ?? [])].filter((child) => !child.matches("section, h1, h2, h3, h4, h5, h6, .speaker"));

const stopOf = ([place, outside]) => ({ place, overview: Boolean(outside) });
