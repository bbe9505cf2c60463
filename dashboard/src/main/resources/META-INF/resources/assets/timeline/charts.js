// The charts of the pipeline: the same stretch of time in all of them.
import { onSample } from '../live.js';
import { addControls, addGestures } from './controls.js';
import { Past } from './past.js';
import { Timeline } from './timeline.js';
import { RANGES, TimeWindow } from './window.js';

const KINDS = {
  'chart-depth': {
    lane: true,
    series: [
      { name: 'waiting', label: 'waiting', tone: 'waiting', fill: true },
      { name: 'inFlight', label: 'in flight', tone: 'flight' },
      { name: 'delayed', label: 'delayed', tone: 'delayed', dash: [2, 3] },
    ],
  },
  'chart-rate': {
    series: [
      { name: 'rateIn', label: 'in', tone: 'in', band: true },
      { name: 'rateOut', label: 'applied', tone: 'out', band: true, dash: [6, 3] },
    ],
  },
  'chart-time': {
    unit: 'millis',
    exact: 'millis',
    series: [
      { name: 'queueP50Millis', label: 'p50', tone: 'out' },
      { name: 'queueP99Millis', label: 'p99', tone: 'delayed', dash: [6, 3] },
    ],
  },
  'chart-send': {
    unit: 'millis',
    exact: 'millis',
    series: [
      { name: 'sendP50Millis', label: 'p50', tone: 'in' },
      { name: 'sendP99Millis', label: 'p99', tone: 'delayed', dash: [6, 3] },
      { name: 'sendErrors', label: 'errors', tone: 'dead', unit: 'exactCount' },
    ],
  },
};

// Draws whichever of these charts the page has; where it has a place for them, with controls.
export function startCharts(range = '15m') {
  const past = new Past();
  const time = new TimeWindow(range);
  const canvases = Object.keys(KINDS)
    .map((id) => document.getElementById(id))
    .filter(Boolean);
  const charts = canvases.map((canvas) => new Timeline(canvas, past, time, KINDS[canvas.id]));
  const draw = () => {
    time.knownFrom = past.points[0]?.x ?? Date.now();
    charts.forEach((chart) => chart.draw());
  };
  const load = (chosen) => past.load(chosen, RANGES[chosen]).then(draw);
  canvases.forEach((canvas) => addGestures(canvas, time));
  const place = document.querySelector('.ranges');
  if (place) addControls(place, time, charts[0], load);
  load(range);
  onSample((sample) => {
    past.add(sample.point);
    // Marks of a long range come from the history; a sample brings those of the last minutes.
    const known = new Set(past.marks.map((mark) => mark.at + mark.label));
    past.marks.push(...sample.marks.filter((mark) => !known.has(mark.at + mark.label)));
    past.marks.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    if (!time.standsStill) draw();
  });
  // What passed while nobody looked is fetched; the hidden tab asked for nothing.
  document.addEventListener('visibilitychange', () => document.hidden || load(time.range));
  addEventListener('appearance', () => charts.forEach((chart) => chart.recolour()));
  return { past, time, charts };
}
