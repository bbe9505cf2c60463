import { onSample } from './live.js';
import { count, seconds, ago } from './format.js';
import { DataTable } from './table.js';
import { el } from './bind.js';
import { send, say } from './actions.js';
import { fields, changed, pairs } from './attributes.js';

const $ = (selector) => document.querySelector(selector);
const form = $('[data-create]');

const table = new DataTable($('[data-table="queues"]'), {
  name: 'Queues',
  sort: 'name',
  descending: false,
  empty: 'No queue yet. Start the producer, which creates price-events, or create one below.',
  columns: [
    { key: 'name', label: 'Queue', link: (row) => `/queues/${encodeURIComponent(row.name)}` },
    { key: 'fifo', label: 'Type', show: (fifo) => (fifo ? 'FIFO' : 'Standard') },
    { key: 'waiting', label: 'Waiting', numeric: true, show: count },
    { key: 'inFlight', label: 'In flight', numeric: true, show: count },
    { key: 'delayed', label: 'Delayed', numeric: true, show: count },
    { key: 'oldestAgeSeconds', label: 'Oldest', numeric: true, show: (s) => seconds(s) },
    { key: 'deadLetterQueue', label: 'Dead letters go to' },
    { key: 'createdAt', label: 'Created', show: (at) => ago(at) },
    { key: 'tags', label: 'Tags', wrap: true },
  ],
});

let busy = false;
async function refresh() {
  if (busy || document.hidden) return;
  busy = true;
  try {
    const listing = await send('GET', '/api/queues');
    table.set(listing.queues);
    $('[data-more]').textContent = listing.more ? 'There are more queues than these 100.' : '';
    offer(listing.queues.map((q) => q.name));
  } catch (failure) {
    say(failure.message, null, true);
  }
  busy = false;
}

function offer(names) {
  const select = form.deadLetter;
  if (select.dataset.names === names.join()) return;
  select.dataset.names = names.join();
  const before = select.value;
  select.replaceChildren(
    el('option', { value: '' }, 'none'),
    ...names.map((name) => el('option', { value: name }, name)),
  );
  select.value = names.includes(before) ? before : '';
}

const showFields = () =>
  form
    .querySelector('[data-attributes]')
    .replaceChildren(
      ...fields(form.type.value === 'fifo').filter((label) => label.querySelector('[name]').name !== 'RedrivePolicy'),
    );
form.type.addEventListener('change', showFields);
showFields();

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const fifo = form.type.value === 'fifo';
  const attributes = changed(form);
  if (fifo) attributes.FifoQueue = 'true';
  try {
    if (form.deadLetter.value) {
      const target = await send('GET', `/api/queues/${encodeURIComponent(form.deadLetter.value)}`);
      attributes.RedrivePolicy = JSON.stringify({
        deadLetterTargetArn: target.attributes.QueueArn,
        maxReceiveCount: form.maxReceiveCount.value,
      });
    }
    const done = await send('POST', '/api/queues', {
      name: form.elements.name.value + (fifo ? '.fifo' : ''),
      attributes,
      tags: pairs(form.tags.value),
    });
    say(done.message, done.call);
    form.reset();
    showFields();
    refresh();
  } catch (failure) {
    say(failure.message, null, true);
  }
});

let ticks = 0;
onSample(() => {
  if (ticks++ % 2 === 0) refresh();
});
refresh();
