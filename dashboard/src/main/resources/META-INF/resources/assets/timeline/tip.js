// The box beside the pointer, and the line through the chart that it speaks of.
const LINES_AT_MOST = 9;

export function drawTip({ pen, left, right, top, bottom }, { colours, size }, x, all) {
  const lines =
    all.length > LINES_AT_MOST
      ? [...all.slice(0, LINES_AT_MOST - 1), `and ${all.length - LINES_AT_MOST + 1} more`]
      : all;
  const width = Math.max(...lines.map((line) => pen.measureText(line).width)) + 16;
  const height = lines.length * size * 1.4 + 10;
  const at = x + width + 12 > right ? Math.max(left, x - width - 10) : x + 10;
  pen.strokeStyle = colours.edge;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(Math.round(x) + 0.5, top);
  pen.lineTo(Math.round(x) + 0.5, bottom);
  pen.stroke();
  pen.fillStyle = colours.surface;
  pen.beginPath();
  pen.roundRect(at, top, width, height, 6);
  pen.fill();
  pen.stroke();
  pen.fillStyle = colours.ink;
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  lines.forEach((line, i) => pen.fillText(line, at + 8, top + 6 + i * size * 1.4));
}
