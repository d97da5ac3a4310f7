/* The button of the menu on narrow screens: it moves the theme's switch, so that keyboards and screen readers can too. */
(() => {
  "use strict";

  const button = document.querySelector("[data-menu]");
  const drawer = document.querySelector("#__drawer");
  const menu = document.querySelector("#menu");
  if (!button || !drawer || !menu) return;

  function tell() {
    button.setAttribute("aria-expanded", String(drawer.checked));
  }

  function turn(open) {
    if (drawer.checked !== open) drawer.click(); // as the theme listens to clicks
    tell();
    if (open) menu.querySelector("a")?.focus();
    else button.focus();
  }

  button.addEventListener("click", () => turn(!drawer.checked));
  drawer.addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) turn(false);
  });
})();
