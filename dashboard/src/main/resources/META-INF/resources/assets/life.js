// Messages as tokens. The truth is the queue's own events; lists and counts are fetched now and then to stay in step.
import { follow, onSample } from './live.js';
import { count, seconds } from './format.js';
import { el } from './bind.js';

const $ = (selector) => document.querySelector(selector);
const name = $('[data-queue]').dataset.queue;
const api = `/api/queues/${encodeURIComponent(name)}`;
const MAX_TOKENS = 120;
const LINGER_MILLIS = 4000;
const tokens = new Map();
const totals = { gone: 0, dead: 0 };
let timeoutMillis = 30000;

const LANE = {
  sent: 'waiting',
  delayed: 'delayed',
  received: 'inFlight',
  extended: 'inFlight',
  returned: 'waiting',
  deleted: 'gone',
  movedOut: 'dead',
  movedIn: 'waiting',
  expired: 'gone',
  purged: 'gone',
};
const still = matchMedia('(prefers-reduced-motion: reduce)');

function token(id) {
  if (!tokens.has(id)) {
    if (tokens.size >= MAX_TOKENS) return null;
    const element = el(
      'span',
      { class: 'token', title: id },
      el('b', {}, id.slice(0, 4)),
      el('small', { class: 'num' }),
    );
    tokens.set(id, { id, element, lane: '', until: null });
  }
  return tokens.get(id);
}

function move(t, lane, until, receives) {
  t.until = until ? Date.parse(until) : null;
  t.since = Date.now();
  if (receives > 1) t.element.dataset.retry = `×${receives}`;
  if (t.lane === lane) return;
  t.lane = lane;
  const place = $(`[data-lane="${lane}"] .tokens`);
  const before = t.element.isConnected ? t.element.getBoundingClientRect() : null;
  place.append(t.element);
  if (before && !still.matches) {
    const after = t.element.getBoundingClientRect();
    t.element.animate(
      [{ transform: `translate(${before.x - after.x}px, ${before.y - after.y}px)` }, { transform: 'none' }],
      { duration: 350, easing: 'ease-out' },
    );
  }
}

function apply(event) {
  const lane = LANE[event.transition];
  if (!lane) return;
  // A purge is about all of them.
  if (event.transition === 'purged') return void inStep();
  if (lane === 'gone' || lane === 'dead') totals[lane] += 1;
  // Of a message that the queue knows by its row only, the next look at the list tells.
  const t = event.messageId && token(event.messageId);
  if (t) move(t, lane, lane === 'inFlight' || lane === 'delayed' ? event.visibleAt : null, event.receiveCount);
}

function tidy() {
  const now = Date.now();
  for (const [id, t] of tokens) {
    const ended = t.lane === 'gone' || t.lane === 'dead';
    if (ended && now - t.since > LINGER_MILLIS) {
      t.element.remove();
      tokens.delete(id);
      continue;
    }
    const left = t.until ? t.until - now : null;
    const words = left === null ? '' : left > 0 ? seconds(Math.ceil(left / 1000)) : 'due';
    const small = t.element.lastChild;
    if (small.textContent !== words) small.textContent = words;
    t.element.style.setProperty('--left', left === null ? 1 : Math.max(0, Math.min(1, left / timeoutMillis)));
  }
  for (const lane of ['gone', 'dead']) $(`[data-count="${lane}"]`).textContent = count(totals[lane]);
}

async function inStep() {
  const details = await fetch(api)
    .then((a) => (a.ok ? a.json() : null))
    .catch(() => null);
  if (!details) return;
  const a = details.attributes;
  timeoutMillis = Math.max(1, Number(a.VisibilityTimeout)) * 1000;
  $('[data-count="waiting"]').textContent = count(a.ApproximateNumberOfMessages);
  $('[data-count="inFlight"]').textContent = count(a.ApproximateNumberOfMessagesNotVisible);
  $('[data-count="delayed"]').textContent = count(a.ApproximateNumberOfMessagesDelayed);
  const page = await fetch(`${api}/messages`)
    .then((r) => (r.ok ? r.json() : null))
    .catch(() => null);
  if (!page) return;
  const there = new Set();
  for (const m of page.messages) {
    there.add(m.messageId);
    const t = token(m.messageId);
    if (t && t.lane !== m.state)
      move(
        t,
        m.state,
        m.state === 'waiting' || m.changesInMillis === null
          ? null
          : new Date(Date.now() + m.changesInMillis).toISOString(),
        m.receiveCount,
      );
  }
  // Only a complete list can tell that a token is no longer there.
  for (const [id, t] of page.next ? [] : tokens) {
    if (!there.has(id) && ['waiting', 'delayed', 'inFlight'].includes(t.lane) && Date.now() - t.since > 2000) {
      t.element.remove();
      tokens.delete(id);
    }
  }
}

function note(words) {
  const place = $('[data-life-note]');
  if (place.textContent !== words) place.textContent = words;
}

function hear(frame) {
  if (frame.unsupported) {
    note('This SQS server does not tell what happens to its messages; only the counts move here.');
  } else if (frame.lost) {
    note('The queue does not answer; its events come back by themselves when it does.');
  } else {
    frame.events.forEach(apply);
    note(
      frame.oneIn > 1
        ? `Too many to show each: one message in ${frame.oneIn} is shown.`
        : frame.skipped > 0
          ? `Too much at once: ${count(frame.skipped)} transitions were left out.`
          : 'Every message is shown.',
    );
  }
}

inStep();
follow(`events:${name}`, hear);
setInterval(tidy, 250);
let ticks = 0;
onSample(() => {
  if (!document.hidden && ticks++ % 2 === 0) inStep();
});
