/* The page header, and the menu of pages as a drawer: operates the theme's checkbox, to support keyboards and screen
   readers. */
(() => {
  "use strict";

  const root = document.documentElement;
  const head = document.querySelector(".shell");
  const row = document.querySelector(".shell__row");
  const button = document.querySelector("[data-menu]");
  const drawer = document.querySelector("#__drawer");
  const menu = document.querySelector("#menu");

  // --- Height of the header ----------------------------------------------------------------------------
  /* Beside a menu the whole header stays in view, otherwise only its last line, which contains the menu button. */
  function measure() {
    const all = root.dataset.menuPlace === "beside";
    const above = all ? 0 : Math.max(0, button.offsetTop - parseFloat(getComputedStyle(row).paddingTop));
    const covered = (all ? head : row).offsetHeight - above;
    root.style.setProperty("--above", `${above}px`);
    root.style.setProperty("--head", `${covered}px`);
    return covered;
  }

  /* Scrolls to the target again: the browser may have done so before the header was measured. */
  function uncover(covered) {
    const target = document.querySelector(":target");
    const top = target?.getBoundingClientRect().top;
    if (top > -1 && top < covered) target.scrollIntoView();
  }

  if (head && row && button) {
    uncover(measure());
    const resized = new ResizeObserver(measure);
    resized.observe(head);
    resized.observe(row);
    new MutationObserver(measure).observe(root, { attributeFilter: ["data-menu-place"] });
  }

  // --- The menu -----------------------------------------------------------------------------------------
  if (!button || !drawer || !menu) return;

  function tell() {
    button.setAttribute("aria-expanded", String(drawer.checked));
  }

  function turn(open) {
    if (drawer.checked !== open) drawer.click(); // the theme listens to click events
    tell();
  }

  function close() {
    turn(false);
    button.focus();
  }

  button.addEventListener("click", () => {
    if (drawer.checked) {
      close();
      return;
    }
    turn(true);
    menu.querySelector("a")?.focus();
  });
  menu.querySelector("[data-menu-close]")?.addEventListener("click", close);
  drawer.addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.checked) close();
  });
  // Otherwise Tab would move the focus to content hidden below the menu.
  document.addEventListener("focusin", (event) => {
    if (drawer.checked && event.target !== drawer && !menu.contains(event.target)) turn(false);
  });
  new MutationObserver(() => turn(false)).observe(root, { attributeFilter: ["data-menu-place"] });
})();
