// The buttons beside a chart and the pointer on it: range, zoom, pan, pause, scale.
import { RANGES } from './window.js';

const WORDS = { '5m': '5 min', '15m': '15 min', '1h': '1 h', '6h': '6 h', '24h': '24 h' };

function button(words, name, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  if (name) {
    made.title = name;
    made.setAttribute('aria-label', name);
  }
  made.addEventListener('click', press);
  return made;
}

export function addControls(place, time, timeline, load) {
  const ranges = Object.keys(RANGES).map((range) => {
    const made = button(WORDS[range], null, () => {
      time.choose(range);
      load(range);
    });
    made.dataset.range = range;
    return made;
  });
  const pause = button('‖', 'Pause the charts', () => (time.standsStill ? time.follow() : time.pause()));
  pause.dataset.pause = '';
  const bend = button('log', 'Logarithmic scale', () => {
    timeline.bent = !timeline.isBent;
    timeline.paint();
    show();
  });
  const show = () => {
    for (const made of ranges) made.setAttribute('aria-pressed', String(made.dataset.range === time.range));
    pause.textContent = time.standsStill ? '▶ Back to now' : '‖';
    pause.setAttribute('aria-label', time.standsStill ? 'Back to now' : 'Pause the charts');
    bend.setAttribute('aria-pressed', String(Boolean(timeline.isBent)));
  };
  time.onChange(show);
  place.append(
    ...ranges,
    button('−', 'Zoom out', () => time.zoom(2)),
    button('+', 'Zoom in', () => time.zoom(0.5)),
    button('‹', 'Earlier', () => time.pan(-0.5)),
    button('›', 'Later', () => time.pan(0.5)),
    bend,
    pause,
  );
  show();
}

// Wheel with Ctrl or Shift zooms (a wheel alone scrolls the page), dragging pans, a double press follows again.
export function addGestures(canvas, time) {
  let grabbed = null;
  const share = (event) => event.offsetX / canvas.clientWidth;
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      time.zoom(event.deltaY + event.deltaX > 0 ? 1.25 : 0.8, share(event));
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    grabbed = share(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (grabbed === null) return;
    const now = share(event);
    if (Math.abs(now - grabbed) < 0.004) return;
    time.pan(grabbed - now);
    grabbed = now;
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => {
      grabbed = null;
    });
  canvas.addEventListener('dblclick', () => time.follow());
}
