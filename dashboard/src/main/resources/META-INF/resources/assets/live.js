// What a page follows, and its honesty about it: without news for some seconds the page says since when.
import { NewsStream } from './news-stream.js';

const STALE_AFTER_MILLIS = 4000;
const REPEAT_MILLIS = 30000;
const listeners = new Map();
let tell = () => {};
let heardAt = Date.now();

// Calls listener with each message of the topic while the page is seen, until the function given back is called.
export function follow(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  tellTopics();
  return () => {
    listeners.get(topic)?.delete(listener);
    if (listeners.get(topic)?.size === 0) listeners.delete(topic);
    tellTopics();
  };
}

export const onSample = (listener) => follow('sample', (message) => listener(message.sample));

// A hidden tab follows nothing, and costs nothing.
const topics = () => (document.hidden ? [] : [...listeners.keys()]);
const tellTopics = () => tell(topics());

function heard(topic, text) {
  heardAt = Date.now();
  showFeed();
  const called = listeners.get(topic);
  if (!called) return;
  const message = JSON.parse(text);
  for (const listener of called) listener(message);
}

function showFeed() {
  const stale = !document.hidden && Date.now() - heardAt > STALE_AFTER_MILLIS;
  document.documentElement.dataset.feed = stale ? 'stale' : 'live';
  const badge = document.getElementById('feed');
  if (!badge) return;
  const asOf = document.getElementById('outages')?.dataset.asOf;
  const words = stale ? `No news since ${asOf} · reconnecting` : 'Live';
  if (badge.textContent !== words) badge.textContent = words;
}

async function lost() {
  const answer = await fetch('/api/session').catch(() => null);
  if (answer && answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
}

function overWorker() {
  const worker = new SharedWorker('/assets/live-worker.js', { name: 'holdfast-news', type: 'module' });
  worker.port.onmessage = ({ data }) => (data.topic ? heard(data.topic, data.text) : lost());
  worker.port.start();
  addEventListener('pagehide', () => worker.port.postMessage('bye'));
  return (wanted) => worker.port.postMessage(wanted);
}

function alone() {
  const stream = new NewsStream(heard, lost);
  return (wanted) => stream.want(wanted);
}

export function start() {
  tell = window.SharedWorker ? overWorker() : alone();
  document.addEventListener('visibilitychange', () => {
    heardAt = Date.now();
    tellTopics();
  });
  addEventListener('pageshow', (event) => event.persisted && tellTopics());
  setInterval(showFeed, 1000);
  setInterval(tellTopics, REPEAT_MILLIS);
  tellTopics();
}
