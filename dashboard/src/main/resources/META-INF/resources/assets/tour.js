// A first visitor's way: stop the consumer, see the queue fill, start it again, see it catch up. Then never again.
const STEPS = ['stop', 'again', 'done'];
const root = document.documentElement;

function step(name) {
  if (root.dataset.tour === name) return;
  root.dataset.tour = name;
  localStorage.setItem('tour', name);
}

function look() {
  const worker = document.querySelector('.worker');
  if (!worker) return;
  const running = worker.dataset.running === 'true';
  if (root.dataset.tour === 'stop' && !running) step('again');
  else if (root.dataset.tour === 'again' && running) step('done');
}

export function startTour() {
  const saved = localStorage.getItem('tour');
  step(STEPS.includes(saved) ? saved : 'stop');
  addEventListener('parts', look);
}
