/* Explanations of abbreviations and citations: one tooltip for hover, focus and tap.
   On touch screens, which have no hover, the first tap on a link shows its tooltip and the second follows it. */
(() => {
  "use strict";

  const PAUSE = 150; // ms of hovering before a tooltip is shown
  const GRACE = 250; // ms to move the pointer from the text to its tooltip
  const GAP = 6; // px between text and tooltip, and to the edge of the window
  const tip = document.createElement("div");
  let target = null; // the element whose tooltip is shown
  let timer = 0;
  let press = { touch: false, target: null }; // the last press, and the element whose tooltip was shown then

  tip.className = "tip";
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  (document.querySelector("main") ?? document.body).append(tip);

  const tipped = (event) => event.target.closest?.("[data-tip]") ?? null;

  function show(element, hint = "") {
    clearTimeout(timer);
    if (target === element) return;
    hide();
    target = element;
    tip.textContent = element.dataset.tip;
    if (hint) {
      const line = document.createElement("span");
      line.className = "tip__hint";
      line.textContent = hint;
      tip.append(line);
    }
    // Otherwise the browser would show its own tooltip as well.
    if (element.title) {
      element.dataset.tipTitle = element.title;
      element.removeAttribute("title");
    }
    element.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(element.getClientRects());
  }

  function hide() {
    clearTimeout(timer);
    if (!target) return;
    target.removeAttribute("aria-describedby");
    if (target.dataset.tipTitle) {
      target.title = target.dataset.tipTitle;
      delete target.dataset.tipTitle;
    }
    target = null;
    tip.hidden = true;
  }

  /* Placed above the text, where a finger does not cover it, or below if there is more space; limited in height. */
  function place(lines) {
    const first = lines[0];
    const last = lines[lines.length - 1];
    tip.style.left = "0";
    tip.style.top = "0";
    tip.style.maxHeight = "";
    const { width, height } = tip.getBoundingClientRect();
    const above = first.top - 2 * GAP;
    const below = window.innerHeight - last.bottom - 2 * GAP;
    const goesAbove = above >= Math.min(height, below);
    const shownHeight = Math.min(height, goesAbove ? above : below);
    const most = document.documentElement.clientWidth - width - GAP;
    tip.style.maxHeight = `${shownHeight}px`;
    tip.style.left = `${scrollX + Math.max(GAP, Math.min(first.left, most))}px`;
    tip.style.top = `${scrollY + (goesAbove ? first.top - shownHeight - GAP : last.bottom + GAP)}px`;
  }

  function later(action, delay) {
    clearTimeout(timer);
    timer = setTimeout(action, delay);
  }

  function enter(event) {
    if (event.pointerType === "touch") return;
    const element = tipped(event);
    if (element) later(() => show(element), PAUSE);
    else if (tip.contains(event.target)) clearTimeout(timer);
  }

  function leave(event) {
    if (event.pointerType === "touch") return;
    if (!tipped(event) && !tip.contains(event.target)) return;
    if (document.activeElement === target && target) clearTimeout(timer);
    else later(hide, GRACE);
  }

  function tap(event) {
    const element = tipped(event);
    if (!press.touch || !element) return;
    const link = element.closest("a[href]");
    if (link && press.target !== element) event.preventDefault();
    show(element, link ? "Chạm lần nữa để mở." : "");
  }

  document.addEventListener("pointerdown", (event) => {
    press = { touch: event.pointerType === "touch", target };
    if (!tipped(event) && !tip.contains(event.target)) hide();
  });
  document.addEventListener("pointerover", enter);
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusin", (event) => {
    const element = tipped(event);
    if (element && !press.touch) show(element);
  });
  document.addEventListener("focusout", (event) => {
    if (tipped(event) === target) hide();
  });
  document.addEventListener("keydown", (event) => {
    press = { touch: false, target: null };
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", tap);
  window.addEventListener("resize", hide);
})();
