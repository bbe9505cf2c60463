// The first page: the living picture, the charts, and the first visitor's way through them.
import { follow } from './live.js';
import { openMessage } from './message-dialog.js';
import { Pipe } from './pipe/pipe.js';
import { startCharts } from './timeline/charts.js';
import { startTour } from './tour.js';

const stage = document.querySelector('.stage');
const { queue } = stage.dataset;
const duplicates = () => Number(document.getElementById('database').dataset.duplicates);

function showNote(frame) {
  const note = document.getElementById('beads-note');
  const words = frame.unsupported
    ? 'This SQS server does not tell what happens to single messages.'
    : frame.lost
      ? 'The queue does not answer.'
      : frame.oneIn > 1
        ? `One dot stands for ${frame.oneIn} messages`
        : 'Each dot is a message';
  if (note.textContent !== words) note.textContent = words;
}

function startPipe() {
  const pipe = new Pipe(stage, document.getElementById('beads'));
  let seen = duplicates();
  pipe.look();
  follow(`events:${queue}`, (frame) => {
    showNote(frame);
    if (frame.events) pipe.hear(frame);
  });
  addEventListener('parts', () => {
    pipe.look();
    const now = duplicates();
    if (now > seen) pipe.bounce(now - seen);
    seen = now;
  });
  new ResizeObserver(() => pipe.fit()).observe(stage);
  addEventListener('appearance', () => pipe.recolour());
  document.addEventListener('visibilitychange', () => pipe.wake());
  const near = (event) => {
    const box = stage.getBoundingClientRect();
    return pipe.at(event.clientX - box.left, event.clientY - box.top);
  };
  stage.addEventListener('pointermove', (event) => stage.classList.toggle('on-bead', Boolean(near(event))));
  stage.addEventListener('click', (event) => {
    const bead = event.target.closest('button, a, input, summary') ? null : near(event);
    if (bead) openMessage(queue, bead.id);
  });
  // For tests that measure the page: frames drawn so far.
  window.holdfastFrames = () => pipe.frames;
}

// A link to a message opens it here; with a modifier key it is a link like any other.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href*="/messages/"]');
  if (!link || link.closest('dialog') || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const [, , name, , id] = new URL(link.href).pathname.split('/');
  openMessage(decodeURIComponent(name), decodeURIComponent(id));
});

startTour();
startPipe();
startCharts();
