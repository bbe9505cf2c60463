// The living picture: real messages as beads, led by the queue's own events.
import { Bead } from './bead.js';
import { Picture } from './picture.js';
import { Plan } from './plan.js';
import { isShown } from './share.js';

// Every other frame of a usual screen.
const FRAME_MILLIS = 33;
// Rings that only count down need no more than this.
const STILL_MILLIS = 250;
const BEADS_AT_MOST = 260;
const BOUNCES_AT_MOST = 12;
const OVERDUE_MILLIS = 1500;
const REACH = 16;
const RACING = 0.55;

export class Pipe {
  constructor(stage, canvas) {
    this.stage = stage;
    this.plan = new Plan(stage);
    this.picture = new Picture(canvas);
    this.beads = new Map();
    this.others = new Set();
    this.oneIn = 1;
    this.skew = 0;
    this.turn = 0;
    this.drawnAt = 0;
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.frames = 0;
    this.fit();
  }

  fit() {
    this.plan.measure();
    this.picture.fit(this.plan.width, this.plan.height);
    for (const bead of this.beads.values()) if (bead.held) this.hold(bead);
    this.wake();
  }

  recolour() {
    this.picture.readColours();
    this.wake();
  }

  // What the page says changed: where parts stand, who runs, how fast it goes.
  look() {
    this.plan.measure();
    const part = (id) => this.stage.querySelector(`#${id}`).dataset.flow;
    this.flow = { in: part('producer') === 'flowing', out: ['flowing', 'racing'].includes(part('workers')) };
    this.haste = part('workers') === 'racing' ? RACING : 1;
    for (const bead of this.beads.values()) if (bead.held) this.hold(bead);
    this.wake();
  }

  hear(frame) {
    if (frame.oneIn > this.oneIn) this.keepShare(frame.oneIn);
    this.oneIn = frame.oneIn;
    for (const event of frame.events) this.tell(event);
    this.wake();
  }

  keepShare(oneIn) {
    for (const [id, bead] of this.beads) if (!isShown(id, oneIn) && !bead.leg) this.beads.delete(id);
  }

  tell(event) {
    if (event.transition === 'purged') {
      this.beads.clear();
      return;
    }
    if (!event.messageId) return;
    this.skew = Date.now() - Date.parse(event.at);
    let bead = this.beads.get(event.messageId);
    if (!bead) {
      if (this.beads.size >= BEADS_AT_MOST || event.transition === 'deleted') return;
      bead = new Bead(event.messageId);
      this.beads.set(event.messageId, bead);
    }
    bead.pending.push(event);
    if (!bead.leg) this.next(bead);
  }

  // Plays what comes next of a message's life; in the tank it is part of the level, and no bead.
  next(bead) {
    const event = bead.pending.shift();
    if (!event) {
      if (!bead.worker) this.beads.delete(bead.id);
      return;
    }
    const now = performance.now();
    const go = (route, tone, haste, then) => bead.travel(route, tone, now, this.still.matches ? 0 : haste, then);
    const on = () => this.next(bead);
    const from = bead.worker && this.plan.worker(bead.worker);
    switch (event.transition) {
      case 'sent':
      case 'delayed':
      case 'movedIn':
        go(this.plan.inlet(), 'waiting', 1, on);
        break;
      case 'received':
        this.receive(bead, event, go);
        break;
      case 'extended':
        this.countDown(bead, event);
        on();
        break;
      case 'returned':
        bead.worker = null;
        if (from) go(this.reversed(this.plan.outlet(from)), 'waiting', 1, on);
        else on();
        break;
      case 'deleted':
        bead.worker = null;
        if (from) go(this.plan.toDatabase(this.alive(from)), 'out', this.haste, on);
        else on();
        break;
      case 'movedOut':
        bead.worker = null;
        go(this.plan.aside(), 'dead', 1.6, on);
        break;
      default:
        bead.worker = null;
        on();
    }
  }

  // The queue does not tell who received a message: the beads go round among those who run.
  receive(bead, event, go) {
    const running = this.plan.workers.filter((worker) => worker.running);
    const worker = running.length > 0 ? running[this.turn++ % running.length] : this.plan.workers[0];
    bead.worker = worker.name;
    bead.slot = this.freeSlot(worker.name);
    this.countDown(bead, event);
    go(this.plan.outlet(worker), 'flight', this.haste, () => {
      this.hold(bead);
      if (bead.pending.length > 0) this.next(bead);
    });
  }

  countDown(bead, event) {
    const until = event.visibleAt ? Date.parse(event.visibleAt) : null;
    bead.until = until === null ? null : performance.now() + (until + this.skew - Date.now());
    bead.span = until === null ? 1 : Math.max(1, until - Date.parse(event.at));
  }

  alive(worker) {
    return worker.running ? worker : this.plan.workers.find((other) => other.running) || worker;
  }

  hold(bead) {
    const worker = this.plan.worker(bead.worker) || this.plan.workers[0];
    bead.worker = worker.name;
    bead.place = this.plan.slot(worker, bead.slot);
  }

  freeSlot(name) {
    const taken = new Set([...this.beads.values()].filter((b) => b.worker === name).map((b) => b.slot));
    let slot = 0;
    while (taken.has(slot)) slot += 1;
    return slot;
  }

  reversed(route) {
    return { length: route.length, at: (share) => route.at(1 - share) };
  }

  // Deliveries that changed nothing bounce off the database.
  bounce(count) {
    if (this.still.matches) return;
    for (let i = 0; i < Math.min(count, BOUNCES_AT_MOST); i += 1) {
      const bead = new Bead('');
      bead.travel(this.plan.bounce(), 'flight', performance.now() + i * 90, 1.5, () => this.others.delete(bead));
      this.others.add(bead);
    }
    this.wake();
  }

  // The message under a point of the stage, if one is near.
  at(x, y) {
    let nearest = null;
    let least = REACH;
    for (const bead of this.beads.values()) {
      if (!bead.place) continue;
      const distance = Math.hypot(bead.place.x - x, bead.place.y - y);
      if (distance < least) [nearest, least] = [bead, distance];
    }
    return nearest;
  }

  wake() {
    this.waiting ||= requestAnimationFrame(() => this.frame());
  }

  frame() {
    this.waiting = 0;
    const now = performance.now();
    const beads = [...this.beads.values(), ...this.others];
    const moving = beads.some((bead) => bead.leg);
    if (now - this.drawnAt >= (moving ? FRAME_MILLIS : STILL_MILLIS) - 4) {
      this.drawnAt = now;
      this.frames += 1;
      for (const bead of beads) bead.move(now);
      for (const [id, bead] of this.beads)
        if (bead.held && bead.until && now > bead.until + OVERDUE_MILLIS) this.beads.delete(id);
      this.picture.draw(
        this.plan,
        [...this.beads.values(), ...this.others],
        this.flow ?? { in: false, out: false },
        now,
      );
    }
    if (document.hidden) return;
    if (moving) this.wake();
    else if (this.beads.size > 0) setTimeout(() => this.wake(), STILL_MILLIS);
  }
}
