// All that is known of one message, over the page: the message's own page, in a dialog that stays up to date.
import { follow } from './live.js';
import { show } from './parts.js';

let unfollow = () => {};

function dialog() {
  const known = document.getElementById('message');
  if (known) return known;
  const made = document.createElement('dialog');
  made.id = 'message';
  made.setAttribute('aria-labelledby', 'known-title');
  made.innerHTML =
    '<div></div><form method="dialog" class="row"><a class="button">Open as a page</a><button>Close</button></form>';
  made.addEventListener('close', () => unfollow());
  made.addEventListener('click', (event) => {
    if (event.target === made) made.close();
  });
  document.body.append(made);
  return made;
}

export async function openMessage(queue, id) {
  const path = `/queues/${encodeURIComponent(queue)}/messages/${encodeURIComponent(id)}`;
  const answer = await fetch(path).catch(() => null);
  if (!answer || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const box = dialog();
  box.firstElementChild.replaceChildren(page.getElementById('known'));
  box.querySelector('a').href = path;
  unfollow();
  unfollow = follow(`page:${path}`, ({ parts }) => show(parts));
  if (!box.open) box.showModal();
}
