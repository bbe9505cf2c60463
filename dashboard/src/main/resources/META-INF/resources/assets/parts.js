// Keeps the page up to date: the stream brings the parts that changed as HTML, made by the template that made the page.
import { follow } from './live.js';
import { morph } from './morph.js';

const holder = document.createElement('template');

// A button that was pressed may be replaced by its opposite: focus goes to what stands beside it, not to the body.
function keepFocus(part, change) {
  const focused = document.activeElement;
  const group = part.contains(focused) && focused !== part ? focused.closest('[role="group"], [id]:not(button)') : null;
  change();
  if (group && !focused.isConnected) (group.isConnected ? group : part).querySelector('button, a, input')?.focus();
}

export function show(parts) {
  for (const html of parts) {
    holder.innerHTML = html;
    const next = holder.content.firstElementChild;
    const now = next && document.getElementById(next.id);
    if (now) keepFocus(now, () => morph(now, next));
  }
}

export function followPage() {
  follow(`page:${location.pathname}${location.search}`, ({ parts }) => {
    show(parts);
    dispatchEvent(new CustomEvent('parts'));
  });
}
