// What every page has: theme and type size, the feed's state, and which service is down since when.
import { onSample, start } from './live.js';
import { time } from './format.js';
import { el } from './bind.js';

const THEMES = ['auto', 'light', 'dark'];

function appearance() {
  const theme = document.getElementById('theme');
  const size = document.getElementById('size');
  const show = () => {
    theme.querySelector('[data-theme-name]').textContent = localStorage.getItem('theme') || 'auto';
    size.setAttribute('aria-pressed', String(localStorage.getItem('size') === 'large'));
    window.holdfastAppearance();
    dispatchEvent(new Event('appearance'));
  };
  theme.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(localStorage.getItem('theme') || 'auto') + 1) % THEMES.length];
    localStorage.setItem('theme', next);
    show();
  });
  size.addEventListener('click', () => {
    localStorage.setItem('size', localStorage.getItem('size') === 'large' ? 'normal' : 'large');
    show();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  show();
}

const PARTS = { queue: 'Queue', producer: 'Producer', consumer: 'Consumer' };

export function outages(sample) {
  return Object.entries(PARTS)
    .filter(([part]) => !sample[part].contact.reachable)
    .map(([part, name]) => `${name} unreachable since ${time(sample[part].contact.since)}: ${sample[part].contact.problem}`);
}

function showOutages(sample) {
  const box = document.getElementById('outages');
  const lines = outages(sample);
  if (box.dataset.lines === lines.join('\n')) return;
  box.dataset.lines = lines.join('\n');
  box.replaceChildren(...lines.map((line) => el('p', {}, line)));
}

appearance();
onSample(showOutages);
start();
