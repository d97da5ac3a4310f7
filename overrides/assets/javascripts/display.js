/* The reader's settings, kept in this browser: storage, text size, colour scheme; and whether the menu of pages
   stands beside the text ("beside") or is opened over it ("drawer"), which depends on window and text size.
   Runs before the page is drawn, to avoid layout shifts; needs <meta name="proceedings-site"> above it. */
(() => {
  "use strict";

  const SIZES = [100, 115, 130, 150, 175];
  const SIZE = "text-size";
  const SCHEME = "scheme";
  const LARGE = 150; // per cent; from here on the menu beside the text needs a window of ROOMY
  const NARROW = window.matchMedia("(max-width: 76.234375em)");
  const ROOMY = window.matchMedia("(min-width: 110.015625em)");
  const root = document.documentElement;
  const site = document.querySelector('meta[name="proceedings-site"]')?.content || "site";
  // All pages opened from folders (file:) share one storage, so keys contain the site's name.
  const prefix = `${site}:`;
  // Values that the browser refuses to store (private window, storage full or disabled), kept until the page is left.
  const memory = new Map();

  function storage() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  function stored(key) {
    try {
      return storage()?.getItem(prefix + key) ?? null;
    } catch {
      return null;
    }
  }

  function get(key, fallback) {
    if (memory.has(key)) return memory.get(key);
    const text = stored(key);
    if (text === null) return fallback;
    try {
      return JSON.parse(text);
    } catch {
      return fallback;
    }
  }

  /* Stores a value; returns false if it is only kept until the page is left. */
  function set(key, value) {
    try {
      window.localStorage.setItem(prefix + key, JSON.stringify(value));
      memory.delete(key);
      return true;
    } catch {
      memory.set(key, value);
      return false;
    }
  }

  function remove(key) {
    memory.delete(key);
    try {
      window.localStorage.removeItem(prefix + key);
    } catch { /* nothing was kept */ }
  }

  function keys() {
    let kept = [];
    try {
      kept = Object.keys(window.localStorage).filter((key) => key.startsWith(prefix));
    } catch { /* nothing was kept */ }
    return [...new Set([...kept.map((key) => key.slice(prefix.length)), ...memory.keys()])];
  }

  /* Whether this browser can store anything. */
  function keeps() {
    const kept = set("probe", 1);
    remove("probe");
    return kept;
  }

  /* Calls back when another tab changes a value, and when the page is restored from the back/forward cache. */
  function watch(callback) {
    window.addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(prefix)) callback();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) callback();
    });
  }

  // --- Text size, light or dark ----------------------------------------------------------------------
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function size() {
    const kept = get(SIZE, SIZES[0]);
    return SIZES.includes(kept) ? kept : SIZES[0];
  }

  function scheme() {
    const kept = get(SCHEME, null);
    return ["light", "dark"].includes(kept) ? kept : dark.matches ? "dark" : "light";
  }

  function apply() {
    root.dataset.textSize = String(size());
    root.dataset.scheme = scheme();
    document.querySelectorAll("[data-display]").forEach(describe);
  }

  function placeMenu() {
    const large = Number(root.dataset.textSize) >= LARGE;
    root.dataset.menuPlace = NARROW.matches || (large && !ROOMY.matches) ? "drawer" : "beside";
  }

  function describe(button) {
    const action = button.dataset.display;
    if (action === "scheme") {
      const words = scheme() === "dark" ? "Chuyển sang nền sáng" : "Chuyển sang nền tối";
      button.setAttribute("aria-label", words);
      button.title = words;
    } else {
      // Not `disabled`, which would remove the keyboard focus from the button.
      button.setAttribute("aria-disabled", String(size() === SIZES.at(action === "smaller" ? 0 : -1)));
    }
  }

  function resize(step) {
    const next = SIZES[SIZES.indexOf(size()) + step];
    if (next) set(SIZE, next);
    apply();
    const said = document.querySelector("[data-display-said]");
    if (said) said.textContent = `Cỡ chữ ${size()} %`;
  }

  function press(event) {
    const action = event.target.closest?.("[data-display]")?.dataset.display;
    if (action === "smaller") resize(-1);
    if (action === "larger") resize(1);
    if (action === "scheme") {
      set(SCHEME, scheme() === "dark" ? "light" : "dark");
      apply();
    }
  }

  window.proceedings = { site, store: { get, set, remove, keys, keeps, watch } };
  apply();
  placeMenu();
  new MutationObserver(placeMenu).observe(root, { attributeFilter: ["data-text-size"] });
  for (const query of [NARROW, ROOMY]) query.addEventListener("change", placeMenu);
  dark.addEventListener("change", apply);
  watch(apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", press);
})();
