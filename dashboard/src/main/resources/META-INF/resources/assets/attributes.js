// The queue attributes a person may set: name, words, limits; and the forms made of them.
import { el } from './bind.js';

const seconds = (min, max) => ({ type: 'number', min, max });
export const ATTRIBUTES = [
  ['VisibilityTimeout', 'Visibility timeout, s (0–43,200)', seconds(0, 43200), '30'],
  ['MessageRetentionPeriod', 'Retention, s (60–1,209,600)', seconds(60, 1209600), '345600'],
  ['DelaySeconds', 'Delay, s (0–900)', seconds(0, 900), '0'],
  ['ReceiveMessageWaitTimeSeconds', 'Long poll, s (0–20)', seconds(0, 20), '0'],
  ['MaximumMessageSize', 'Largest message, bytes (1,024–1,048,576)', seconds(1024, 1048576), '1048576'],
  ['RedrivePolicy', 'Redrive policy, JSON', { type: 'text' }, ''],
  ['RedriveAllowPolicy', 'Redrive allow policy, JSON', { type: 'text' }, ''],
  ['Policy', 'Access policy, JSON', { type: 'text' }, ''],
  ['KmsMasterKeyId', 'KMS key', { type: 'text' }, ''],
  ['SqsManagedSseEnabled', 'Server-side encryption', { choices: ['', 'true', 'false'] }, ''],
];
const FIFO_ONLY = [
  ['ContentBasedDeduplication', 'Content-based deduplication', { choices: ['', 'true', 'false'] }, ''],
  ['DeduplicationScope', 'Deduplication scope', { choices: ['', 'queue', 'messageGroup'] }, ''],
  ['FifoThroughputLimit', 'Throughput limit', { choices: ['', 'perQueue', 'perMessageGroupId'] }, ''],
];

export function fields(fifo, values = {}) {
  return [...ATTRIBUTES, ...(fifo ? FIFO_ONLY : [])].map(([name, words, how, placeholder]) => {
    const value = values[name] ?? '';
    const field = how.choices
      ? el(
          'select',
          { name },
          ...how.choices.map((choice) =>
            el('option', { value: choice, selected: choice === value }, choice || 'default'),
          ),
        )
      : el('input', { name, ...how, placeholder, value });
    field.dataset.before = value;
    return el('label', {}, words, field);
  });
}

// What differs from what it was; attributes nobody touched are not sent.
export function changed(form) {
  const pairs = [...form.querySelectorAll('[data-attributes] [name]')]
    .filter((f) => f.value !== f.dataset.before)
    .map((f) => [f.name, f.value]);
  return Object.fromEntries(pairs);
}

export function pairs(words) {
  const list = words
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    });
  return Object.fromEntries(list);
}

// A browser can show what is wrong with a field only where the field is seen.
export function openWhatIsInvalid(form) {
  form.addEventListener(
    'invalid',
    ({ target }) => {
      for (let part = target.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    },
    true,
  );
}
