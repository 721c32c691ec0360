// The signs of the tools, drawn on a square of 24 units.

import { svgElement } from "./elements.js";

const LINES = {
  return: "M9 6 4 11l5 5M4 11h10a6 6 0 0 1 6 6v2",
  previous: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  all: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
  list: "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
  find: "M16.5 16.5 21 21M18 10.5a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z",
  note: "M5 3h14v12l-5 6H5zM14 21v-6h5M9 8h6M9 12h4",
  read: "M4 5h16M4 9.7h16M4 14.3h16M4 19h9",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  help: "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 1.9v.6M12 17.7v.1M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0z",
};

export const icon = (name) =>
  svgElement("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svgElement("path", { d: LINES[name] }));
