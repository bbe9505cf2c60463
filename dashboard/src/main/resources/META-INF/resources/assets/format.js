// Numbers and times in words for people. The server writes the first page with the same rules (page/Wording.java).
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const UNKNOWN = '–';

export const known = (value) => value !== null && value !== undefined && value !== '' && !Number.isNaN(value);
export const count = (value) => (known(value) ? whole.format(value) : UNKNOWN);
export const rate = (value) =>
  known(value) ? (value !== 0 && Math.abs(value) < 10 ? tenth : whole).format(value) : UNKNOWN;
export const percent = (value) => (known(value) ? `${value > 0 ? '+' : ''}${tenth.format(value)} %` : UNKNOWN);
export const money = (minor) =>
  known(minor)
    ? new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(minor / 100)
    : UNKNOWN;
export const time = (instant) => (known(instant) ? clock.format(new Date(instant)) : UNKNOWN);
export const text = (value) => (known(value) ? String(value) : UNKNOWN);

export function millis(value) {
  if (!known(value)) return UNKNOWN;
  if (value < 10) return `${tenth.format(value)} ms`;
  if (value < 1000) return `${whole.format(value)} ms`;
  return value < 10000 ? `${tenth.format(value / 1000)} s` : seconds(value / 1000);
}

export function seconds(value) {
  if (!known(value)) return UNKNOWN;
  if (value < 120) return `${whole.format(value)} s`;
  if (value < 7200) return `${whole.format(value / 60)} min`;
  return value < 172800 ? `${tenth.format(value / 3600)} h` : `${whole.format(value / 86400)} days`;
}

export function ago(instant, now = Date.now()) {
  if (!known(instant)) return UNKNOWN;
  const passed = Math.max(0, (now - new Date(instant)) / 1000);
  return passed < 2 ? 'now' : `${seconds(passed)} ago`;
}

export const formats = { count, rate, percent, money, time, millis, seconds, text, ago };
