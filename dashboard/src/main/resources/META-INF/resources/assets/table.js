// Tables that sort, filter and download as CSV. The rows come from data; cells are text, never HTML.
import { el } from './bind.js';

// A spreadsheet runs a cell that begins like a formula; a quote in front makes it text again.
const safeCell = (value) => {
  const words = value === null || value === undefined ? '' : String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
};

const compare = (a, b) => {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
};

export class DataTable {
  // columns: { key, label, show(value, row), numeric, wrap, link(row) }
  constructor(host, { name, columns, sort, descending = true, empty = 'Nothing yet.', onChoose = null, limit = 200 }) {
    Object.assign(this, { host, name, columns, sort, descending, empty, onChoose, limit, rows: [], words: '' });
    this.build();
  }

  build() {
    this.filter = el('input', {
      type: 'search',
      placeholder: 'Filter',
      'aria-label': `Filter ${this.name}`,
      oninput: () => {
        this.words = this.filter.value.toLowerCase();
        this.draw();
      },
    });
    this.shown = el('span', { class: 'note' });
    this.headers = this.columns.map((column) =>
      el(
        'th',
        { scope: 'col', class: column.numeric ? 'n' : null },
        el('button', { type: 'button', class: 'sort', onclick: () => this.sortBy(column) }, column.label),
      ),
    );
    this.body = el('tbody');
    this.host.replaceChildren(
      el(
        'div',
        { class: 'row tools' },
        this.filter,
        el(
          'button',
          { type: 'button', onclick: () => this.download() },
          'CSV',
          el('span', { class: 'sr' }, ` of ${this.name}`),
        ),
        this.shown,
      ),
      el(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Rows of ${this.name}` },
        el('table', { class: 'data' }, el('thead', {}, el('tr', {}, ...this.headers)), this.body),
      ),
    );
  }

  sortBy(column) {
    this.descending = this.sort === column.key ? !this.descending : Boolean(column.numeric);
    this.sort = column.key;
    this.draw();
  }

  set(rows) {
    this.rows = rows;
    this.draw();
  }

  chosen() {
    const rows = this.rows.filter(
      (row) =>
        !this.words ||
        this.columns.some((c) =>
          String(row[c.key] ?? '')
            .toLowerCase()
            .includes(this.words),
        ),
    );
    return rows.sort((a, b) => compare(a[this.sort], b[this.sort]) * (this.descending ? -1 : 1));
  }

  draw() {
    const rows = this.chosen();
    this.headers.forEach((header, i) => {
      const mine = this.columns[i].key === this.sort;
      header.setAttribute('aria-sort', mine ? (this.descending ? 'descending' : 'ascending') : 'none');
    });
    this.shown.textContent =
      rows.length > this.limit ? `the first ${this.limit} of ${rows.length}; the CSV has all` : `${rows.length} rows`;
    const cell = (column, row) => {
      const words = column.show ? column.show(row[column.key], row) : (row[column.key] ?? '–');
      const content = column.link ? el('a', { href: column.link(row) }, words) : words;
      return el('td', { class: column.numeric ? 'n' : column.wrap ? 'wrap' : null }, content);
    };
    this.body.replaceChildren(
      ...(rows.length === 0
        ? [
            el(
              'tr',
              {},
              el(
                'td',
                { colspan: this.columns.length, class: 'empty' },
                this.words ? 'No row has these words.' : this.empty,
              ),
            ),
          ]
        : rows.slice(0, this.limit).map((row) => el('tr', {}, ...this.columns.map((column) => cell(column, row))))),
    );
  }

  download() {
    const lines = [
      this.columns.map((c) => safeCell(c.label)),
      ...this.chosen().map((row) => this.columns.map((c) => safeCell(row[c.key]))),
    ];
    const blob = new Blob([lines.map((line) => line.join(',')).join('\r\n')], { type: 'text/csv' });
    const link = el('a', {
      href: URL.createObjectURL(blob),
      download: `${this.name.toLowerCase().replaceAll(' ', '-')}.csv`,
    });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}
