import { onSample } from './live.js';
import { el } from './bind.js';
import { count, money, percent, time, seconds } from './format.js';
import { DataTable } from './table.js';
import { priceChart, showBars } from './price-chart.js';

const $ = (selector) => document.querySelector(selector);
const ratio = (value) => percent(value === null ? null : value * 100);
const REASONS = {
  MARKET: 'market',
  PROMOTION_START: 'promotion starts',
  PROMOTION_END: 'promotion ends',
  RESTOCK: 'restock',
};
const CHANGES = [
  { key: 'change5Minutes', label: '5 min', numeric: true, show: ratio },
  { key: 'changeHour', label: '1 h', numeric: true, show: ratio },
  { key: 'changeSinceFirst', label: 'Since first', numeric: true, show: ratio },
];
const PRICES = [
  { key: 'count', label: 'Events', numeric: true, show: count },
  { key: 'meanMinor', label: 'Mean', numeric: true, show: money },
  { key: 'minMinor', label: 'Lowest', numeric: true, show: money },
  { key: 'maxMinor', label: 'Highest', numeric: true, show: money },
  { key: 'spreadMinor', label: 'Spread', numeric: true, show: money },
];
let chart;
let span = '1h';
let subjects = '';

function tables() {
  return {
    categories: new DataTable($('[data-table="categories"]'), {
      name: 'Categories',
      sort: 'count',
      columns: [
        { key: 'category', label: 'Category' },
        { key: 'currency', label: 'Currency' },
        { key: 'products', label: 'Products', numeric: true, show: count },
        ...PRICES,
        ...CHANGES,
      ],
    }),
    products: new DataTable($('[data-table="products"]'), {
      name: 'Products',
      sort: 'count',
      limit: 50,
      columns: [
        { key: 'name', label: 'Product', link: (row) => `/analytics?product=${encodeURIComponent(row.sku)}` },
        { key: 'sku', label: 'SKU' },
        { key: 'category', label: 'Category' },
        { key: 'currency', label: 'Currency' },
        { key: 'lastMinor', label: 'Now', numeric: true, show: money },
        ...PRICES,
        ...CHANGES,
      ],
    }),
    events: new DataTable($('[data-table="events"]'), {
      name: 'Latest events',
      sort: 'sequence',
      limit: 50,
      columns: [
        { key: 'occurredAt', label: 'At', show: time },
        { key: 'sequence', label: 'Event', numeric: true, show: count },
        { key: 'name', label: 'Product' },
        { key: 'previousMinor', label: 'From', numeric: true, show: money },
        { key: 'priceMinor', label: 'To', numeric: true, show: money },
        { key: 'currency', label: 'Currency' },
        { key: 'reason', label: 'Why', show: (reason) => REASONS[reason] || reason },
        { key: 'appliedAt', label: 'Applied', show: time },
      ],
    }),
  };
}

function showFreshness(progress) {
  const behind = progress.computedUpTo ? (Date.now() - Date.parse(progress.computedUpTo)) / 1000 : null;
  $('[data-freshness]').textContent =
    behind === null
      ? 'Nothing is computed yet. Start the producer and a consumer on the Pipeline page.'
      : `Computed up to ${time(progress.computedUpTo)}, ` +
        `${behind < 1.5 ? 'up to date' : `${seconds(behind)} behind`}. ${count(progress.applied)} events in all.`;
}

function showMovers(products) {
  const moved = products.filter((p) => p.change5Minutes !== null).sort((a, b) => b.change5Minutes - a.change5Minutes);
  const lines = (list) =>
    list.map((p) =>
      el(
        'li',
        {},
        el('span', {}, p.name),
        el('span', { class: 'num' }, `${money(p.lastMinor)} ${p.currency}`),
        el('b', { class: 'num' }, ratio(p.change5Minutes)),
      ),
    );
  const show = (where, list) =>
    $(`[data-movers="${where}"]`).replaceChildren(
      ...(list.length ? lines(list) : [el('li', { class: 'empty' }, 'Needs five minutes of events first.')]),
    );
  show('up', moved.filter((p) => p.change5Minutes > 0).slice(0, 5));
  show(
    'down',
    moved
      .filter((p) => p.change5Minutes < 0)
      .slice(-5)
      .reverse(),
  );
}

function showSubjects(snapshot) {
  const names = [...snapshot.categories.map((c) => c.category), ...snapshot.products.map((p) => p.sku)].join();
  if (names === subjects) return;
  subjects = names;
  const select = $('[data-subject]');
  const before =
    select.value ||
    (new URLSearchParams(location.search).get('product')
      ? `product:${new URLSearchParams(location.search).get('product')}`
      : '');
  const option = (kind, key, words) => el('option', { value: `${kind}:${key}` }, words);
  select.replaceChildren(
    el(
      'optgroup',
      { label: 'Categories' },
      ...snapshot.categories.map((c) => option('category', c.category, `${c.category} (mean)`)),
    ),
    el(
      'optgroup',
      { label: 'Products' },
      ...snapshot.products
        .map((p) => option('product', p.sku, p.name))
        .sort((a, b) => a.textContent.localeCompare(b.textContent)),
    ),
  );
  if ([...select.options].some((o) => o.value === before)) select.value = before;
  drawPrice();
}

async function drawPrice() {
  const [kind, ...key] = $('[data-subject]').value.split(':');
  if (!kind) return;
  const bars = await fetch(`/api/analytics/bars?kind=${kind}&key=${encodeURIComponent(key.join(':'))}&span=${span}`)
    .then((a) => (a.ok ? a.json() : []))
    .catch(() => []);
  showBars(chart, bars, kind === 'category');
  $('[data-price-note]').textContent =
    bars.length === 0
      ? 'No events in this span. Choose a longer one, or start the producer.'
      : `${bars.length} ${span === 'all' ? 'hours' : 'minutes'} with events.`;
}

addEventListener('DOMContentLoaded', () => {
  chart = priceChart('chart-price');
  const all = tables();
  $('[data-subject]').addEventListener('change', drawPrice);
  for (const button of document.querySelectorAll('[data-span]')) {
    button.addEventListener('click', () => {
      span = button.dataset.span;
      for (const other of document.querySelectorAll('[data-span]'))
        other.setAttribute('aria-pressed', String(other === button));
      drawPrice();
    });
  }
  let ticks = 0;
  const refresh = async () => {
    const answer = await fetch('/api/analytics').catch(() => null);
    if (!answer || !answer.ok) {
      $('[data-freshness]').textContent = answer ? (await answer.json()).detail : 'The dashboard does not answer.';
      return;
    }
    const snapshot = await answer.json();
    showFreshness(snapshot.progress);
    showMovers(snapshot.products);
    showSubjects(snapshot);
    all.categories.set(snapshot.categories);
    all.products.set(snapshot.products);
    all.events.set(snapshot.events);
  };
  // The stream sets the pace: every other sample the tables, every tenth the chart.
  onSample(() => {
    if (!document.hidden && ticks % 2 === 0) refresh();
    if (!document.hidden && ticks % 10 === 9) drawPrice();
    ticks += 1;
  });
});
