// Which stretch of time the charts of a page show: the last minutes up to now, or a part of them that stands still.
const MINUTE = 60000;
const SHORTEST = MINUTE / 2;
// A dashboard that has just been started shows this much, and grows from there: a strip at the edge teaches nobody.
const FIRST = 2 * MINUTE;
export const RANGES = {
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '1h': 60 * MINUTE,
  '6h': 360 * MINUTE,
  '24h': 1440 * MINUTE,
};

export class TimeWindow {
  constructor(range) {
    this.listeners = new Set();
    this.knownFrom = 0;
    this.choose(range);
  }

  choose(range) {
    this.range = range;
    this.length = RANGES[range];
    this.until = null;
    this.changed();
  }

  get standsStill() {
    return this.until !== null;
  }

  bounds() {
    const until = this.until ?? Date.now();
    const known = Math.max(FIRST, (until - this.knownFrom) * 1.02);
    return [until - (this.standsStill ? this.length : Math.min(this.length, known)), until];
  }

  pause() {
    this.until = Date.now();
    this.changed();
  }

  follow() {
    this.until = null;
    this.changed();
  }

  // Factor below 1 shows less, around a share of the width.
  zoom(factor, around = 1) {
    const [from, until] = this.bounds();
    const at = from + (until - from) * around;
    const length = Math.min(RANGES[this.range], Math.max(SHORTEST, this.length * factor));
    this.length = length;
    this.set(at + length * (1 - around));
  }

  pan(share) {
    this.set(this.bounds()[1] + this.length * share);
  }

  // Never past now, never before what was loaded. At now it follows again.
  set(until) {
    const now = Date.now();
    const earliest = now - RANGES[this.range] + this.length;
    this.until = until >= now - 500 ? null : Math.max(earliest, until);
    this.changed();
  }

  onChange(listener) {
    this.listeners.add(listener);
  }

  changed() {
    for (const listener of this.listeners) listener();
  }
}
