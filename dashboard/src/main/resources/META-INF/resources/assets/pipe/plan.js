// Where things are in the picture, measured from the page: the parts are HTML, the tubes between them follow.
import { Route } from './route.js';

const SLOT = 24;

export class Plan {
  constructor(stage) {
    this.stage = stage;
    this.measure();
  }

  measure() {
    const origin = this.stage.getBoundingClientRect();
    const box = (element) => {
      const r = element.getBoundingClientRect();
      const [left, top] = [r.left - origin.left, r.top - origin.top];
      const [right, bottom] = [left + r.width, top + r.height];
      return {
        left,
        top,
        right,
        bottom,
        width: r.width,
        height: r.height,
        x: left + r.width / 2,
        y: top + r.height / 2,
      };
    };
    const part = (id) => box(this.stage.querySelector(`#${id}`));
    this.width = origin.width;
    this.height = origin.height;
    this.producer = part('producer');
    this.vessel = part('vessel');
    this.database = part('database');
    this.dead = part('dead');
    this.workers = [...this.stage.querySelectorAll('.worker')].map((element) => ({
      name: element.dataset.worker,
      running: element.dataset.running === 'true',
      box: box(element),
      hands: box(element.querySelector('.hands')),
    }));
    this.upright = this.database.top > this.producer.bottom;
    const liquid = this.stage.querySelector('.liquid.waiting');
    this.surface = this.vessel.bottom - (this.vessel.height * Number(liquid.getAttribute('height'))) / 100;
  }

  // The tube from the producer ends at the tank's rim.
  spout() {
    const { producer, vessel } = this;
    if (this.upright) return new Route({ x: producer.x, y: producer.bottom }, { x: producer.x, y: vessel.top + 4 });
    const y = Math.max(producer.top + 14, Math.min(vessel.top + 24, producer.bottom - 14));
    return new Route({ x: producer.right, y }, { x: vessel.left + 10, y });
  }

  // Through the tube, then in an arc down to the surface.
  inlet() {
    const { points } = this.spout();
    const mouth = points[1];
    const floor = Math.max(mouth.y + 4, Math.min(this.surface, this.vessel.bottom - 6));
    if (this.upright) return new Route(...points, { x: mouth.x, y: floor });
    const drop = floor - mouth.y;
    return new Route(...points, { x: mouth.x + 14, y: mouth.y + drop * 0.12 }, { x: mouth.x + 22, y: floor });
  }

  outlet(worker) {
    const { vessel } = this;
    const hands = worker.hands;
    // In one column the way goes down the margin, past what stands between.
    if (this.upright) {
      const margin = 7;
      const top = vessel.bottom - 14;
      return new Route(
        { x: vessel.left + 3, y: top },
        { x: margin, y: top },
        { x: margin, y: hands.y },
        { x: hands.left, y: hands.y },
      );
    }
    const y = vessel.bottom - 18;
    const bend = vessel.right + (worker.box.left - vessel.right) * 0.55;
    return new Route(
      { x: vessel.right - 3, y },
      { x: bend, y },
      { x: bend, y: hands.y },
      { x: hands.left, y: hands.y },
    );
  }

  toDatabase(worker) {
    const { database } = this;
    const { box, hands } = worker;
    if (this.upright) return new Route({ x: hands.x, y: box.bottom }, { x: hands.x, y: database.top });
    const bend = box.right + (database.left - box.right) * 0.45;
    const y = Math.max(database.top + 18, Math.min(database.bottom - 18, hands.y));
    return new Route({ x: hands.right, y: hands.y }, { x: bend, y: hands.y }, { x: bend, y }, { x: database.left, y });
  }

  aside() {
    const { vessel, dead } = this;
    const x = vessel.left + vessel.width * 0.62;
    return new Route({ x, y: vessel.bottom - 10 }, { x, y: dead.top + dead.height / 2 });
  }

  // A thrown-back duplicate: off the database's wall, up, and down out of the picture.
  bounce() {
    const { database } = this;
    const y = database.top + database.height * (0.3 + 0.4 * Math.random());
    const reach = this.upright ? 40 : 46 + 30 * Math.random();
    const { left } = database;
    return new Route(
      { x: left, y },
      { x: left - reach * 0.6, y: y - 22 },
      { x: left - reach, y: y + 12 },
      { x: left - reach * 1.15, y: y + 70 },
    );
  }

  slot(worker, index) {
    const { hands } = worker;
    const columns = Math.max(1, Math.floor(hands.width / SLOT));
    const rows = Math.max(1, Math.floor(hands.height / SLOT));
    const place = index % (columns * rows);
    return {
      x: hands.left + SLOT / 2 + (place % columns) * SLOT + 2,
      y: hands.top + SLOT / 2 + Math.floor(place / columns) * SLOT,
    };
  }

  worker(name) {
    return this.workers.find((worker) => worker.name === name);
  }

  tubes() {
    const live = this.workers.filter((worker) => worker.running);
    const shown = live.length > 0 ? live : this.workers.slice(0, 1);
    return {
      in: [this.spout()],
      out: shown.flatMap((worker) => [this.outlet(worker), this.toDatabase(worker)]),
    };
  }
}
