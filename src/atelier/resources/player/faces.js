// The three faces of a frame by its size on screen, as a share of the height it has when it fills the view.

export const CONTENT = "content";
export const COVER = "cover";
export const CHIP = "chip";

export const CONTENT_FROM = 0.52;
const COVER_UPTO = 0.28;
export const SECTION_BELOW = 0.05;

/** The height of a frame of this ratio that fills a view. */
export const fullHeight = (size, ratio) => Math.min(size.height, size.width / ratio);

/** How much of a moving frame's face is its content, from 0 (cover) to 1. */
export function contentShare(f) {
  const t = Math.min(Math.max((f - COVER_UPTO) / (CONTENT_FROM - COVER_UPTO), 0), 1);
  return t * t * (3 - 2 * t);
}

/** The one face of a place while the camera rests. */
export function faceAt(place, f) {
  if (f >= place.from) return CONTENT;
  return f < place.chip ? CHIP : COVER;
}
