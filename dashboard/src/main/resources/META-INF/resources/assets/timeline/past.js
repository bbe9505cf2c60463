// What the charts of a page know: points of the chosen range, one list for all of them, that grows with each sample.
export class Past {
  constructor(address = '/api/history') {
    this.address = address;
    this.points = [];
    this.marks = [];
    this.step = 1;
    this.keep = 0;
    this.early = [];
    this.loading = 0;
  }

  async load(range, millis) {
    this.loading += 1;
    const mine = this.loading;
    const past = await fetch(`${this.address}?range=${range}`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (mine !== this.loading || !past) return;
    this.step = past.step;
    this.keep = millis;
    this.points = past.at.map((at, i) => {
      const point = { x: at * 1000 };
      for (const [name, values] of Object.entries(past.columns)) point[name] = values[i];
      return point;
    });
    this.marks = past.marks;
    const { early } = this;
    this.early = null;
    for (const point of early ?? []) this.add(point);
  }

  // A sample of one second joins the bucket that it belongs to.
  add(sample) {
    if (this.early) {
      this.early.push(sample);
      return;
    }
    const x = Math.floor(sample.at / this.step) * this.step * 1000;
    let last = this.points[this.points.length - 1];
    if (last && x < last.x) return;
    if (!last || last.x < x) {
      last = { x };
      this.points.push(last);
      while (this.points.length > 1 && this.points[0].x < x - this.keep) this.points.shift();
    }
    for (const [name, value] of Object.entries(sample)) {
      if (name === 'at' || value === null) continue;
      last[`${name}High`] = Math.max(last[`${name}High`] ?? value, value);
      last[`${name}Low`] = Math.min(last[`${name}Low`] ?? value, value);
      last[name] = PEAKS.has(name) ? last[`${name}High`] : value;
    }
  }
}

const PEAKS = new Set(['waiting', 'inFlight', 'delayed', 'queueP99Millis', 'sendP99Millis']);
