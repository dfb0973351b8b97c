/* Runs before the first paint. A choice the server has written on <html> stands; otherwise the device decides. */
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  if (root.dataset.bsTheme) return;
  const follow = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  follow();
  dark.addEventListener("change", follow);
})();
