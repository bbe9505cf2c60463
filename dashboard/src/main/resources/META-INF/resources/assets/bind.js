// Writes a sample into every element that names a path of it: data-bind="queue.main.waiting" data-as="count".
import { formats } from './format.js';

export const at = (object, path) =>
  path.split('.').reduce((value, key) => (value === null || value === undefined ? value : value[key]), object);

export function fill(root, sample) {
  for (const element of root.querySelectorAll('[data-bind]')) {
    const value = at(sample, element.dataset.bind);
    const words = formats[element.dataset.as || 'text'](value);
    if (element.textContent !== words) element.textContent = words;
    if (element.dataset.as === 'ago' && value) element.title = new Date(value).toLocaleString();
  }
}

// Builds elements without ever parsing text as HTML: what a message body says stays text.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
