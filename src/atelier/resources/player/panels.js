// What is opened over the stage: outline, search, keys, notes.

import { element, filled } from "./elements.js";
import { search } from "./search.js";

/** A dialog with a title and a way out. */
function dialog(words, title, ...content) {
  const close = element("button", { type: "button", class: "close", "aria-label": words.close }, "×");
  const made = element("dialog", { "aria-label": title }, element("header", {}, element("h2", {}, title), close), ...content);
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close(); // beside it
  });
  return made;
}

/** The headings of the deck as the page has them, to fly by. */
export function outlineDialog(words, go) {
  const list = document.querySelector(".text nav > ol").cloneNode(true);
  const made = dialog(words, words.outline, element("nav", { "aria-label": words.outline }, list));
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    made.close();
    go(decodeURIComponent(link.getAttribute("href").slice(1)));
  });
  return made;
}

export function searchDialog(words, frames, go) {
  const field = element("input", { type: "search", "aria-label": words.search, autocomplete: "off", spellcheck: "false" });
  const found = element("ol", { class: "hits" });
  const said = element("p", { class: "count", role: "status" });
  const made = dialog(words, words.search, element("form", { submit: (event) => event.preventDefault() }, field), said, found);
  const choose = (frame) => {
    made.close();
    go(frame);
  };
  const show = () => {
    const hits = search(frames, field.value);
    found.replaceChildren(...hits.map((hit) => element("li", {}, element(
      "button", { type: "button", click: () => choose(hit.frame) },
      element("strong", {}, hit.title), ...(hit.excerpt ? [element("span", {}, hit.excerpt)] : []),
    ))));
    said.textContent = field.value.trim() ? filled(hits.length === 1 ? words.hit : words.hits, { n: hits.length }) : "";
  };
  field.addEventListener("input", show);
  made.addEventListener("keydown", (event) => {
    const buttons = [...found.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && document.activeElement === field && buttons.length) buttons[0].click();
    else if (event.key === "ArrowDown" && buttons.length) (buttons[at + 1] ?? buttons[0]).focus();
    else if (event.key === "ArrowUp" && buttons.length) (buttons[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });
  made.addEventListener("close", () => {
    field.value = "";
    show();
  });
  return made;
}

export function keysDialog(words, commands) {
  const rows = commands.map(([title, keys]) => element("div", {},
    element("dt", {}, ...keys.map((key) => element("kbd", {}, key))), element("dd", {}, title)));
  return dialog(words, words.keys, element("dl", { class: "keys" }, ...rows), element("p", {}, words.hands));
}

/** The notes of the frame shown, where the page has them. */
export class NotesPanel {
  constructor(words) {
    this.body = element("div", {});
    this.element = element("aside", { class: "notes", "aria-label": words.notes, hidden: true, tabindex: "0" },
      element("h2", {}, words.notes), this.body);
    this.none = words.no_notes;
  }

  get shown() {
    return !this.element.hidden;
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
  }

  show(section) {
    const notes = section?.querySelector(":scope > .speaker");
    this.body.replaceChildren(...(notes ? notes.cloneNode(true).children : [element("p", {}, this.none)]));
    this.body.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
    this.element.scrollTop = 0;
  }
}
