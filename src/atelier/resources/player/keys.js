// From a key press to a command, by the program's own table: chords are written as commands/keys.py writes them.

const NAMES = {
  " ": "Space", ArrowLeft: "Left", ArrowRight: "Right", ArrowUp: "Up", ArrowDown: "Down", PageUp: "PageUp",
  PageDown: "PageDown", Enter: "Enter", Escape: "Escape", Backspace: "Backspace", Home: "Home", End: "End", F1: "F1",
};

/** What a key press may mean, the most likely first. */
function* chords(event) {
  const held = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "");
  const shift = event.shiftKey ? "Shift+" : "";
  if (NAMES[event.key]) {
    yield held + shift + NAMES[event.key];
    return;
  }
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit && !held && !shift) yield digit;
  const character = event.key.length === 1 ? event.key.toUpperCase() : "";
  if (character) yield held + (/\p{L}/u.test(character) ? shift : "") + character;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter && !/^[A-Z0-9]$/.test(character)) yield held + shift + letter;
}

/** The command of a key press, undefined when the key is free. `table` is from chord to command. */
export function commandFor(event, table) {
  for (const chord of chords(event)) if (table[chord]) return table[chord];
  return undefined;
}
