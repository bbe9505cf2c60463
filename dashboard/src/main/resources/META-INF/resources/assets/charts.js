// The charts over time: one window that moves with the samples, marks that explain the curves, gaps where nothing was known.
/* global Chart */
import { count, rate, time, millis, money } from './format.js';

const WINDOW_MILLIS = 15 * 60 * 1000;
// A dashboard that has just been started shows this much, and grows from there: a strip at the edge teaches nobody.
const MIN_WINDOW_MILLIS = 2 * 60 * 1000;
const MINUTE_MILLIS = 60 * 1000;
const LABEL_ROWS = 5;

function colour(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const translucent = (rgb, alpha) => rgb.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${alpha})`);

// Vertical lines with staggered labels, drawn over the data.
const marksPlugin = {
  id: 'marks',
  afterDatasetsDraw(chart) {
    const marks = chart.holdfastMarks || [];
    const { ctx, chartArea, scales: { x } } = chart;
    ctx.save();
    ctx.font = `${Math.round(Chart.defaults.font.size * 0.92)}px ${Chart.defaults.font.family}`;
    // The newest come first: where labels would overlap, the older ones keep their line and lose their words.
    const free = Array(LABEL_ROWS).fill(chartArea.right + 2);
    for (const mark of [...marks].reverse()) {
      const at = Date.parse(mark.at);
      if (at < x.min || at > x.max) continue;
      const px = Math.round(x.getPixelForValue(at)) + 0.5;
      ctx.strokeStyle = colours.mark;
      ctx.setLineDash([3, 3]);
      ctx.beginPath();
      ctx.moveTo(px, chartArea.top);
      ctx.lineTo(px, chartArea.bottom);
      ctx.stroke();
      if (!chart.holdfastLabels) continue;
      const width = ctx.measureText(mark.label).width + 8;
      const left = Math.min(px + 2, chartArea.right - width);
      const row = free.findIndex((until) => left + width <= until);
      if (row < 0) continue;
      free[row] = left - 4;
      const top = chartArea.top + 2 + row * (Chart.defaults.font.size + 6);
      ctx.setLineDash([]);
      ctx.fillStyle = colours.surface;
      ctx.fillRect(left, top, width, Chart.defaults.font.size + 4);
      ctx.fillStyle = colours.ink;
      ctx.textBaseline = 'top';
      ctx.fillText(mark.label, left + 4, top + 2);
    }
    ctx.restore();
  },
};

const colours = {};
const charts = new Set();

function readColours() {
  for (const name of ['waiting', 'flight', 'delayed', 'in', 'out', 'dead', 'mark', 'surface', 'ink', 'soft', 'line']) colours[name] = colour(`--${name}`);
  const style = getComputedStyle(document.body);
  Chart.defaults.font.family = style.fontFamily;
  Chart.defaults.font.size = parseFloat(style.fontSize) * 0.8;
}

function restyle() {
  if (!window.Chart) return;
  readColours();
  for (const chart of charts) {
    for (const dataset of chart.data.datasets) paint(dataset);
    for (const scale of Object.values(chart.options.scales)) {
      scale.ticks.color = colours.soft;
      scale.grid.color = colours.line;
      scale.border.color = colours.line;
      scale.ticks.font = { size: Chart.defaults.font.size };
    }
    chart.update('none');
  }
}
addEventListener('appearance', restyle);

function paint(dataset) {
  dataset.borderColor = colours[dataset.holdfastColour];
  dataset.backgroundColor = translucent(colours[dataset.holdfastColour], dataset.fill ? 0.28 : 0);
}

function make(id, series, { stacked = false, unit = count, labels = false, errors = false } = {}) {
  readColours();
  const datasets = series.map(({ field, label, tone, fill = false, dash, axis: yAxisID = 'y', unit: words = unit }) => {
    const dataset = { label, field, yAxisID, holdfastUnit: words, holdfastColour: tone, fill: fill ? 'stack' : false, data: [], borderWidth: 2, pointRadius: 0, borderDash: dash, spanGaps: false, stepped: false };
    paint(dataset);
    return dataset;
  });
  const axis = () => ({ ticks: { color: colours.soft, maxRotation: 0, autoSkipPadding: 24 }, grid: { color: colours.line }, border: { color: colours.line } });
  const x = axis();
  const y = axis();
  const chart = new Chart(document.getElementById(id), {
    type: 'line',
    data: { datasets },
    options: {
      animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false, axis: 'x' },
      scales: {
        x: { type: 'linear', ...x, ticks: { ...x.ticks, callback: (value) => time(value).slice(0, 5), stepSize: WINDOW_MILLIS / 5 } },
        y: { ...y, stacked, beginAtZero: true, suggestedMax: 5, ticks: { ...y.ticks, callback: (value) => unit(value), maxTicksLimit: 6 }, afterFit: (scale) => { scale.width = Math.max(scale.width, 56); } },
        ...(errors ? { errors: { ...axis(), position: 'right', beginAtZero: true, suggestedMax: 5, grid: { display: false }, ticks: { color: colours.soft, maxTicksLimit: 4, callback: count } } } : {}),
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { title: (items) => time(items[0].parsed.x), label: (item) => ` ${item.dataset.label}: ${item.dataset.holdfastUnit(item.parsed.y)}` } },
      },
    },
    plugins: [marksPlugin],
  });
  chart.holdfastLabels = labels;
  chart.holdfastMarks = [];
  charts.add(chart);
  return chart;
}

export const depthChart = (id) => make(id, [
  { field: 'inFlight', label: 'in flight', tone: 'flight', fill: true },
  { field: 'waiting', label: 'waiting', tone: 'waiting', fill: true },
  { field: 'delayed', label: 'delayed', tone: 'delayed', fill: true },
], { stacked: true, labels: true });

export const rateChart = (id) => make(id, [
  { field: 'rateIn', label: 'in', tone: 'in' },
  { field: 'rateOut', label: 'applied', tone: 'out', dash: [6, 3] },
], { unit: rate });

export const timeChart = (id) => make(id, [
  { field: 'queueP50Millis', label: 'p50', tone: 'out' },
  { field: 'queueP99Millis', label: 'p99', tone: 'delayed', dash: [6, 3] },
], { unit: millis });

export const sendChart = (id) => make(id, [
  { field: 'sendP50Millis', label: 'send p50', tone: 'in' },
  { field: 'sendP99Millis', label: 'send p99', tone: 'delayed', dash: [6, 3] },
  { field: 'sendErrors', label: 'errors', tone: 'dead', axis: 'errors', unit: count },
], { unit: millis, errors: true });

function append(chart, point) {
  const x = point.at * 1000;
  for (const dataset of chart.data.datasets) {
    const last = dataset.data[dataset.data.length - 1];
    if (last && last.x >= x) continue;
    const y = point[dataset.field];
    // A hole in the samples is a hole in the line.
    if (last && x - last.x > (chart.holdfastStep) * 3) dataset.data.push({ x: last.x + 1, y: null });
    dataset.data.push({ x, y });
    while (dataset.data.length > 2 && dataset.data[0].x < x - chart.holdfastSpan) dataset.data.shift();
  }
}

const SPANS = { '15m': { millis: WINDOW_MILLIS, step: 1000 }, '24h': { millis: 24 * 3600 * 1000, step: 60000 } };

export async function loadPast(all, span = '15m') {
  const past = await fetch(`/api/history?span=${span}`).then((answer) => answer.json()).catch(() => ({ points: [], marks: [] }));
  for (const chart of all) {
    chart.holdfastSpan = SPANS[span].millis;
    chart.holdfastStep = SPANS[span].step;
    chart.holdfastLive = span === '15m';
    // Samples that came in while the past was on its way stay behind it.
    const early = chart.holdfastLive ? (chart.holdfastEarly || []) : [];
    chart.holdfastEarly = null;
    for (const dataset of chart.data.datasets) dataset.data = [];
    for (const point of [...past.points, ...early]) append(chart, point);
    showUntil(chart, Date.now());
    chart.holdfastMarks = past.marks;
    chart.update('none');
  }
}

export function addSample(all, sample) {
  for (const chart of all) {
    if (chart.holdfastSpan === undefined) {
      (chart.holdfastEarly ||= []).push(sample.point);
      continue;
    }
    if (!chart.holdfastLive) continue;
    append(chart, sample.point);
    showUntil(chart, sample.point.at * 1000);
    chart.holdfastMarks = sample.marks;
    if (!document.hidden) chart.update('none');
  }
}

function showUntil(chart, until) {
  const first = chart.data.datasets[0].data[0]?.x ?? until;
  const span = Math.min(chart.holdfastSpan, Math.max(MIN_WINDOW_MILLIS, (until - first) * 1.05));
  const { x } = chart.options.scales;
  x.max = until;
  x.min = until - span;
  x.ticks.stepSize = Math.max(MINUTE_MILLIS, span / (innerWidth < 600 ? 3 : 5));
}

export function priceChart(id) {
  const chart = make(id, [
    { field: 'high', label: 'highest', tone: 'waiting', fill: true },
    { field: 'low', label: 'lowest', tone: 'waiting' },
    { field: 'price', label: 'price', tone: 'out' },
  ], { unit: (minor) => money(minor) });
  chart.data.datasets[0].fill = '+1';
  chart.data.datasets[0].borderWidth = 0;
  chart.data.datasets[1].borderWidth = 0;
  chart.data.datasets[2].pointRadius = 2;
  chart.options.scales.y.beginAtZero = false;
  delete chart.options.scales.y.suggestedMax;
  chart.options.scales.y.ticks.callback = (value) => money(value);
  return chart;
}

export function showBars(chart, bars, mean) {
  const points = (pick) => bars.map((bar) => ({ x: Date.parse(bar.at), y: pick(bar) }));
  const [high, low, price] = chart.data.datasets;
  high.data = points((bar) => bar.highMinor);
  low.data = points((bar) => bar.lowMinor);
  price.data = points((bar) => (mean ? bar.meanMinor : bar.closeMinor));
  if (bars.length > 0) {
    chart.options.scales.x.min = Date.parse(bars[0].at);
    chart.options.scales.x.max = Math.max(Date.parse(bars[bars.length - 1].at), chart.options.scales.x.min + 60000);
    chart.options.scales.x.ticks.stepSize = Math.max(60000, (chart.options.scales.x.max - chart.options.scales.x.min) / 6);
  }
  chart.update('none');
}
