// Buttons that do something: one way to send, and what came of it beside the button, with the call to copy.
const SAID_MILLIS = 9000;
let fading = 0;

export function csrf() {
  const token = document.querySelector('meta[name="csrf"]');
  return token ? { 'X-CSRF-Token': token.content } : {};
}

export async function send(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...csrf() },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
  const words = await answer.text();
  let content = null;
  try {
    content = words ? JSON.parse(words) : null;
  } catch {
    content = { detail: words.slice(0, 300) };
  }
  if (!answer.ok) throw new Error((content && content.detail) || `The dashboard answered ${answer.status}.`);
  return content;
}

// A page with a place of its own for it (#last) says it there, any other beside what was pressed.
function box() {
  const own = document.getElementById('last');
  return own || document.getElementById('said');
}

function placeBeside(bubble, pressed) {
  clearTimeout(fading);
  bubble.hidden = false;
  const at = pressed.getBoundingClientRect();
  const size = bubble.getBoundingClientRect();
  const below = at.bottom + size.height + 12 < innerHeight;
  bubble.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
  bubble.style.top = `${below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)}px`;
  fading = setTimeout(() => {
    bubble.hidden = true;
  }, SAID_MILLIS);
}

export function say(words, call, bad = false, pressed = document.activeElement) {
  const place = box();
  place.dataset.tone = bad ? 'bad' : '';
  place.querySelector('[data-said]').textContent = words;
  const code = place.querySelector('[data-call]');
  code.hidden = !call;
  place.querySelector('[data-copy]').hidden = !call;
  if (call) code.textContent = call;
  if (place.id === 'said') placeBeside(place, pressed);
}

export async function post(url, body, pressed = document.activeElement) {
  try {
    const done = await send('POST', url, body ?? {});
    say(done.message || 'Done.', done.call, false, pressed);
    return done;
  } catch (failure) {
    say(failure.message, null, true, pressed);
    return null;
  }
}

async function press(button, url, body) {
  if (button.getAttribute('aria-busy')) return;
  button.setAttribute('aria-busy', 'true');
  await post(url, body, button);
  button.removeAttribute('aria-busy');
}

function fieldsOf(form) {
  const fields = [...form.elements].filter((field) => field.name);
  return Object.fromEntries(
    fields.map((field) => [field.name, field.type === 'number' ? Number(field.value) : field.value]),
  );
}

// <button data-post="/api/…" data-body="{…}"> and <form data-post="/api/…">, also those that come later.
export function wireActions() {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-post]');
    if (button) press(button, button.dataset.post, button.dataset.body ? JSON.parse(button.dataset.body) : {});
    const copy = event.target.closest('[data-copy]');
    if (copy) navigator.clipboard.writeText(box().querySelector('[data-call]').textContent);
    if (event.target.closest('[data-dismiss]')) document.getElementById('said').hidden = true;
  });
  document.addEventListener('submit', (event) => {
    if (!event.target.dataset.post) return;
    event.preventDefault();
    press(event.submitter || event.target.querySelector('button'), event.target.dataset.post, fieldsOf(event.target));
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') document.getElementById('said').hidden = true;
  });
}
