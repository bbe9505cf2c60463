// One message in the picture, from the producer to the database. What the queue tells of it is played in order, each
// step after the one before has arrived, so that what happens in milliseconds can be seen.
const MILLIS_A_PIXEL = 2.4;
const SHORTEST_MILLIS = 260;
const LONGEST_MILLIS = 900;
// Behind by more than this, a bead hurries.
const PATIENCE = 2;

export class Bead {
  constructor(id) {
    this.id = id;
    this.place = null;
    this.tone = 'waiting';
    this.leg = null;
    this.pending = [];
    this.worker = null;
    this.slot = 0;
    this.until = null;
    this.span = 1;
    this.gone = false;
  }

  // Sets out; then() is called on arrival.
  travel(route, tone, now, haste, then) {
    const hurry = this.pending.length > PATIENCE ? 0.5 : 1;
    const millis = Math.min(LONGEST_MILLIS, Math.max(SHORTEST_MILLIS, route.length * MILLIS_A_PIXEL)) * haste * hurry;
    this.tone = tone;
    this.leg = { route, began: now, millis, then };
    this.place = route.at(0);
  }

  move(now) {
    if (!this.leg) return;
    const share = (now - this.leg.began) / this.leg.millis;
    this.place = this.leg.route.at(share);
    if (share < 1) return;
    const { then } = this.leg;
    this.leg = null;
    then?.();
  }

  get held() {
    return this.worker !== null && this.leg === null;
  }
}
