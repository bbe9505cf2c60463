// Menus are <details class="menu">: they close by Escape, by a press elsewhere, and when something in them was chosen.
const openMenus = () => document.querySelectorAll('details.menu[open]');

function close(menu) {
  const inside = menu.contains(document.activeElement);
  menu.open = false;
  if (inside) menu.querySelector('summary').focus();
}

export function wireMenus() {
  document.addEventListener('click', (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target) || event.target.closest('.menu-body button')) close(menu);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') openMenus().forEach(close);
  });
}
