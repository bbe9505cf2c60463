// One chart over time on a canvas: areas, lines and bands, ticks on whole minutes, a lane of events,
// and what is under the pointer.
import { labels, timeTicks, valueScale } from './axis.js';
import { groups } from './lane.js';
import { drawTip } from './tip.js';

const SPIKE = 12;
const SMALLEST_TOP = 5;
const TICK_GAP = 74;
const LANE = 1.5;

export class Timeline {
  // series: { name, label, tone, fill, dash, band }; unit: a name in labels
  constructor(canvas, past, time, { series, unit = 'count', exact = 'exactCount', lane = false }) {
    Object.assign(this, { canvas, past, time, series, unit, exact, lane });
    this.bent = 'auto';
    this.pointer = null;
    this.colours = {};
    this.readColours();
    new ResizeObserver(() => this.draw()).observe(canvas.parentElement);
    canvas.addEventListener('pointermove', (event) => this.point(event));
    canvas.addEventListener('pointerleave', () => this.point(null));
    time.onChange(() => this.draw());
  }

  readColours() {
    const probe = document.createElement('span');
    document.body.append(probe);
    const names = ['surface', 'ink', 'soft', 'line', 'edge', 'good', 'warn', 'bad', 'dead', 'waiting'];
    for (const name of [...names, ...this.series.map(({ tone }) => tone)]) {
      probe.style.color = `var(--${name})`;
      this.colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    const body = getComputedStyle(document.body);
    this.size = Math.round(parseFloat(body.fontSize) * 0.78);
    this.font = `${this.size}px ${body.fontFamily}`;
  }

  point(event) {
    this.pointer = event && { x: event.offsetX, y: event.offsetY };
    this.draw();
  }

  recolour() {
    this.readColours();
    this.draw();
  }

  draw() {
    if (document.hidden) return;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.paint();
    });
  }

  frame() {
    const { width, height } = this.canvas.parentElement.getBoundingClientRect();
    const scale = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * scale) || this.canvas.height !== Math.round(height * scale)) {
      this.canvas.width = Math.round(width * scale);
      this.canvas.height = Math.round(height * scale);
    }
    const pen = this.canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = this.font;
    const laneHeight = this.lane ? this.size * LANE + 4 : 0;
    const bottom = height - this.size - 8 - laneHeight;
    return {
      pen,
      width,
      height,
      left: this.size * (this.unit === 'millis' ? 5.2 : 4),
      right: width - 10,
      top: this.size * 0.7,
      bottom,
      laneHeight,
    };
  }

  paint() {
    const frame = this.frame();
    if (frame.width < 60 || frame.bottom < 30) return;
    const [from, until] = this.time.bounds();
    const seen = this.past.points.filter((point) => point.x >= from - this.past.step * 1000 && point.x <= until);
    this.canvas.dataset.first = seen[0]?.x ?? '';
    const scale = this.scale(seen, frame);
    frame.toX = (at) => frame.left + ((at - from) / (until - from)) * (frame.right - frame.left);
    frame.toY = (value) => frame.bottom - scale.share(value) * (frame.bottom - frame.top);
    this.grid(frame, scale, from, until);
    for (const series of this.series) this.trace(frame, seen, series);
    const marks = this.lane ? this.events(frame) : [];
    if (this.pointer) this.tell(frame, seen, marks);
  }

  scale(seen, frame) {
    const values = [];
    for (const { name } of this.series)
      for (const point of seen) if (point[name] > 0) values.push(point[`${name}High`] ?? point[name]);
    values.sort((a, b) => a - b);
    const most = values[values.length - 1] ?? 0;
    const usual = values[Math.floor(values.length * 0.8)] ?? 0;
    this.isBent = this.bent === 'auto' ? most > 100 && most > SPIKE * Math.max(1, usual) : this.bent;
    return valueScale(
      Math.max(SMALLEST_TOP, most * 1.08),
      this.isBent,
      Math.max(2, (frame.bottom - frame.top) / (this.size * 2.6)),
    );
  }

  grid({ pen, left, right, top, bottom, height, toX, toY }, scale, from, until) {
    pen.strokeStyle = this.colours.line;
    pen.fillStyle = this.colours.soft;
    pen.lineWidth = 1;
    pen.textBaseline = 'middle';
    pen.textAlign = 'right';
    for (const value of scale.ticks) {
      const y = Math.round(toY(value)) + 0.5;
      pen.beginPath();
      pen.moveTo(left, y);
      pen.lineTo(right, y);
      pen.stroke();
      pen.fillText(labels[this.unit](value), left - 6, y);
    }
    pen.textAlign = 'center';
    pen.textBaseline = 'bottom';
    for (const at of timeTicks(from, until, Math.max(2, (right - left) / TICK_GAP))) {
      const x = Math.round(toX(at)) + 0.5;
      pen.beginPath();
      pen.moveTo(x, top);
      pen.lineTo(x, bottom + 4);
      pen.stroke();
      if (x > left + 8 && x < right - 4) pen.fillText(labels.time(at), x, height - 2);
    }
    if (this.isBent) {
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      pen.fillText('log scale', left + 6, top);
    }
  }

  // The stretches without a hole: what was not known leaves a gap.
  stretches(seen, name) {
    const found = [];
    let last = null;
    for (const point of seen) {
      if (point[name] === null || point[name] === undefined) {
        last = null;
      } else {
        if (!last || point.x - last.x > this.past.step * 3000) found.push([]);
        found[found.length - 1].push(point);
        last = point;
      }
    }
    return found;
  }

  trace({ pen, bottom, toX, toY }, seen, { name, tone, fill, dash, band }) {
    pen.strokeStyle = this.colours[tone];
    pen.fillStyle = this.colours[tone];
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    for (const points of this.stretches(seen, name)) {
      const line = (key) => points.map((point) => [toX(point.x), toY(point[key] ?? point[name])]);
      // An area is deeper up to the minimum of each bucket; a band reaches from the minimum to the maximum.
      const floor = points.map((point) => [toX(point.x), bottom]).reverse();
      if (fill)
        this.areas(pen, [
          [...line(`${name}High`), ...floor],
          [...line(`${name}Low`), ...floor],
        ]);
      if (band) this.areas(pen, [[...line(`${name}High`), ...line(`${name}Low`).reverse()]]);
      pen.setLineDash(dash ?? []);
      this.path(pen, points.length > 1 ? line(name) : [...line(name), [toX(points[0].x) + 2, toY(points[0][name])]]);
      pen.stroke();
      pen.setLineDash([]);
    }
  }

  areas(pen, outlines) {
    pen.globalAlpha = 0.16;
    for (const outline of outlines) {
      this.path(pen, outline);
      pen.fill();
    }
    pen.globalAlpha = 1;
  }

  path(pen, points) {
    pen.beginPath();
    points.forEach(([x, y], i) => (i === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
  }

  events({ pen, left, right, bottom, laneHeight, toX }) {
    const y = bottom + laneHeight / 2 + 2;
    const found = groups(this.past.marks, toX, left, right);
    pen.strokeStyle = this.colours.line;
    this.path(pen, [
      [left, y],
      [right, y],
    ]);
    pen.stroke();
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    for (const { x, sign, tone } of found) {
      pen.fillStyle = this.colours.surface;
      pen.strokeStyle = this.colours[tone];
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.arc(x, y, this.size * 0.72, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
      pen.fillStyle = this.colours[tone];
      pen.fillText(sign, x, y + 0.5);
    }
    return found;
  }

  tell(frame, seen, marks) {
    const { x, y } = this.pointer;
    if (x < frame.left || x > frame.right) return;
    const group = y > frame.bottom && marks.find((one) => Math.abs(one.x - x) < this.size);
    if (group) {
      drawTip(
        frame,
        this,
        group.x,
        group.marks.map((mark) => `${labels.exactTime(Date.parse(mark.at))}  ${mark.label}`),
      );
      return;
    }
    const nearest = seen.reduce(
      (best, point) => (!best || Math.abs(frame.toX(point.x) - x) < Math.abs(frame.toX(best.x) - x) ? point : best),
      null,
    );
    if (!nearest) return;
    const known = this.series.filter(({ name }) => nearest[name] !== null && nearest[name] !== undefined);
    drawTip(frame, this, frame.toX(nearest.x), [
      labels.exactTime(nearest.x),
      ...known.map((series) => this.words(nearest, series)),
    ]);
  }

  words(point, { name, label, unit, band }) {
    const show = labels[unit ?? this.exact];
    const spread = band && point[`${name}High`] - point[`${name}Low`] > 1;
    const extremes = spread ? ` (${show(point[`${name}Low`])} to ${show(point[`${name}High`])})` : '';
    return `${label} ${show(point[name])}${extremes}`;
  }
}
