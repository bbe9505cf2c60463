// The chart of a product's or a category's price, drawn by Chart.js.
/* global Chart */
import { count, time, money } from './format.js';

const WINDOW_MILLIS = 15 * 60 * 1000;

function colour(name) {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const translucent = (rgb, alpha) => rgb.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${alpha})`);

const colours = {};
const charts = new Set();

function readColours() {
  for (const name of ['waiting', 'flight', 'delayed', 'in', 'out', 'dead', 'mark', 'surface', 'ink', 'soft', 'line'])
    colours[name] = colour(`--${name}`);
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

function make(id, series, { stacked = false, unit = count } = {}) {
  readColours();
  const datasets = series.map(({ field, label, tone, fill = false, dash, axis: yAxisID = 'y', unit: words = unit }) => {
    const dataset = {
      label,
      field,
      yAxisID,
      holdfastUnit: words,
      holdfastColour: tone,
      fill: fill ? 'stack' : false,
      data: [],
      borderWidth: 2,
      pointRadius: 0,
      borderDash: dash,
      spanGaps: false,
      stepped: false,
    };
    paint(dataset);
    return dataset;
  });
  const axis = () => ({
    ticks: { color: colours.soft, maxRotation: 0, autoSkipPadding: 24 },
    grid: { color: colours.line },
    border: { color: colours.line },
  });
  const x = axis();
  const y = axis();
  const chart = new Chart(document.getElementById(id), {
    type: 'line',
    data: { datasets },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false, axis: 'x' },
      scales: {
        x: {
          type: 'linear',
          ...x,
          ticks: { ...x.ticks, callback: (value) => time(value).slice(0, 5), stepSize: WINDOW_MILLIS / 5 },
        },
        y: {
          ...y,
          stacked,
          beginAtZero: true,
          suggestedMax: 5,
          ticks: { ...y.ticks, callback: (value) => unit(value), maxTicksLimit: 6 },
          afterFit: (scale) => {
            scale.width = Math.max(scale.width, 56);
          },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: (items) => time(items[0].parsed.x),
            label: (item) => ` ${item.dataset.label}: ${item.dataset.holdfastUnit(item.parsed.y)}`,
          },
        },
      },
    },
  });
  charts.add(chart);
  return chart;
}

export function priceChart(id) {
  const chart = make(
    id,
    [
      { field: 'high', label: 'highest', tone: 'waiting', fill: true },
      { field: 'low', label: 'lowest', tone: 'waiting' },
      { field: 'price', label: 'price', tone: 'out' },
    ],
    { unit: (minor) => money(minor) },
  );
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
    chart.options.scales.x.ticks.stepSize = Math.max(
      60000,
      (chart.options.scales.x.max - chart.options.scales.x.min) / 6,
    );
  }
  chart.update('none');
}
