// Draws the tubes and the beads over the page's own parts.
const TUBE = 12;
const BEAD = 5.5;
const TOKEN = 8;
const URGENT = 0.25;
const TONES = ['waiting', 'flight', 'out', 'dead', 'line', 'edge', 'surface', 'soft', 'accent'];

export class Picture {
  constructor(canvas) {
    this.canvas = canvas;
    this.colours = {};
    this.readColours();
  }

  readColours() {
    const probe = document.createElement('span');
    document.body.append(probe);
    for (const tone of TONES) {
      probe.style.color = `var(--${tone})`;
      this.colours[tone] = getComputedStyle(probe).color;
    }
    probe.remove();
  }

  fit(width, height) {
    const scale = Math.min(devicePixelRatio || 1, 1.5);
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.pen = this.canvas.getContext('2d');
    this.pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.width = width;
    this.height = height;
  }

  draw(plan, beads, flow, now) {
    const { pen } = this;
    pen.clearRect(0, 0, this.width, this.height);
    const tubes = plan.tubes();
    this.tube(tubes.in, flow.in);
    this.tube(tubes.out, flow.out);
    for (const bead of beads) {
      if (!bead.place) continue;
      if (bead.held) this.token(bead, now);
      else this.bead(bead);
    }
  }

  tube(routes, moving) {
    const { pen } = this;
    pen.lineJoin = 'round';
    pen.lineCap = 'butt';
    for (const [width, colour] of [
      [TUBE + 4, this.colours.edge],
      [TUBE, this.colours.surface],
    ]) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.beginPath();
      for (const { points } of routes) {
        pen.moveTo(points[0].x, points[0].y);
        for (const point of points.slice(1)) pen.lineTo(point.x, point.y);
      }
      pen.globalAlpha = moving ? 1 : 0.45;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  bead(bead) {
    const { pen } = this;
    pen.fillStyle = this.colours[bead.tone];
    pen.beginPath();
    pen.arc(bead.place.x, bead.place.y, BEAD, 0, 2 * Math.PI);
    pen.fill();
  }

  // A message in a worker's hands, with what is left of its visibility timeout as a ring around it.
  token(bead, now) {
    const { pen } = this;
    const left = bead.until === null ? 1 : Math.max(0, Math.min(1, (bead.until - now) / bead.span));
    const { x, y } = bead.place;
    pen.fillStyle = this.colours.flight;
    pen.beginPath();
    pen.arc(x, y, BEAD, 0, 2 * Math.PI);
    pen.fill();
    pen.lineWidth = 2.5;
    pen.strokeStyle = this.colours.line;
    pen.beginPath();
    pen.arc(x, y, TOKEN + 1, 0, 2 * Math.PI);
    pen.stroke();
    pen.strokeStyle = left < URGENT ? this.colours.dead : this.colours.flight;
    pen.beginPath();
    pen.arc(x, y, TOKEN + 1, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * left);
    pen.stroke();
  }
}
