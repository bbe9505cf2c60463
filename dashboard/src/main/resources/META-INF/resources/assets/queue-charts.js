// The charts of one queue: what was kept of it, looked at again every ten seconds.
import { addControls, addGestures } from './timeline/controls.js';
import { Past } from './timeline/past.js';
import { Timeline } from './timeline/timeline.js';
import { RANGES, TimeWindow } from './timeline/window.js';

const PERIOD_MILLIS = 10000;
const KINDS = {
  'queue-depth': {
    series: [
      { name: 'waiting', label: 'waiting', tone: 'waiting', fill: true },
      { name: 'inFlight', label: 'in flight', tone: 'flight' },
      { name: 'delayed', label: 'delayed', tone: 'delayed', dash: [2, 3] },
    ],
  },
  'queue-rate': {
    series: [
      { name: 'rateIn', label: 'came', tone: 'in' },
      { name: 'rateOut', label: 'left', tone: 'out', dash: [6, 3] },
    ],
  },
};

export function startQueueCharts(api, range = '1h') {
  const past = new Past(`${api}/history`);
  const time = new TimeWindow(range);
  const charts = Object.entries(KINDS).map(([id, kind]) => {
    const canvas = document.getElementById(id);
    addGestures(canvas, time);
    return new Timeline(canvas, past, time, kind);
  });
  const draw = () => charts.forEach((chart) => chart.draw());
  const load = (chosen) => past.load(chosen, RANGES[chosen]).then(draw);
  addControls(document.querySelector('.ranges'), time, charts[0], load);
  load(range);
  setInterval(() => document.hidden || time.standsStill || load(time.range), PERIOD_MILLIS);
  document.addEventListener('visibilitychange', () => document.hidden || load(time.range));
  addEventListener('appearance', () => charts.forEach((chart) => chart.recolour()));
}
