// Runs one lesson: its buttons do the steps, its checks turn green from samples and answers only, and stay so.
import { onSample } from './live.js';
import { fill, el } from './bind.js';
import { send, say } from './actions.js';
import { startCharts } from './timeline/charts.js';
import { LESSONS } from './lessons.js';

const $ = (selector) => document.querySelector(selector);
const slug = $('[data-lesson]').dataset.lesson;
const labOpen = $('[data-lesson]').dataset.lab === 'true';
const lesson = LESSONS[slug];
const run = { checks: lesson.checks };
const green = new Set();
const taken = new Set();
let base = null;
let newest = null;
let begun = false;

async function attempt(button, work) {
  button.setAttribute('aria-busy', 'true');
  try {
    const done = await work();
    say((done && done.message) || 'Done.', done && done.call);
    return true;
  } catch (failure) {
    say(failure.message, null, true);
    return false;
  } finally {
    button.removeAttribute('aria-busy');
  }
}

function stepLine(item, index) {
  const line = el('li', {}, el('span', {}, item.words));
  if (!item.act) return line;
  if (item.needsLab && !labOpen) {
    line.append(el('code', {}, item.command));
    return line;
  }
  const button = el(
    'button',
    {
      type: 'button',
      'data-step': index,
      disabled: true,
      onclick: async () => {
        const done = await attempt(button, () => item.act(run));
        if (done && item.mark) run[item.mark] = true;
        if (done) {
          taken.add(index);
          line.classList.add('done');
        }
        look();
      },
    },
    'Do it',
  );
  line.append(button, el('small', { class: 'note' }));
  return line;
}

// One step after the other, and one that waits for a check says for which. What was done may be done again.
function openSteps() {
  let open = begun;
  let next = null;
  lesson.steps.forEach((item, index) => {
    const button = document.querySelector(`[data-step="${index}"]`);
    if (!button) return;
    const awaited = item.after !== undefined && !green.has(item.after);
    button.disabled = !open || awaited;
    const words = open && awaited ? `opens when measured: ${lesson.checks[item.after].words.toLowerCase()}` : '';
    const note = button.nextElementSibling;
    if (note.textContent !== words) note.textContent = words;
    if (open && !taken.has(index)) next ??= button;
    open &&= taken.has(index);
  });
  for (const button of document.querySelectorAll('[data-step]'))
    button.classList.toggle('primary', button === next || (!begun && button.dataset.step === 'begin'));
}

function showSteps() {
  const begin = el(
    'button',
    {
      type: 'button',
      class: 'primary',
      'data-step': 'begin',
      onclick: () =>
        attempt(begin, async () => {
          const done = await send('POST', `/api/lessons/${slug}/begin`);
          startAnew();
          begin.disabled = true;
          look();
          $('[data-reset]').disabled = false;
          return done;
        }),
    },
    'Begin',
  );
  $('[data-expect]').textContent = lesson.expect;
  $('[data-steps]').replaceChildren(
    el('li', {}, el('span', {}, 'Begin: how things are now is remembered.'), begin),
    ...lesson.steps.map(stepLine),
  );
}

function showChecks(found) {
  const list = $('[data-checks]');
  lesson.checks.forEach((item, i) => {
    const words = `${item.words}${found.has(i) ? ` (${found.get(i)})` : ''}`;
    const line = list.children[i] || list.appendChild(el('li', { 'data-check': i }));
    line.dataset.passed = String(green.has(i));
    const shown = `${green.has(i) ? '✓' : '○'} ${words}`;
    if (green.has(i) ? !line.textContent.startsWith('✓') : line.textContent !== shown) line.textContent = shown;
  });
  $('[data-passed]').textContent = `${green.size} of ${lesson.checks.length}`;
  $('[data-passed]').dataset.tone = green.size === lesson.checks.length ? 'good' : 'warn';
}

function look() {
  const found = new Map();
  if (begun && base && newest) {
    if (lesson.observe) lesson.observe(newest, base, run);
    lesson.checks.forEach((item, i) => {
      if (green.has(i)) return;
      const measured = item.holds(newest, base, run, green.size);
      if (measured) {
        green.add(i);
        found.set(i, measured);
      }
    });
  }
  showChecks(found);
  openSteps();
}

function startAnew() {
  green.clear();
  taken.clear();
  for (const name of Object.keys(run)) delete run[name];
  run.checks = lesson.checks;
  for (const line of document.querySelectorAll('[data-steps] .done')) line.classList.remove('done');
  base = newest;
  begun = true;
}

async function reset() {
  const button = $('[data-reset]');
  if (await attempt(button, () => send('POST', '/api/lessons/reset'))) end();
}

function end() {
  begun = false;
  $('[data-reset]').disabled = true;
  $('[data-step="begin"]').disabled = false;
  openSteps();
}

// The server puts things back when this page falls silent, or when another page begins a lesson; then this one says so.
async function stillHere() {
  const heard = begun && (await send('POST', '/api/lessons/here').catch(() => null));
  if (!begun || !heard || heard.message === slug) return;
  end();
  say(
    'This lesson was ended and put back: another one began, or this page was not heard for a while. ' +
      'Begin again when you like.',
    null,
    true,
  );
}

addEventListener('DOMContentLoaded', () => {
  startCharts();
  showSteps();
  $('[data-reset]').addEventListener('click', reset);
  setInterval(stillHere, 5000);
  onSample((sample) => {
    newest = sample;
    fill(document, sample);
    look();
  });
});
