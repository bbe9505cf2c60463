// The stream of samples, and the page's honesty about it: without news for some seconds the page says that it is stale.
import { seconds } from './format.js';

const STALE_AFTER_MILLIS = 4000;
const listeners = new Set();
let heardAt = Date.now();
let latest = null;

export function onSample(listener) {
  listeners.add(listener);
  if (latest) listener(latest);
}

function heard(text) {
  heardAt = Date.now();
  latest = JSON.parse(text);
  for (const listener of listeners) listener(latest);
  showFeed();
}

function showFeed() {
  const silentMillis = Date.now() - heardAt;
  const stale = silentMillis > STALE_AFTER_MILLIS;
  document.documentElement.dataset.feed = stale ? 'stale' : 'live';
  const badge = document.getElementById('feed');
  if (!badge) return;
  badge.textContent = stale ? `No news for ${seconds(Math.round(silentMillis / 1000))} · reconnecting` : 'Live';
}

async function lost() {
  const answer = await fetch('/api/session').catch(() => null);
  if (answer && answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
}

function followShared() {
  const worker = new SharedWorker('/assets/live-worker.js', { name: 'holdfast-live' });
  worker.port.onmessage = (event) => (event.data.sample ? heard(event.data.sample) : lost());
  worker.port.start();
  addEventListener('pagehide', () => worker.port.postMessage('bye'));
  addEventListener('pageshow', (event) => event.persisted && location.reload());
}

function followAlone() {
  const source = new EventSource('/api/live');
  source.onmessage = (event) => heard(event.data);
  source.onerror = () => {
    lost();
    if (source.readyState === EventSource.CLOSED) setTimeout(followAlone, 2000);
  };
}

export function start() {
  const first = document.getElementById('sample');
  if (first && first.textContent.trim()) heard(first.textContent);
  if (window.SharedWorker) followShared(); else followAlone();
  setInterval(showFeed, 1000);
}
