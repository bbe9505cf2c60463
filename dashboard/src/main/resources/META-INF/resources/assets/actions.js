// Buttons that do something: one way to send, one place that says what came of it, with the call to copy.
const said = (selector) => document.querySelector(`#last ${selector}`);

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
  try { content = words ? JSON.parse(words) : null; } catch { content = { detail: words.slice(0, 300) }; }
  if (!answer.ok) throw new Error((content && content.detail) || `The dashboard answered ${answer.status}.`);
  return content;
}

export function say(words, call, bad = false) {
  const box = document.getElementById('last');
  if (!box) return;
  box.dataset.tone = bad ? 'bad' : '';
  said('[data-said]').textContent = words;
  const code = said('[data-call]');
  code.hidden = !call;
  said('[data-copy]').hidden = !call;
  if (call) code.textContent = call;
}

export async function post(url, body) {
  try {
    const done = await send('POST', url, body ?? {});
    say(done.message || 'Done.', done.call);
    return done;
  } catch (failure) {
    say(failure.message, null, true);
    return null;
  }
}

export function wireButtons(root) {
  for (const button of root.querySelectorAll('button[data-post]')) {
    button.addEventListener('click', async () => {
      button.setAttribute('aria-busy', 'true');
      await post(button.dataset.post, button.dataset.body ? JSON.parse(button.dataset.body) : {});
      button.removeAttribute('aria-busy');
    });
  }
  const copy = root.querySelector('#last [data-copy]');
  if (copy) copy.addEventListener('click', () => navigator.clipboard.writeText(said('[data-call]').textContent));
}
