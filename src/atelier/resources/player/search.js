// Search over titles and text: whatever case and accents, words in any order, each by its beginning. As deck/search.py.

const MOST_HITS = 60;
const LONGEST_EXCERPT = 90;
const JOINED = { œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", "\u2019": "'", "\u00a0": " ", "\u202f": " " };

/** `text` for comparing: no case, no accents, no typography. */
export const fold = (text) => [...text].map(folded).join("");

const folded = (sign) =>
  [...sign.toLowerCase().normalize("NFKD")].map((part) => JOINED[part] ?? part).join("").replace(/\p{M}/gu, "");

/** The frames in which every word of `query` begins a word, titles first: {frame, title, excerpt}. */
export function search(frames, query) {
  const words = [...new Set(fold(query).match(/[\p{L}\p{N}_]+/gu) ?? [])];
  if (!words.length) return [];
  const hits = [];
  for (const { frame, title, text } of frames) {
    const [inTitle, inText] = [fold(title), fold(text)];
    const missing = words.filter((word) => find(word, inTitle) < 0);
    if (!missing.every((word) => find(word, inText) >= 0)) continue;
    const at = missing.length ? Math.min(...missing.map((word) => find(word, inText))) : -1;
    const rank = at >= 0 ? 2 : words.some((word) => find(word, inTitle) === 0) ? 0 : 1;
    hits.push({ rank, frame, title, excerpt: at >= 0 ? excerpt(text, unfolded(text, at)) : "" });
  }
  return hits.sort((a, b) => a.rank - b.rank).slice(0, MOST_HITS);
}

/** Where a word of `text` begins with `word`, -1 where none does. */
function find(word, text) {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}_]/u.test(text[at - 1])) return at;
  }
  return -1;
}

/** The place in `text` of what is at `place` in the folded text. */
function unfolded(text, place) {
  let [at, seen] = [0, 0];
  for (const sign of text) {
    seen += folded(sign).length;
    if (seen > place) return at;
    at += sign.length;
  }
  return at;
}

function excerpt(text, at) {
  let start = Math.max(at - LONGEST_EXCERPT / 3, 0);
  if (start > 0) start = Math.max(text.lastIndexOf(" ", start) + 1, 0);
  const end = Math.min(start + LONGEST_EXCERPT, text.length);
  const words = text.slice(start, end).replace(/\s+/g, " ").trim();
  return `${start > 0 ? "… " : ""}${words}${end < text.length ? " …" : ""}`;
}
