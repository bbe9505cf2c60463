// What happened, in a lane under a chart: a sign for each event, one with a number where several stand close together.
const NEAR = 20;
const SIGNS = [
  [/crash|silent|unreachable|killed/, '✕', 'bad'],
  [/again|started|start/, '▶', 'good'],
  [/stopped|stop/, '■', 'warn'],
  [/paused/, '‖', 'warn'],
  [/resumed/, '▶', 'good'],
  [/burst/i, '↯', 'waiting'],
  [/poison/i, '☠', 'dead'],
];

const signOf = (label) => SIGNS.find(([words]) => words.test(label)) ?? [null, '•', 'soft'];

// The groups that fit: each with its place, its events, and the sign of the most telling one.
export function groups(marks, toPixel, left, right) {
  const found = [];
  for (const mark of marks) {
    const x = toPixel(Date.parse(mark.at));
    if (x < left || x > right) continue;
    const last = found[found.length - 1];
    if (last && x - last.first < NEAR) last.marks.push(mark);
    else found.push({ first: x, marks: [mark] });
  }
  return found.map(({ first, marks: own }) => {
    const x = own.length === 1 ? first : (first + toPixel(Date.parse(own[own.length - 1].at))) / 2;
    const [, sign, tone] = signOf(own[own.length - 1].label);
    return { x, marks: own, sign: own.length > 1 ? String(own.length) : sign, tone: own.length > 1 ? 'soft' : tone };
  });
}
