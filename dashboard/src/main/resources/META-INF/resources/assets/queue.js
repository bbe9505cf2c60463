// A queue's page. The server makes its figures and messages; here are its forms.
import { onSample } from './live.js';
import { count, time } from './format.js';
import { el } from './bind.js';
import { send, say, post } from './actions.js';
import { fields, changed, openWhatIsInvalid, pairs } from './attributes.js';
import { openMessage } from './message-dialog.js';
import { startQueueCharts } from './queue-charts.js';
import { Selection } from './selection.js';

const $ = (selector) => document.querySelector(selector);
const name = $('[data-queue]').dataset.queue;
const fifo = $('[data-queue]').dataset.fifo === 'true';
const api = `/api/queues/${encodeURIComponent(name)}`;
const TASKS_EVERY = 3;
let isDeadLetterQueue = false;

async function attempt(work) {
  try {
    return await work();
  } catch (failure) {
    say(failure.message, null, true);
    return null;
  }
}

const number = (field) => (field.value === '' ? null : Number(field.value));

async function showForms() {
  const details = await send('GET', api).catch(() => null);
  if (!details) return;
  isDeadLetterQueue = details.deadLetterSources.length > 0;
  $('[data-redrive]').hidden = !isDeadLetterQueue;
  $('[data-sources]').textContent = details.deadLetterSources.join(', ');
  $('[data-edit] [data-attributes]').replaceChildren(...fields(fifo, details.attributes));
  const { tags } = $('[data-edit]');
  tags.value = Object.entries(details.tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  tags.dataset.before = tags.value;
}

$('[data-send]').addEventListener('submit', async (event) => {
  event.preventDefault();
  const f = event.target.elements;
  await post(`${api}/send`, {
    body: f.body.value,
    attributes: pairs(f.attributes.value),
    groupId: f.groupId.value || null,
    deduplicationId: f.deduplicationId ? f.deduplicationId.value || null : null,
    delaySeconds: f.delaySeconds ? number(f.delaySeconds) : null,
  });
});

$('[data-edit]').addEventListener('submit', async (event) => {
  event.preventDefault();
  const attributes = changed(event.target);
  const { tags } = event.target;
  let done = null;
  if (Object.keys(attributes).length > 0) done = await attempt(() => send('PUT', `${api}/attributes`, attributes));
  if (tags.value !== tags.dataset.before)
    done = (await attempt(() => send('PUT', `${api}/tags`, pairs(tags.value)))) || done;
  if (done) {
    say(done.message, done.call);
    showForms();
  }
});

function polledItem(message) {
  const item = el(
    'li',
    {},
    el(
      'div',
      {},
      el('p', { class: 'note mono' }, message.messageId),
      el('pre', { tabindex: '0', 'aria-label': 'Body' }, message.body),
    ),
    el('button', { type: 'button', class: 'danger', onclick: () => remove(message, item) }, 'Delete'),
  );
  return item;
}

async function remove(message, item) {
  const done = await post(`${api}/delete-message`, {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
  });
  if (done) item.remove();
}

$('[data-poll]').addEventListener('submit', async (event) => {
  event.preventDefault();
  const f = event.target.elements;
  event.target.setAttribute('aria-busy', 'true');
  const messages = await attempt(() =>
    send('POST', `${api}/poll`, {
      maxMessages: number(f.maxMessages),
      waitSeconds: number(f.waitSeconds),
      visibilityTimeout: number(f.visibilityTimeout),
    }),
  );
  event.target.removeAttribute('aria-busy');
  if (!messages) return;
  $('[data-polled]').replaceChildren(...messages.map(polledItem));
  $('[data-polled-note]').textContent =
    messages.length === 0
      ? 'Nothing was received: all are in flight, delayed, or the queue is empty.'
      : `${messages.length} received at ${time(Date.now())}`;
});

$('[data-danger]').addEventListener('submit', async (event) => {
  event.preventDefault();
  const confirm = event.target.confirm.value;
  const purge = event.submitter.value === 'purge';
  const done = await attempt(() =>
    purge ? send('POST', `${api}/purge`, { confirm }) : send('DELETE', api, { confirm }),
  );
  if (!done) return;
  say(done.message, done.call);
  event.target.reset();
  if (!purge) location.assign('/queues');
});

$('[data-redrive-start]').addEventListener('submit', async (event) => {
  event.preventDefault();
  await post(`${api}/redrive`, { maxPerSecond: number(event.target.maxPerSecond) });
  showTasks();
});

function taskItem(task) {
  const cancel = () => post(`${api}/redrive/cancel`, { taskHandle: task.handle }).then(showTasks);
  return el(
    'li',
    {},
    el('b', {}, task.status.toLowerCase()),
    ` ${count(task.moved)} of ${count(task.toMove)} moved, started ${time(task.startedAt)} ${task.failure || ''} `,
    el('progress', { max: task.toMove || 1, value: task.moved, 'aria-label': 'moved' }),
    task.handle ? el('button', { type: 'button', onclick: cancel }, 'Cancel') : null,
  );
}

async function showTasks() {
  const tasks = await send('GET', `${api}/redrive`).catch(() => []);
  $('[data-tasks]').replaceChildren(...tasks.map(taskItem));
}

$('#messages').addEventListener('click', (event) => {
  const link = event.target.closest('[data-message]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openMessage(name, link.dataset.message);
});

for (const form of document.querySelectorAll('form')) openWhatIsInvalid(form);
new Selection($('[data-selection]'), $('#messages'), api);
startQueueCharts(api);
showForms().then(() => isDeadLetterQueue && showTasks());
let ticks = 0;
onSample(() => {
  ticks += 1;
  if (isDeadLetterQueue && ticks % TASKS_EVERY === 0) showTasks();
});
