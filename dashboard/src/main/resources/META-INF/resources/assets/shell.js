// What every page has: theme and type size, the news, its parts kept up to date, buttons and menus.
import { start } from './live.js';
import { followPage } from './parts.js';
import { wireActions } from './actions.js';
import { wireMenus } from './menu.js';

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

appearance();
wireActions();
wireMenus();
followPage();
start();
