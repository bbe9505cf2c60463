import { onSample } from './live.js';
import { fill, el } from './bind.js';
import { count, money, percent, time, ago, rate } from './format.js';
import { depthChart, rateChart, timeChart, sendChart, loadPast, addSample } from './charts.js';
import { wireButtons, post } from './actions.js';

const $ = (selector) => document.querySelector(selector);

// State in words and by shape; colour only repeats it.
const STATES = {
  running: ['● Running', 'good'], paused: ['❚❚ Paused', 'warn'], stopped: ['■ Stopped', 'warn'], idle: ['■ Stopped', 'warn'],
  crashed: ['✕ Crashed', 'bad'], silent: ['✕ Silent', 'bad'], unreachable: ['✕ Unreachable', 'bad'], starting: ['◌ Starting', 'warn'], stopping: ['◌ Stopping', 'warn'],
  'waiting-for-queue': ['◌ Waiting for the queue', 'warn'], 'queue-unreachable': ['✕ Queue unreachable', 'bad'], up: ['● Up', 'good'],
  empty: ['✓ Empty', 'good'], filled: ['▲ Needs a look', 'warn'], unknown: ['? Unknown', 'warn'], none: ['◌ None yet', 'warn'],
};

function state(part, name) {
  const [words, tone] = STATES[name] || [name, 'warn'];
  const badge = $(`[data-state-of="${part}"]`);
  badge.textContent = words;
  badge.dataset.tone = tone;
}

function note(part, words) {
  const place = $(`[data-note-of="${part}"]`);
  if (place.textContent !== words) place.textContent = words;
}

const down = (contact) => `Unreachable since ${time(contact.since)} (${contact.problem}); the numbers are the last known.`;

function showParts(s) {
  const { producer, queue, consumer, database } = s;
  const p = producer.status;
  state('producer', !producer.contact.reachable ? 'unreachable' : p.running ? 'running' : 'stopped');
  note('producer', !producer.contact.reachable ? down(producer.contact)
    : p.queueState !== 'REACHABLE' ? p.queueStateText
      : p.lastError && !p.lastError.resolvedAt ? `${p.lastError.code}: ${p.lastError.message}`
        : p.burstRemaining > 0 ? `Burst: ${count(p.burstRemaining)} events to go.` : '');
  state('queue', queue.contact.reachable ? 'up' : 'unreachable');
  note('queue', !queue.contact.reachable ? down(queue.contact) : queue.ledger ? '' : 'Approximate numbers: this server keeps no ledger.');
  const live = database.consumers.filter((c) => c.state !== 'stopped');
  const running = live.filter((c) => c.state === 'running').length;
  state('consumer', live.length === 0 ? 'none' : live.length === 1 ? live[0].state : running === live.length ? 'running' : running === 0 ? live[0].state : 'running');
  const silent = live.filter((c) => c.state === 'silent').map((c) => `${c.name} was last heard at ${time(c.since)}: it crashed, or it hangs.`);
  note('consumer', [live.length > 1 ? `${running} of ${live.length} running.` : '', ...silent].join(' ').trim());
  state('database', database.contact.reachable ? 'up' : 'unreachable');
  note('database', database.contact.reachable ? '' : `Not readable since ${time(database.contact.since)}: ${database.contact.problem}.`);
  const dead = s.proof.deadLettered;
  state('dead', dead === null ? 'unknown' : dead === 0 ? 'empty' : 'filled');
  for (const [part, reading] of Object.entries({ producer, queue, database, dead: queue })) {
    $(`[data-part="${part}"]`).classList.toggle('old', !reading.contact.reachable);
  }
  $('[data-part="consumer"]').classList.toggle('old', !database.contact.reachable);
  for (const wire of document.querySelectorAll('[data-wire]')) {
    const flow = wire.dataset.wire === 'in' ? s.rates.in : s.rates.applied;
    wire.classList.toggle('moving', flow > 0);
  }
}

function showConsumers(sessions) {
  $('[data-consumers]').replaceChildren(...(sessions.length === 0
    ? [el('li', { class: 'empty' }, 'No consumer has ever run. Start one: infra/demo start analytics-consumer')]
    : sessions.map((c) => {
      const [words, tone] = STATES[c.state] || [c.state, 'warn'];
      return el('li', {},
        el('b', {}, c.name), el('span', { class: 'state', 'data-tone': tone }, words),
        el('small', { title: new Date(c.since).toLocaleString() }, `since ${time(c.since)}`),
        el('small', {}, `${count(c.applied)} applied`));
    })));
}

