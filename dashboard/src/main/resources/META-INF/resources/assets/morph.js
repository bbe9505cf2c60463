// Makes an element look like another and keeps every node that need not change: focus, selection, scroll position, an
// open menu and what a person typed survive. Children are matched by id or data-key, the others by kind and order.

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key || '' : '');

// Whether a menu is open and a button is busy is this page's own matter, not the server's.
const isOwn = (element, name) =>
  name === 'aria-busy' || (name === 'open' && /^(DETAILS|DIALOG)$/.test(element.nodeName));

function morphAttributes(now, next) {
  for (const { name, value } of next.attributes) {
    if (!isOwn(now, name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !isOwn(now, name)) now.removeAttribute(name);
  }
}

// For each wanted child the present one that becomes it, or null where it is new.
function matches(now, next) {
  const keyed = new Map();
  const others = [];
  for (const child of now.childNodes) {
    const key = keyOf(child);
    if (key) keyed.set(key, child);
    else others.push(child);
  }
  return [...next.childNodes].map((wanted) => {
    const key = keyOf(wanted);
    if (key) {
      const same = keyed.get(key);
      if (!same || same.nodeName !== wanted.nodeName) return null;
      keyed.delete(key);
      return same;
    }
    const at = others.findIndex((child) => child.nodeName === wanted.nodeName);
    return at < 0 ? null : others.splice(at, 1)[0];
  });
}

function morphChildren(now, next) {
  const wanted = [...next.childNodes];
  const kept = matches(now, next);
  const staying = new Set(kept);
  for (const child of [...now.childNodes]) if (!staying.has(child)) child.remove();
  let place = now.firstChild;
  wanted.forEach((child, i) => {
    const mine = kept[i];
    if (!mine) {
      now.insertBefore(child, place);
      return;
    }
    // Whoever is moved loses focus, so what stands in the way of the focused one moves instead.
    while (place !== mine && mine.contains(document.activeElement)) {
      const inTheWay = place;
      place = place.nextSibling;
      now.append(inTheWay);
    }
    if (place === mine) place = place.nextSibling;
    else now.insertBefore(mine, place);
    morph(mine, child);
  });
}

export function morph(now, next) {
  if (now.isEqualNode(next)) return;
  if (now.nodeType !== Node.ELEMENT_NODE) {
    now.data = next.data;
    return;
  }
  if (now.hasAttribute('data-keep')) return;
  morphAttributes(now, next);
  morphChildren(now, next);
}
