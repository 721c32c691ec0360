// Mouse, wheel and fingers on the stage: a click or tap goes on or to a frame, a drag looks around, two fingers or the
// wheel zoom, a swipe at rest goes on or back.

const CLICK_SLACK = 5; // pixels a pointer may move between press and release
const SWIPE = 40; // pixels of a swipe
const NOTCH = 0.0016;
const PINCHED = 0.012; // a trackpad's pinch comes as a wheel with Ctrl, in small steps

export class Hands {
  /** `acts` has click(point), zoom(point, factor), pan(dx, dy), swipe(by) and atRest(). */
  constructor(stage, acts) {
    this.stage = stage;
    this.acts = acts;
    this.pointers = new Map();
    this.mode = "";
    const on = (name, act, options) => stage.addEventListener(name, act.bind(this), options);
    on("pointerdown", this.down);
    on("pointermove", this.moved);
    on("pointerup", this.up);
    on("pointercancel", this.cancel);
    on("wheel", this.wheel, { passive: false });
  }

  at(event) {
    const box = this.stage.getBoundingClientRect();
    return { x: event.clientX - box.x, y: event.clientY - box.y };
  }

  down(event) {
    if (event.button !== 0 || event.target.closest("a, button, dialog, aside, text")) return;
    this.stage.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.at(event));
    if (this.pointers.size === 1) Object.assign(this, { press: this.at(event), mode: "press" });
    else this.mode = "pinch";
  }

  moved(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const here = this.at(event);
    if (this.mode === "press") this.mode = this.begun(here, event.pointerType);
    if (this.mode === "press" || this.mode === "swipe") return;
    if (this.mode === "pinch" && this.pointers.size === 2) {
      const [one, two] = [...this.pointers.values()];
      this.pointers.set(event.pointerId, here);
      const [a, b] = [...this.pointers.values()];
      const [was, is] = [distance(one, two), distance(a, b)];
      this.acts.pan((a.x + b.x - one.x - two.x) / 2, (a.y + b.y - one.y - two.y) / 2);
      if (was > 0 && is > 0) this.acts.zoom({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, is / was);
      return;
    }
    this.pointers.set(event.pointerId, here);
    if (this.mode === "drag") this.acts.pan(here.x - before.x, here.y - before.y);
  }

  /** What a press has become: still one, a drag, or at rest a finger's swipe across. */
  begun(here, kind) {
    const [dx, dy] = [here.x - this.press.x, here.y - this.press.y];
    if (Math.abs(dx) + Math.abs(dy) < CLICK_SLACK) return "press";
    if (kind === "touch" && Math.abs(dx) > Math.abs(dy) && this.acts.atRest()) return "swipe";
    this.stage.classList.add("dragging");
    this.pointers.forEach((_, id) => this.pointers.set(id, this.press));
    return "drag";
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    const here = this.at(event);
    if (this.mode === "press") this.acts.click(here);
    const across = here.x - this.press.x;
    if (this.mode === "swipe" && Math.abs(across) > SWIPE) this.acts.swipe(across < 0 ? 1 : -1);
    this.mode = this.pointers.size ? "drag" : "";
    this.stage.classList.remove("dragging");
  }

  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.mode = "";
    this.stage.classList.remove("dragging");
  }

  /** In another page the wheel scrolls that page, until somebody has turned to this one. */
  wheel(event) {
    if (event.target.closest("dialog, aside")) return;
    if (window.parent !== window && !document.hasFocus() && !event.ctrlKey) return;
    event.preventDefault();
    const turned = event.deltaMode === 0 ? event.deltaY : event.deltaY * 40;
    this.acts.zoom(this.at(event), Math.exp(-turned * (event.ctrlKey ? PINCHED : NOTCH)));
  }
}

const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