function showProof(proof) {
  const verdict = $('[data-verdict]');
  const [sign, tone] = proof.balanced === null ? ['?', 'warn'] : proof.balanced ? ['✓', 'good'] : ['✕', 'bad'];
  const words = `${sign} ${proof.sentence}`;
  if (verdict.textContent !== words) verdict.textContent = words;
  verdict.dataset.tone = tone;
  const exact = proof.acknowledged === proof.applied + proof.underWay + proof.deadLettered
    + proof.leftUnapplied + proof.unexplained;
  const equals = $('[data-equals]');
  if (equals.textContent !== (exact ? '=' : '≈')) {
    equals.textContent = exact ? '=' : '≈';
    equals.setAttribute('aria-label', exact ? 'is accounted for by' : 'is, but for spare copies of applied events, accounted for by');
  }
  $('[data-because]').textContent = proof.balanced === null ? ''
    : `${proof.because.charAt(0).toUpperCase()}${proof.because.slice(1)}.`;
}

function showCategories(categories) {
  if (categories.length === 0) return;
  $('[data-categories]').replaceChildren(...categories.map((c) => el('tr', {},
    el('th', { scope: 'row' }, c.category), el('td', { class: 'n' }, count(c.count)), el('td', { class: 'n' }, count(c.products)),
    el('td', { class: 'n' }, `${money(c.meanMinor)} ${c.currency}`), el('td', { class: 'n' }, money(c.minMinor)),
    el('td', { class: 'n' }, money(c.maxMinor)), el('td', { class: 'n' }, money(c.spreadMinor)),
    el('td', { class: 'n' }, percent(c.change5Minutes === null ? null : c.change5Minutes * 100)))));
}

function showHappened(marks) {
  if (marks.length === 0) return;
  const list = $('[data-happened]');
  const newest = marks[marks.length - 1].at + marks.length;
  if (list.dataset.newest === newest) return;
  list.dataset.newest = newest;
  list.replaceChildren(...[...marks].reverse().map((mark) => el('li', {}, el('time', { datetime: mark.at }, time(mark.at)), ` ${mark.label}`)));
}

let refusedShown = -1;
async function showRefused(progress) {
  if (!progress || progress.failures === refusedShown) return;
  refusedShown = progress.failures;
  const failures = await fetch('/api/analytics/failures').then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
  if (failures.length === 0) return;
  $('[data-refused]').replaceChildren(...failures.map((f) => el('tr', {},
    el('td', { class: 'wrap' }, f.reason), el('td', { class: 'n' }, count(f.receiveCount)),
    el('td', {}, time(f.lastRefusedAt)), el('td', { class: 'wrap' }, el('code', {}, f.bodyStart)))));
}

function showControls(sample) {
  const faults = sample.consumer.status && sample.consumer.status.faults;
  for (const button of document.querySelectorAll('[data-crash]')) button.disabled = !faults;
  const words = faults ? 'It halts at its next transaction, as kill -9 would.' : 'Crashing is off: start the consumer with consumer.faults=true.';
  if ($('[data-crash-note]').textContent !== words) $('[data-crash-note]').textContent = words;
}

function chooseSpan(charts) {
  for (const button of document.querySelectorAll('[data-span]')) {
    button.addEventListener('click', () => {
      for (const other of document.querySelectorAll('[data-span]')) other.setAttribute('aria-pressed', String(other === button));
      loadPast(charts, button.dataset.span);
    });
  }
}

addEventListener('DOMContentLoaded', () => {
  const charts = [depthChart('chart-depth'), rateChart('chart-rate'), timeChart('chart-time'), sendChart('chart-send')];
  loadPast(charts);
  chooseSpan(charts);
  wireButtons(document);
  $('[data-rate]').addEventListener('submit', (event) => {
    event.preventDefault();
    post('/api/control/producer/rate', { eventsPerSecond: Number(event.target.eventsPerSecond.value) });
    typed = false;
  });
  const wished = $('[data-rate]').elements.eventsPerSecond;
  let typed = false;
  wished.addEventListener('input', () => { typed = true; });
  onSample((sample) => {
    if (!typed && sample.producer.status) wished.value = sample.producer.status.requestedRate;
    fill(document, sample);
    showParts(sample);
    showConsumers(sample.database.consumers);
    showProof(sample.proof);
    showCategories(sample.database.categories);
    showHappened(sample.marks);
    showRefused(sample.database.progress);
    showControls(sample);
    addSample(charts, sample);
  });
});
