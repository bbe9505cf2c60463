// Messages that are selected in a look, and what is done with them. The table is renewed every second; selections stay.
import { post, say } from './actions.js';

const ASKED_MILLIS = 5000;
const WORDS = { delete: 'Delete' };

export class Selection {
  constructor(bar, table, api) {
    Object.assign(this, { bar, table, api });
    this.asking = 0;
    table.addEventListener('change', ({ target }) => {
      if (target.id === 'select-all') for (const box of this.boxes()) box.checked = target.checked;
      this.show();
    });
    addEventListener('parts', () => this.show());
    bar.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-act]');
      if (button) this.act(button);
    });
    this.show();
  }

  boxes() {
    return [...this.table.querySelectorAll('[name="key"]')];
  }

  keys() {
    return this.boxes()
      .filter((box) => box.checked)
      .map((box) => box.value);
  }

  lines() {
    return `${this.api}/lines?${this.keys()
      .map((key) => `key=${key}`)
      .join('&')}`;
  }

  show() {
    const { length } = this.keys();
    const words = length === 0 ? 'None selected' : `${length} selected`;
    const note = this.bar.querySelector('[data-selected]');
    if (note.textContent !== words) note.textContent = words;
    for (const button of this.bar.querySelectorAll('button[data-act]')) button.disabled = length === 0;
    const download = this.bar.querySelector('[data-act="lines"]');
    download.hidden = length === 0;
    if (length > 0) download.href = this.lines();
    const all = document.getElementById('select-all');
    all.checked = length > 0 && length === this.boxes().length;
    all.indeterminate = length > 0 && !all.checked;
  }

  async act(button) {
    const keys = this.keys();
    switch (button.dataset.act) {
      case 'delete':
        if (this.isSure(button, keys.length)) await this.change(button, 'delete', { keys });
        break;
      case 'move':
        await this.move(button, keys);
        break;
      case 'return':
        await this.change(button, 'move', { keys });
        break;
      case 'copy':
        await this.copy(button, keys.length);
        break;
      default:
        await this.change(button, button.dataset.act, { keys });
    }
  }

  // What cannot be undone is asked once more, on the button itself.
  isSure(button, count) {
    clearTimeout(this.asking);
    const asked = button.dataset.asked === String(count);
    const calm = () => {
      delete button.dataset.asked;
      button.textContent = WORDS.delete;
    };
    if (asked) {
      calm();
      return true;
    }
    button.dataset.asked = String(count);
    button.textContent = `Really delete ${count}?`;
    this.asking = setTimeout(calm, ASKED_MILLIS);
    return false;
  }

  async move(button, keys) {
    const to = this.bar.querySelector('[name="to"]');
    if (to.value.trim() === '') {
      say('Name the queue to move them to.', null, true, button);
      to.focus();
      return;
    }
    await this.change(button, 'move', { keys, to: to.value.trim() });
  }

  async copy(button, count) {
    const answer = await fetch(this.lines()).catch(() => null);
    if (!answer?.ok) {
      say('The messages could not be read.', null, true, button);
      return;
    }
    await navigator.clipboard.writeText(await answer.text());
    say(count === 1 ? 'Copied 1 message.' : `Copied ${count} messages.`, null, false, button);
  }

  async change(button, action, body) {
    const done = await post(`${this.api}/selected/${action}`, body, button);
    if (!done) return;
    for (const box of this.boxes()) box.checked = false;
    this.show();
  }
}
