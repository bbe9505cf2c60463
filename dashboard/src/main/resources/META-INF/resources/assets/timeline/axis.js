// Where the ticks of a chart stand, and what they say.
const MINUTE = 60000;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE);
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const labels = {
  time: (at) => clock.format(at),
  exactTime: (at) => seconds.format(at),
  count: (value) => (value < 10000 ? whole.format(value) : short.format(value)),
  exactCount: (value) => (value < 10 ? tenth : whole).format(value),
  millis: (value) => (value < 1000 ? `${tenth.format(value)} ms` : `${tenth.format(value / 1000)} s`),
};

// Whole minutes of the clock on the wall: 1, 2, 5, 10, 15, 30 and so on, as many as fit.
export function timeTicks(from, until, atMost) {
  const step = TIME_STEPS.find((one) => (until - from) / one <= atMost) ?? TIME_STEPS[TIME_STEPS.length - 1];
  const offset = new Date(until).getTimezoneOffset() * MINUTE;
  const ticks = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= until; at += step) ticks.push(at);
  return ticks;
}

function linearTicks(top, atMost) {
  const rough = top / atMost;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const ticks = [];
  for (let value = 0; value <= top * 1.0001; value += step) ticks.push(value);
  return ticks;
}

function decadeTicks(top) {
  const ticks = [0];
  for (let value = 1; value <= top * 1.0001; value *= 10) ticks.push(value);
  return ticks.length > 6 ? ticks.filter((value, i) => i === 0 || i % 2 === 1) : ticks;
}

// A scale from zero: linear, or bent so that one burst does not flatten all the rest.
export function valueScale(top, bent, atMost) {
  if (!bent) return { top, ticks: linearTicks(top, atMost), share: (value) => value / top };
  const bend = (value) => Math.asinh(value);
  return { top, ticks: decadeTicks(top), share: (value) => bend(value) / bend(top) };
}
