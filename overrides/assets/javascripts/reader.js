/* The reader's notes and read marks, kept in this browser only; and the list of changes since a date. */
(() => {
  "use strict";

  const { store } = window.proceedings;
  const DOCUMENT = "document:";
  const VISITS = "visits";
  const SINCE = "news-since";
  const FRAME = ".md-typeset__scrollwrap"; // scroll container of the theme around each table
  const MOST_PINNED = 0.7; // fraction of the container's width; a wider first column is not pinned
  const PAUSE = 400; // ms without a keystroke until a note is saved
  const here = document.getElementById("here");
  const find = (name, within = document) => within.querySelector(`[data-${name}]`);
  const isMoment = (text) => typeof text === "string"
    && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) && !Number.isNaN(Date.parse(text));
  const isDay = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

  // --- Records: {read, note, changed}, one for each document -------------------------------------------
  /* Returns a record with these three fields in the right types, whatever was stored. */
  const records = {
    of(path) {
      const kept = store.get(DOCUMENT + path, null);
      const { read, note, changed } = kept ?? {};
      return { read: read === true, note: typeof note === "string" ? note : "", changed: isMoment(changed) ? changed : "" };
    },

    /* Stores a record; returns whether the browser keeps it. */
    put: (path, record) => store.set(DOCUMENT + path, record),

    change: (path, part) =>
      records.put(path, { ...records.of(path), ...part, changed: new Date().toISOString() }),

    paths: () => store.keys().filter((key) => key.startsWith(DOCUMENT)).map((key) => key.slice(DOCUMENT.length)),

    clear: () => records.paths().forEach((path) => store.remove(DOCUMENT + path)),
  };

  const two = (number) => String(number).padStart(2, "0");

  /* "14h05 ngày 24/11/2026", in local time. */
  function moment(iso) {
    const day = new Date(iso);
    return `${day.getHours()}h${two(day.getMinutes())} ngày ${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
  }

  /* "2026-11-24", in local time. */
  function today() {
    const now = new Date();
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  // --- Read mark and note of a document -----------------------------------------------------------------
  function startNote(panel, path) {
    const tick = find("mine-read", panel);
    const note = find("mine-note", panel);
    let timer = 0;
    let shown = ""; // the stored note when it was last read or written

    function show() {
      const record = records.of(path);
      tick.checked = record.read;
      if (note.value === shown) note.value = shown = record.note;
      find("mine-sign", panel).hidden = !record.note;
      find("mine-when", panel).textContent = record.changed ? `Thay đổi lần cuối: ${moment(record.changed)}.` : "";
    }

    function change(part) {
      if (!records.change(path, part)) warn(panel);
      show();
    }

    function save() {
      clearTimeout(timer);
      if (note.value === shown) return;
      shown = note.value;
      change({ note: shown });
    }

    tick.addEventListener("change", () => change({ read: tick.checked }));
    note.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, PAUSE);
    });
    note.addEventListener("blur", save);
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    store.watch(show);
    show();
    panel.querySelector("details").open = shown !== "";
    if (!store.keeps()) warn(panel);
    panel.hidden = false;
  }

  function warn(panel) {
    find("mine-kept", panel).textContent =
      "Trình duyệt này không cho lưu (đang ở chế độ ẩn danh, hoặc bộ nhớ đã đầy): ghi chú sẽ mất khi rời trang. "
      + "Hãy chép ra nơi khác, hoặc mở trang bằng cửa sổ thường.";
    panel.classList.add("mine--lost");
  }

  // --- Read marks beside the links of derived tables ---------------------------------------------------------
  /* The path of the document that a link leads to, "" if it leads to none. */
  function pathOf(link) {
    try {
      const root = new URL(`${here.dataset.base}/`, location.href);
      const target = new URL(link.href);
      if (target.protocol !== root.protocol || !target.pathname.startsWith(root.pathname)) return "";
      return decodeURIComponent(target.pathname.slice(root.pathname.length)).replace(/\.html$/, "");
    } catch {
      return ""; // an invalid address
    }
  }

  function markRead() {
    document.querySelectorAll(".read-mark").forEach((mark) => mark.remove());
    document.querySelectorAll(".register a[href]").forEach((link) => {
      const path = pathOf(link);
      if (!path || !records.of(path).read) return;
      const mark = document.createElement("span");
      mark.className = "read-mark";
      mark.textContent = "✓ Đã đọc";
      link.after(" ", mark);
    });
  }

  // --- Changes since a date -------------------------------------------------------------------------
  /* The date of the last visit before today, "" on the first day. */
  function lastVisit() {
    const kept = store.get(VISITS, null);
    const past = (day) => (isDay(day) && day <= today() ? day : "");
    const latest = past(kept?.today);
    if (latest === today()) return past(kept.before);
    store.set(VISITS, { today: today(), before: latest });
    return latest;
  }

  function startNews(list, visited) {
    const since = find("news-since");
    const items = [...list.querySelectorAll("[data-day]")];
    const more = list.querySelector("[data-news-more]");

    function show() {
      const kept = store.get(SINCE, visited);
      const day = isDay(kept) || kept === "" ? kept : visited; // "" if the reader chose to see all
      const recent = items.filter((item) => item.dataset.day >= day);
      items.forEach((item) => { item.hidden = !recent.includes(item); });
      if (more) more.hidden = !recent.some((item) => more.contains(item));
      since.value = day;
      find("news-count").textContent = countWords(recent.length, day);
    }

    function choose(day) {
      store.set(SINCE, day);
      show();
    }

    since.addEventListener("change", () => choose(since.value));
    find("news-all").addEventListener("click", () => choose(""));
    store.watch(show);
    find("news-choice").hidden = false;
    show();
  }

  function countWords(count, day) {
    if (!day) return `Tất cả ${count} tài liệu, cập nhật gần nhất xếp trước.`;
    const from = `từ ngày ${day.split("-").reverse().join("/")}`;
    return count ? `${count} tài liệu cập nhật ${from}.` : `Chưa có tài liệu nào cập nhật ${from}.`;
  }

  // --- Wide tables ----------------------------------------------------------------------------------------
  /* The scroll container of a wide table must be focusable, to be scrolled by keyboard, and have a label. */
  function reachByKeyboard(frame) {
    const wide = frame.scrollWidth > frame.clientWidth;
    const first = frame.querySelector("tr > :first-child:not([colspan])");
    frame.toggleAttribute("data-loose", first?.offsetWidth > MOST_PINNED * frame.clientWidth);
    const name = "Bảng rộng, cuộn ngang để xem hết";
    const told = { tabindex: "0", role: "group", "aria-label": name };
    Object.entries(told).forEach(([key, value]) => wide ? frame.setAttribute(key, value) : frame.removeAttribute(key));
  }

  // --- Start --------------------------------------------------------------------------------------------
  Object.assign(window.proceedings, { isMoment, records, moment, today });
  const visited = lastVisit();
  const panel = find("mine");
  const news = find("news");
  // Now, when the theme has added the containers, and whenever the window or text size changes.
  const markFrames = () => document.querySelectorAll(FRAME).forEach(reachByKeyboard);
  document.querySelectorAll("article").forEach((article) => {
    new ResizeObserver(markFrames).observe(article);
    new MutationObserver(markFrames).observe(article, { childList: true, subtree: true });
  });
  if (panel && here) startNote(panel, here.dataset.path);
  if (news) startNews(news, visited);
  if (here) {
    markRead();
    store.watch(markRead);
  }
})();
