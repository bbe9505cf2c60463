// One stream for all tabs of this browser: the tabs talk to this shared worker, the worker to the server.
const ports = new Set();
let source = null;
let newest = null;

function tell(message) {
  for (const port of ports) port.postMessage(message);
}

function open() {
  source = new EventSource('/api/live');
  source.onmessage = (event) => {
    newest = event.data;
    tell({ sample: newest });
  };
  source.onerror = () => {
    tell({ lost: true });
    // The browser itself retries a broken stream, but gives up on a refused one.
    if (source.readyState === EventSource.CLOSED) {
      source.close();
      setTimeout(open, 2000);
    }
  };
}

onconnect = (connection) => {
  const port = connection.ports[0];
  port.onmessage = (event) => {
    if (event.data === 'bye') ports.delete(port);
  };
  ports.add(port);
  if (newest) port.postMessage({ sample: newest });
  if (!source) open();
};
