// Begins: reads the deck of the page, waits for its fonts and pictures, and shows the first stop.

import { Page } from "./page.js";
import { Scene, loadFonts, loadImages } from "./scene.js";

const deck = JSON.parse(document.querySelector('script[type="application/json"]').textContent);
Promise.all([loadFonts(deck.fonts), loadImages(deck.pictures)]).then(([, images]) => {
  window.atelier = new Page(new Scene(deck, images));
});
