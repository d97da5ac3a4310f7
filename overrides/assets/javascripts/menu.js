/* The head of the page, and the menu of pages where it is opened over the text: it moves the theme's switch, so that
   keyboards and screen readers can too. */
(() => {
  "use strict";

  const root = document.documentElement;
  const head = document.querySelector(".shell");
  const row = document.querySelector(".shell__row");
  const button = document.querySelector("[data-menu]");
  const drawer = document.querySelector("#__drawer");
  const menu = document.querySelector("#menu");

  // --- What the head covers ----------------------------------------------------------------------------
  /* Of the head beside a menu all stays in view; else the last line of its row, with what opens the menu. */
  function measure() {
    const all = root.dataset.menuPlace === "beside";
    const above = all ? 0 : Math.max(0, button.offsetTop - parseFloat(getComputedStyle(row).paddingTop));
    const covered = (all ? head : row).offsetHeight - above;
    root.style.setProperty("--above", `${above}px`);
    root.style.setProperty("--head", `${covered}px`);
    return covered;
  }

  /* Where the address leads, the browser may have gone before the head was measured. */
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
    if (drawer.checked !== open) drawer.click(); // as the theme listens to clicks
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
  // Who leaves the menu by Tab would go on below it, unseen.
  document.addEventListener("focusin", (event) => {
    if (drawer.checked && event.target !== drawer && !menu.contains(event.target)) turn(false);
  });
  new MutationObserver(() => turn(false)).observe(root, { attributeFilter: ["data-menu-place"] });
})();
