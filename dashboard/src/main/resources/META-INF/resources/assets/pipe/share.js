// Which messages are shown when there are too many: one in 2, 4, 8 … by the id. The server (message/Share.java)
// chooses in the same way, so that a smaller share lets the page drop those it will hear no more of.
function hash(id) {
  let value = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) value = Math.imul(value ^ id.charCodeAt(i), 0x01000193);
  return value ^ (value >>> 15);
}

export const isShown = (id, oneIn) => (hash(id) & (oneIn - 1)) === 0;
