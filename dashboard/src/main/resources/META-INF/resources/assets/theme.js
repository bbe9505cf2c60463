// Runs before the first paint, so that neither colours nor type size flash.
(() => {
  const root = document.documentElement;
  const apply = () => {
    const theme = localStorage.getItem('theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else delete root.dataset.theme;
    if (localStorage.getItem('size') === 'large') root.dataset.size = 'large';
    else delete root.dataset.size;
  };
  apply();
  addEventListener('storage', apply);
  window.holdfastAppearance = apply;
})();
