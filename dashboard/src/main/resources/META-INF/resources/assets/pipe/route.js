// A way through the picture: points joined by straight lines, measured once, travelled at an even pace.
export class Route {
  constructor(...points) {
    this.points = points;
    this.lengths = points.slice(1).map((point, i) => Math.hypot(point.x - points[i].x, point.y - points[i].y));
    this.length = this.lengths.reduce((sum, length) => sum + length, 0);
  }

  // The place after a share of the way, between 0 and 1.
  at(share) {
    let left = Math.min(1, Math.max(0, share)) * this.length;
    for (let i = 0; i < this.lengths.length; i += 1) {
      if (left <= this.lengths[i] || i === this.lengths.length - 1) {
        const part = this.lengths[i] === 0 ? 1 : left / this.lengths[i];
        const [a, b] = [this.points[i], this.points[i + 1]];
        return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
      }
      left -= this.lengths[i];
    }
    return this.points[0];
  }
}
