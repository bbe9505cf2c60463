import { onSample } from './live.js';
import { count, seconds, time, ago, millis } from './format.js';
import { el } from './bind.js';
import { send, say, post } from './actions.js';
import { fields, changed, pairs } from './attributes.js';

const $ = (selector) => document.querySelector(selector);
const name = $('[data-queue]').dataset.queue;
const fifo = $('[data-queue]').dataset.fifo === 'true';
const api = `/api/queues/${encodeURIComponent(name)}`;
const STATES = { waiting: 'waiting', delayed: 'delayed', inFlight: 'in flight' };
let nextPage = null;
let isDeadLetterQueue = false;

async function attempt(work) {
  try {
    return await work();
  } catch (failure) {
    say(failure.message, null, true);
    return null;
  }
}

const figure = (words, value) => el('div', {}, el('dt', {}, words), el('dd', { class: 'num' }, value));

async function showDetails(withForm) {
  const details = await attempt(() => send('GET', api));
  if (!details) return;
  const a = details.attributes;
  $('[data-figures]').replaceChildren(
    figure('Waiting', count(a.ApproximateNumberOfMessages)),
    figure('In flight', count(a.ApproximateNumberOfMessagesNotVisible)),
    figure('Delayed', count(a.ApproximateNumberOfMessagesDelayed)),
    figure('Visibility timeout', seconds(a.VisibilityTimeout)),
    figure('Kept for', seconds(a.MessageRetentionPeriod)),
    figure('Created', a.CreatedTimestamp ? ago(a.CreatedTimestamp * 1000) : '–'),
  );
  isDeadLetterQueue = details.deadLetterSources.length > 0;
  $('[data-redrive]').hidden = !isDeadLetterQueue;
  $('[data-sources]').textContent = details.deadLetterSources.join(', ');
  if (withForm) {
    $('[data-edit] [data-attributes]').replaceChildren(...fields(fifo, a));
    const tags = $('[data-edit]').tags;
    tags.value = Object.entries(details.tags)
      .map(([key, value]) => `${key}=${value}`)
      .join(', ');
    tags.dataset.before = tags.value;
  }
}

function rows(messages, received) {
  if (messages.length === 0)
    return [
      el(
        'tr',
        {},
        el(
          'td',
          { colspan: 7, class: 'empty' },
          received
            ? 'Nothing was received: all are in flight, delayed, or the queue is empty.'
            : 'No message in this state. Send one above.',
        ),
      ),
    ];
  return messages.map((m) =>
    el(
      'tr',
      {},
      el(
        'td',
        {},
        el(
          'button',
          { type: 'button', class: 'link mono', onclick: () => inspect(m, received) },
          m.messageId.slice(0, 8),
        ),
      ),
      el('td', {}, received ? 'in flight, with us' : STATES[m.state] || m.state),
      el(
        'td',
        { class: 'num' },
        received || m.changesInMillis === null || m.changesInMillis === undefined ? '–' : millis(m.changesInMillis),
      ),
      el('td', { class: 'n' }, count(received ? m.system.ApproximateReceiveCount : m.receiveCount)),
      el('td', {}, time(received ? Number(m.system.SentTimestamp) : m.sentAt)),
      el('td', { class: 'wrap' }, el('code', {}, (m.body ?? '').slice(0, 160))),
      el(
        'td',
        {},
        received
          ? el(
              'button',
              { type: 'button', class: 'danger', onclick: (event) => remove(m, event.target.closest('tr')) },
              'Delete',
            )
          : null,
      ),
    ),
  );
}

async function look(after = '') {
  try {
    const page = await send(
      'GET',
      `${api}/messages?state=${$('[data-state]').value}&after=${encodeURIComponent(after)}`,
    );
    $('[data-messages]').replaceChildren(...rows(page.messages, false));
    nextPage = page.next;
    $('[data-next]').hidden = !nextPage;
    $('[data-look-note]').textContent = `as of ${time(Date.now())}`;
  } catch (failure) {
    $('[data-look-note]').textContent = failure.message;
  }
}

async function remove(message, row) {
  const done = await post(`${api}/delete-message`, {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
  });
  if (done) row.remove();
}

function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

async function inspect(message, received) {
  const full = received
    ? message
    : await send('GET', `${api}/messages/${encodeURIComponent(message.messageId)}`).catch(() => message);
  $('#inspect-title').textContent = `Message ${full.messageId}`;
  $('[data-why]').textContent = full.why || '';
  $('[data-body]').textContent = pretty(full.body ?? '');
  const attributes = Object.entries(full.attributes || {}).map(([key, value]) =>
    figure(key, typeof value === 'string' ? value : (value.StringValue ?? value.DataType)),
  );
  const system = received
    ? Object.entries(full.system).map(([key, value]) => figure(key, value))
    : [
        figure('State', STATES[full.state] || full.state),
        figure('Received', `${count(full.receiveCount)} times`),
        figure('Changes in', full.changesInMillis === null ? '–' : millis(full.changesInMillis)),
        figure('Size', `${count(full.sizeBytes)} bytes`),
      ];
  $('[data-details]').replaceChildren(...system, ...attributes);
  $('[data-inspect]').showModal();
}

const number = (field) => (field.value === '' ? null : Number(field.value));

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
  showDetails(false);
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
    showDetails(true);
  }
});

$('[data-look]').addEventListener('click', () => look());
$('[data-next]').addEventListener('click', () => look(nextPage));
$('[data-state]').addEventListener('change', () => look());
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
  $('[data-messages]').replaceChildren(...rows(messages, true));
  $('[data-look-note]').textContent = `${messages.length} received at ${time(Date.now())}`;
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
  if (purge) showDetails(false);
  else location.assign('/queues');
});

$('[data-redrive-start]').addEventListener('submit', async (event) => {
  event.preventDefault();
  await post(`${api}/redrive`, { maxPerSecond: number(event.target.maxPerSecond) });
  showTasks();
});

async function showTasks() {
  const tasks = await send('GET', `${api}/redrive`).catch(() => []);
  $('[data-tasks]').replaceChildren(
    ...tasks.map((t) =>
      el(
        'li',
        {},
        el('b', {}, t.status.toLowerCase()),
        ` ${count(t.moved)} of ${count(t.toMove)} moved, started ${time(t.startedAt)} ${t.failure || ''} `,
        el('progress', { max: t.toMove || 1, value: t.moved, 'aria-label': 'moved' }),
        t.handle
          ? el(
              'button',
              {
                type: 'button',
                onclick: () => post(`${api}/redrive/cancel`, { taskHandle: t.handle }).then(showTasks),
              },
              'Cancel',
            )
          : null,
      ),
    ),
  );
}

showDetails(true).then(() => isDeadLetterQueue && showTasks());
look();
let ticks = 0;
onSample(() => {
  ticks += 1;
  if (document.hidden || ticks % 3) return;
  showDetails(false);
  if (isDeadLetterQueue) showTasks();
});
