// The list of queues: the server filters, sorts and pages it; here is the form that creates one.
import { send, say } from './actions.js';
import { fields, changed, openWhatIsInvalid, pairs } from './attributes.js';

const form = document.querySelector('[data-create]');

const showFields = () =>
  form
    .querySelector('[data-attributes]')
    .replaceChildren(
      ...fields(form.type.value === 'fifo').filter((label) => label.querySelector('[name]').name !== 'RedrivePolicy'),
    );

async function redrivePolicy() {
  const target = await send('GET', `/api/queues/${encodeURIComponent(form.deadLetter.value)}`);
  return JSON.stringify({
    deadLetterTargetArn: target.attributes.QueueArn,
    maxReceiveCount: form.maxReceiveCount.value,
  });
}

form.type.addEventListener('change', showFields);
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const fifo = form.type.value === 'fifo';
  const attributes = changed(form);
  if (fifo) attributes.FifoQueue = 'true';
  try {
    if (form.deadLetter.value) attributes.RedrivePolicy = await redrivePolicy();
    const done = await send('POST', '/api/queues', {
      name: form.elements.name.value + (fifo ? '.fifo' : ''),
      attributes,
      tags: pairs(form.tags.value),
    });
    say(done.message, done.call);
    form.reset();
    showFields();
  } catch (failure) {
    say(failure.message, null, true);
  }
});
openWhatIsInvalid(form);
showFields();
