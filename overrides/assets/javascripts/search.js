/* The search field, its result panel, and the highlighting on the page that a result links to. */
(() => {
  "use strict";

  const PAGES = 20; // results shown at most at most at most
  const SECTIONS = 3; // sections shown per page
  const AROUND = 90; // letters of context before and after a match
  const PAUSE = 60; // ms without a keystroke until the search begins
  const PARAMETER = "h";
  const MARGIN = 16; // px between a match and the edge of the window
  const { engine } = window.proceedings;
  const here = document.querySelector("#here");
  const base = here?.dataset.base ?? ".";
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const field = form.querySelector("input");
  const panel = form.querySelector("#search-found");
  const said = form.querySelector("[data-search-said]");
  const list = form.querySelector("[data-search-list]");
  const index = { head: null, parts: [], loading: null };

  // --- The index, loaded as scripts, because a page opened from a folder (file:) may not read other files ------------
  window.proceedings.search = {
    index: (head) => { index.head = head; },
    part: (number, rows) => { index.parts[number] = engine.corpus(rows); },
  };

  function script(name) {
    return new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = `${base}/assets/search/${name}.js`;
      element.addEventListener("load", done);
      element.addEventListener("error", failed);
      document.head.append(element);
    });
  }

  async function loadAll() {
    await script("index");
    const { pages, parts } = index.head;
    await Promise.all(Array.from({ length: parts }, (_, number) => script(`part-${number}`)));
    const titles = pages.map(([, title, , about], page) => [page, "", title.replace(/^\d+\.\s/, ""), about]);
    index.parts.push(engine.corpus(titles, true));
  }

  function load() {
    index.loading ??= loadAll().catch((reason) => {
      index.loading = null;
      throw reason;
    });
    return index.loading;
  }

  // --- Searching ---------------------------------------------------------------------------------------------
  let timer = 0;
  let asked = 0;

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  }

  async function run() {
    const words = field.value.trim();
    asked += 1;
    const mine = asked;
    if (!words) {
      close();
      return;
    }
    if (!index.parts.length) say("Đang mở tài liệu để tìm…");
    try {
      await load();
    } catch {
      say("Không mở được dữ liệu tìm kiếm. Hãy tải lại trang; nếu đọc từ USB, hãy chép lại cả thư mục.");
      return;
    }
    if (mine === asked) show(field.value);
  }

  function show(words) {
    const query = engine.read(words, index.head.abbreviations);
    const kinds = index.head.pages.map((page) => page[2]);
    const found = query.groups.length ? engine.search(query, index.parts, kinds) : [];
    list.replaceChildren(...found.slice(0, PAGES).map((page) => result(page, query, words)));
    say(summary(found));
    form.dataset.shown = words;
  }

  function summary(found) {
    if (!found.length) return "Không tìm thấy. Hãy thử ít từ hơn, bỏ dấu, hoặc bỏ ngoặc kép.";
    const missing = found[0].missing.map((word) => `“${word}”`).join(", ");
    const more = found.length > PAGES ? `, đây là ${PAGES} tài liệu gần nhất` : "";
    return missing ? `Không có tài liệu nào chứa đủ các từ; ${found.length} tài liệu gần nhất thiếu ${missing}.` : `${found.length} tài liệu${more}.`;
  }

  function say(text) {
    panel.hidden = false;
    if (said.textContent !== text) said.textContent = text;
  }

  function close() {
    panel.hidden = true;
    list.replaceChildren();
    said.textContent = "";
  }

  // --- Results -------------------------------------------------------------------------------------------------
  function result(page, query, words) {
    const [address, title] = index.head.pages[page.page];
    const item = document.createElement("li");
    item.className = "search__page";
    const { lacking } = page.sections[0];
    const texts = page.sections.filter((section) => !section.part.isTitle && section.lacking === lacking);
    const [first] = texts;
    const heading = link(address, first?.row[0] === page.page && !isTitled(page) ? first.row[1] : "", words, "search__title");
    heading.append(...marked(title, query));
    item.append(heading);
    for (const section of texts.slice(0, SECTIONS)) item.append(excerpt(section, address, query, words, title));
    return item;
  }

  function isTitled(page) {
    return page.sections[0].part.isTitle;
  }

  function excerpt(section, address, query, words, title) {
    const [, anchor, heading, text] = section.row;
    const place = link(address, anchor, words, "search__section");
    if (heading && heading !== title) {
      const name = document.createElement("span");
      name.className = "search__heading";
      name.append(...marked(heading, query));
      place.append(name);
    }
    const piece = document.createElement("span");
    piece.className = "search__text";
    piece.append(...marked(around(section, heading, text), query));
    place.append(piece);
    return place;
  }

  function link(address, anchor, words, name) {
    const element = document.createElement("a");
    element.className = name;
    element.href = `${base}/${address}?${PARAMETER}=${encodeURIComponent(words.trim())}${anchor ? `#${anchor}` : ""}`;
    return element;
  }

  /* Returns the text around matches, cut at word boundaries. */
  function around(section, heading, text) {
    const offset = section.start + heading.length + 1;
    const start = Math.max(0, Math.min(...section.window.map((hit) => hit.start)) - offset - AROUND);
    const end = Math.min(text.length, Math.min(...section.window.map((hit) => hit.start)) - offset + 2 * AROUND);
    const from = start ? text.indexOf(" ", start) + 1 : 0;
    const to = end < text.length ? text.lastIndexOf(" ", end) : text.length;
    return `${from ? "… " : ""}${text.slice(from, Math.max(to, from))}${to < text.length ? " …" : ""}`;
  }

  function marked(text, query) {
    const pieces = [];
    let done = 0;
    for (const [start, end] of engine.marks(query, text)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      pieces.push(text.slice(done, start), mark);
      done = end;
    }
    return [...pieces, text.slice(done)];
  }

  // --- Keyboard ------------------------------------------------------------------------------------------------------
  function step(event) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) (links[at + 1] || links.at(-1)).focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] || field).focus();
    else if (event.key === "Escape") {
      close();
      field.focus();
    } else return;
    event.preventDefault();
  }

  function shortcut(event) {
    const writing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    const asks = (event.key === "/" && !writing && !event.ctrlKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!asks) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  function submit(event) {
    event.preventDefault();
    clearTimeout(timer);
    const first = list.querySelector("a");
    // After fast typing, the shown results may belong to an earlier query.
    if (first && !panel.hidden && form.dataset.shown === field.value) first.click();
    else run();
  }

  // --- The page that a result links to ---------------------------------------------------------------------------
  const SILENT = "script, style, textarea, select, button, svg, [hidden], .about, .contents, .mine";
  const BLOCK = /^(p|li|td|th|h[1-6]|div|section|dd|dt|blockquote|caption|figcaption|details|summary|tr)$/i;

  /* Returns the text of an element with its text nodes; a line feed separates blocks, so no match crosses them. */
  function textOf(root) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    let text = "";
    while (walk.nextNode()) {
      const node = walk.currentNode;
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (BLOCK.test(node.tagName)) text += "\n";
      } else {
        nodes.push({ node, start: text.length });
        text += node.data.replace(/\n/g, " ");
      }
    }
    return { nodes, text };
  }

  function markPage(words) {
    const article = document.querySelector("article");
    if (!article) return;
    const { nodes, text } = textOf(article);
    const spots = engine.marks(engine.read(words, index.head.abbreviations), text);
    for (const { node, start } of nodes.reverse()) {
      const own = spots.filter(([from, to]) => to > start && from < start + node.data.length);
      for (const [from, to] of own.reverse()) wrap(node, Math.max(0, from - start), Math.min(node.data.length, to - start));
    }
    if (spots.length) offerToUnmark(article);
  }

  function wrap(node, from, to) {
    const found = node.splitText(from);
    found.splitText(to - from);
    const mark = document.createElement("mark");
    mark.className = "found";
    found.replaceWith(mark);
    mark.append(found);
  }

  function offerToUnmark(article) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button found-off";
    button.textContent = "Bỏ đánh dấu";
    button.addEventListener("click", () => {
      article.querySelectorAll("mark.found").forEach((mark) => mark.replaceWith(...mark.childNodes));
      button.remove();
    });
    article.prepend(button);
  }

  /* The element that the address refers to, or null. */
  function addressed() {
    try {
      return location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    } catch {
      return null; // an invalid address
    }
  }

  /* Keeps the scroll position at the heading, unless the first match below it is not visible there. */
  function scrollToFirst() {
    const target = addressed();
    const marks = [...document.querySelectorAll("mark.found")];
    const below = marks.filter((mark) => !target || target.contains(mark) || target.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    const [first] = below.length ? below : marks;
    target?.scrollIntoView();
    for (let closed = first?.closest("details:not([open])"); closed; closed = first.closest("details:not([open])")) closed.open = true;
    if (first && !isInSight(first)) first.scrollIntoView({ block: "center", inline: "center" });
  }

  function isInSight(element) {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    const frame = element.closest(".md-typeset__scrollwrap")?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    const covered = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    return top >= covered && bottom <= innerHeight - MARGIN && left >= frame.left && right <= frame.right;
  }

  async function arrive() {
    const words = new URLSearchParams(location.search).get(PARAMETER);
    if (!words) return;
    await load();
    markPage(words);
    scrollToFirst();
  }

  form.dataset.ready = "";
  field.addEventListener("focus", () => load().catch(() => {}));
  field.addEventListener("input", typed);
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", step);
  form.querySelector("[data-search-close]").addEventListener("click", close);
  document.addEventListener("keydown", shortcut);
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) panel.hidden = true; });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget && !form.contains(event.relatedTarget)) panel.hidden = true; });
  field.addEventListener("focus", () => { panel.hidden = !list.children.length; });
  arrive().catch(() => {});
})();
