// Where the reader is, and where each key leads. As talk/navigation.py: a route of stops; going anywhere else opens a
// detour, and `next` after its last step goes on to the stop after the one that was left.

const MOST_REMEMBERED = 200;

export class Navigator {
  /** `route` has stops {place, overview}; `steps(place)` gives the advances of each page of a place. */
  constructor(places, route, steps, start = 0) {
    Object.assign(this, { places, route, steps });
    this.position = this.atStop(Math.min(start, route.length - 1));
    this.history = [this.position];
    this.cursor = 0;
  }

  /** Where `next` leads; null at the end. */
  ahead(here = this.position) {
    if (!here.overview) {
      const counts = this.steps(here.place);
      if (here.step < counts[here.page]) return { ...here, step: here.step + 1 };
      if (here.page + 1 < counts.length) return { ...here, page: here.page + 1, step: 0 };
    }
    if (here.stop + 1 < this.route.length) return this.atStop(here.stop + 1);
    return here.detours[0] ?? null;
  }

  next() {
    const ahead = this.ahead();
    if (!ahead) return false;
    return this.move(ahead, !(same(ahead, this.position) && ahead.stop === this.position.stop));
  }

  previous() {
    const here = this.position;
    if (!here.overview) {
      if (here.step > 0) return this.move({ ...here, step: here.step - 1 }, false);
      if (here.page > 0) {
        const page = here.page - 1;
        return this.move({ ...here, page, step: this.steps(here.place)[page] }, false);
      }
    }
    if (here.detours.length) return this.closeDetour();
    return here.stop > 0 && this.move(this.atStop(here.stop - 1, true));
  }

  first() {
    return this.move(this.atStop(0));
  }

  last() {
    return this.move(this.atStop(this.route.length - 1));
  }

  /** Shows a place: a detour, unless the stop that was left or the one after it is exactly there. */
  jump(place, overview = false) {
    const here = this.position;
    for (const stop of [here.stop, here.stop + 1]) {
      const there = this.route[stop];
      if (!there || there.place !== place || there.overview !== overview) continue;
      return this.move(stop === here.stop && here.detours.length ? here.detours[0] : this.atStop(stop));
    }
    const depth = here.detours.findIndex((left) => left.place === place && left.overview === overview);
    if (depth >= 0) return this.move({ ...here.detours[depth], detours: here.detours.slice(0, depth) });
    const left = { ...here, detours: [] };
    return this.move({ stop: here.stop, place, overview, page: 0, step: 0, detours: [...here.detours, left] });
  }

  /** Goes to a stop of the path that shows a place, else to the place as a detour: an address names it. */
  visit(place) {
    const stop = this.route.findIndex((there) => there.place === place && !there.overview);
    return stop >= 0 ? this.move(this.atStop(stop)) : this.jump(place);
  }

  parent() {
    const { place, overview } = this.position;
    const parent = this.places.all[place].parent;
    return !overview && parent >= 0 && this.jump(parent);
  }

  child() {
    const children = this.places.all[this.position.place].children;
    return children.length > 0 && this.jump(children[0]);
  }

  /** The whole canvas, and from there back to where one was. */
  overview() {
    const here = this.position;
    if (here.place === 0 && !here.overview) return here.detours.length > 0 && this.back();
    return this.jump(0);
  }

  /** Back to the stop that was left; on the path, one back in the history. */
  closeDetour() {
    const { detours } = this.position;
    if (!detours.length) return this.back();
    return this.move({ ...detours.at(-1), detours: detours.slice(0, -1) });
  }

  returnToPath() {
    const { detours } = this.position;
    return detours.length > 0 && this.move(detours[0]);
  }

  back() {
    return this.travel(-1);
  }

  forward() {
    return this.travel(1);
  }

  travel(by) {
    const cursor = this.cursor + by;
    if (cursor < 0 || cursor >= this.history.length) return false;
    this.history[this.cursor] = this.position;
    this.cursor = cursor;
    this.position = this.history[cursor];
    return true;
  }

  atStop(stop, finished = false) {
    const { place, overview } = this.route[stop];
    const at = { stop, place, overview, page: 0, step: 0, detours: [] };
    if (!finished || overview) return at;
    const counts = this.steps(place);
    return { ...at, page: counts.length - 1, step: counts.at(-1) };
  }

  move(position, remember = true) {
    if (equal(position, this.position)) return false;
    if (remember) {
      this.history[this.cursor] = this.position;
      const first = Math.max(this.cursor + 2 - MOST_REMEMBERED, 0);
      this.history = [...this.history.slice(first, this.cursor + 1), position];
      this.cursor = this.history.length - 1;
    }
    this.position = position;
    return true;
  }
}

const same = (a, b) => a.place === b.place && a.overview === b.overview;
const equal = (a, b) => same(a, b) && a.stop === b.stop && a.page === b.page && a.step === b.step &&
  a.detours.length === b.detours.length && a.detours.every((left, i) => equal(left, b.detours[i]));
