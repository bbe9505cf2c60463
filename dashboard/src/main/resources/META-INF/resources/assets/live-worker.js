// One stream for all tabs of this browser: the tabs tell this shared worker what they show, and it tells them the news.
import { NewsStream } from './news-stream.js';

// A tab says what it wants twice a minute; one that ended without a word is forgotten.
const SILENT_MILLIS = 90000;
const tabs = new Map();
const newest = new Map();

const stream = new NewsStream(
  (topic, text) => {
    remember(topic, text);
    for (const [port, tab] of tabs) if (tab.topics.includes(topic)) port.postMessage({ topic, text });
  },
  () => {
    for (const port of tabs.keys()) port.postMessage({ lost: true });
  },
);

// What a tab needs that comes later: of a page all parts, of anything else the last message.
function remember(topic, text) {
  if (topic.startsWith('events:')) return;
  if (!topic.startsWith('page:')) {
    newest.set(topic, new Map([['', text]]));
    return;
  }
  const parts = newest.get(topic) || new Map();
  for (const html of JSON.parse(text).parts) parts.set(/\sid="([^"]+)"/.exec(html)?.[1], html);
  newest.set(topic, parts);
}

function recall(topic) {
  const known = newest.get(topic);
  if (!known) return null;
  return topic.startsWith('page:') ? JSON.stringify({ topic, parts: [...known.values()] }) : known.get('');
}

function wantWhatTabsShow() {
  const now = Date.now();
  for (const [port, tab] of tabs) if (now - tab.heardAt > SILENT_MILLIS) tabs.delete(port);
  const topics = [...tabs.values()].flatMap((tab) => tab.topics);
  for (const topic of newest.keys()) if (!topics.includes(topic)) newest.delete(topic);
  stream.want(topics);
}

function hear(port, topics) {
  const before = tabs.get(port)?.topics || [];
  if (topics === 'bye') tabs.delete(port);
  else tabs.set(port, { topics, heardAt: Date.now() });
  if (topics !== 'bye') {
    for (const topic of topics.filter((one) => !before.includes(one))) {
      const text = recall(topic);
      if (text) port.postMessage({ topic, text });
    }
  }
  wantWhatTabsShow();
}

onconnect = (connection) => {
  const port = connection.ports[0];
  port.onmessage = (event) => hear(port, event.data);
};

setInterval(wantWhatTabsShow, SILENT_MILLIS / 3);
