/* The page of all read marks and notes, with export to a file and import from one. */
(() => {
  "use strict";

  const { isMoment, records, moment, today, site, store } = window.proceedings;
  const FORMAT = "proceedings-notes";
  const VERSION = 1;
  const MOST_BYTES = 5_000_000; // the usual storage limit of browsers per site
  const MOST_DOCUMENTS = 5_000;
  const LONGEST_PATH = 300;
  const DAMAGED = "Tệp có thể đã bị sửa hoặc hỏng; hãy xuất lại từ trang này và nhập tệp mới. Không có ghi chú nào bị thay đổi.";
  const page = document.querySelector("[data-notes]");
  const find = (name) => page.querySelector(`[data-notes-${name}]`);

  class Refused extends Error {}

  // --- The list -----------------------------------------------------------------------------------------
  function show() {
    const rows = [...page.querySelectorAll("[data-path]")];
    rows.filter((row) => row.hasAttribute("data-stray")).forEach((row) => row.remove());
    const listed = rows.filter((row) => !row.hasAttribute("data-stray"));
    listed.forEach(fill);
    const known = new Set(listed.map((row) => row.dataset.path));
    records.paths().filter((path) => !known.has(path) && records.of(path).note).sort().forEach(addStray);
    const read = listed.filter((row) => records.of(row.dataset.path).read).length;
    find("count").textContent = `Đã đọc ${read} trên ${listed.length} tài liệu.`;
  }

  function fill(row) {
    const path = row.dataset.path;
    const { read, note, changed } = records.of(path);
    row.querySelectorAll(".notes__tick, .notes__text, .notes__when").forEach((part) => part.remove());
    row.append(tick(path, read));
    if (note) row.append(line("notes__text", note));
    if (note && changed) row.append(line("notes__when", `Thay đổi lần cuối: ${moment(changed)}.`));
  }

  /* A note on a document that was removed or renamed is shown nevertheless. */
  function addStray(path) {
    const row = document.createElement("li");
    row.className = "notes__row";
    row.dataset.path = path;
    row.dataset.stray = "";
    row.textContent = `Tài liệu không còn trên trang này: ${path}`;
    find("list").append(row);
    fill(row);
  }

  function tick(path, read) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    label.className = "notes__tick";
    box.type = "checkbox";
    box.checked = read;
    box.addEventListener("change", () => {
      if (!records.change(path, { read: box.checked })) say("Trình duyệt này không cho lưu; dấu sẽ mất khi rời trang.");
      show();
      page.querySelector(`[data-path="${CSS.escape(path)}"] input`)?.focus();
    });
    label.append(box, " Đã đọc");
    return label;
  }

  function line(name, text) {
    const element = document.createElement("p");
    element.className = name;
    element.textContent = text;
    return element;
  }

  function say(...lines) {
    find("said").textContent = lines.join(" ");
  }

  // --- Export ----------------------------------------------------------------------------------------------
  function exported() {
    const entry = (path) => {
      const record = records.of(path);
      return [path, { ...record, changed: record.changed || new Date(0).toISOString() }];
    };
    const documents = Object.fromEntries(records.paths().filter(isPath).sort().map(entry));
    return { format: FORMAT, version: VERSION, site, exported: new Date().toISOString(), documents };
  }

  function exportFile() {
    const link = document.createElement("a");
    const content = new Blob([`${JSON.stringify(exported(), null, 1)}\n`], { type: "application/json" });
    link.href = URL.createObjectURL(content);
    link.download = `ghi-chu-${site}-${today()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    say(`Đã xuất ghi chú của ${records.paths().length} tài liệu ra tệp ${link.download}, trong thư mục tải về.`);
  }

  // --- Import -----------------------------------------------------------------------------------------------
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isPath = (path) => path !== "" && path.length <= LONGEST_PATH && !/\p{Cc}/u.test(path);
  const isRecord = (record) => isObject(record) && typeof record.read === "boolean"
    && typeof record.note === "string" && isMoment(record.changed);

  /* Returns the records of a file by path; rejects the whole file if any part is invalid. */
  function parse(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw new Refused("Tệp này không phải tệp ghi chú. Hãy chọn tệp .json do nút “Xuất ra tệp” tạo ra.");
    }
    if (!isObject(file) || file.format !== FORMAT) {
      throw new Refused("Tệp này không phải tệp ghi chú. Hãy chọn tệp .json do nút “Xuất ra tệp” tạo ra.");
    }
    if (file.version !== VERSION) {
      throw new Refused("Tệp này do một phiên bản khác của trang tạo ra. Hãy xuất lại từ trang có cùng phiên bản.");
    }
    const entries = isObject(file.documents) ? Object.entries(file.documents) : [];
    if (!isObject(file.documents) || entries.length > MOST_DOCUMENTS || typeof file.site !== "string") {
      throw new Refused(`Không đọc được danh sách tài liệu trong tệp. ${DAMAGED}`);
    }
    const wrong = entries.find(([path, record]) => !isPath(path) || !isRecord(record));
    if (wrong) throw new Refused(`Ghi chú của “${wrong[0].slice(0, LONGEST_PATH)}” trong tệp không đúng dạng. ${DAMAGED}`);
    return { site: file.site, entries };
  }

  /* Merges two records: the newer read mark wins; both notes are kept, the newer one first. */
  function merge(mine, theirs) {
    const changed = [theirs.changed, new Date().toISOString()].sort()[0]; // a clock that is ahead must not win merges
    if (mine.changed > changed) return mine;
    const equal = mine.changed === changed;
    return {
      read: equal ? mine.read || theirs.read : theirs.read,
      note: equal ? joined(mine.note, theirs.note) : joined(theirs.note, mine.note),
      changed,
    };
  }

  function joined(first, second) {
    if (first.includes(second.trim())) return first;
    if (second.includes(first.trim())) return second;
    return `${first}\n\n— Ghi chú khác của cùng tài liệu: —\n${second}`;
  }

  const same = (one, other) => one.read === other.read && one.note === other.note;

  function takeOver(entries) {
    const counts = { taken: 0, same: 0, older: 0, unkept: 0 };
    for (const [path, theirs] of entries) {
      const mine = records.of(path);
      const result = merge(mine, theirs);
      if (same(mine, theirs)) counts.same += 1;
      else if (same(result, mine)) counts.older += 1;
      else counts.taken += 1;
      if (result !== mine && !records.put(path, result)) counts.unkept += 1;
    }
    return counts;
  }

  function told({ taken, same: unchanged, older, unkept }) {
    return [
      `Đã nhập: ${taken} tài liệu có dấu hoặc ghi chú lấy từ tệp.`,
      unchanged ? `${unchanged} tài liệu giống hệt.` : "",
      older ? `${older} tài liệu giữ nguyên vì ghi chú ở đây mới hơn.` : "",
      unkept ? `${unkept} tài liệu không lưu được vì bộ nhớ của trình duyệt đã đầy; hãy xuất ra tệp trước khi rời trang.` : "",
    ].filter(Boolean);
  }

  async function importFile(file) {
    if (file.size > MOST_BYTES) {
      throw new Refused("Tệp quá lớn (trên 5 MB), không phải tệp ghi chú. Hãy chọn tệp do nút “Xuất ra tệp” tạo ra.");
    }
    const { site: from, entries } = parse(await file.text());
    const question = `Tệp này được xuất từ một trang khác (${from.slice(0, 100)}). Vẫn nhập vào trang này?`;
    if (from !== site && !window.confirm(question)) {
      throw new Refused("Không nhập gì; ghi chú ở đây giữ nguyên.");
    }
    say(...told(takeOver(entries)));
    show();
  }

  async function choose(event) {
    const input = event.target;
    const [file] = input.files;
    if (!file) return;
    try {
      await importFile(file);
    } catch (error) {
      say(error instanceof Refused ? error.message : "Không đọc được tệp. Hãy kiểm tra tệp còn ở chỗ cũ rồi chọn lại.");
    }
    input.value = ""; // allows the same file to be chosen again
  }

  function clear() {
    const count = records.paths().length;
    const question = `Xóa dấu “Đã đọc” và ghi chú của ${count} tài liệu khỏi trình duyệt này? `
      + "Xóa rồi thì không lấy lại được, trừ khi đã xuất ra tệp.";
    if (!count || !window.confirm(question)) return;
    records.clear();
    say("Đã xóa tất cả.");
    show();
  }

  if (!page) return;
  find("export").addEventListener("click", exportFile);
  find("import").addEventListener("change", choose);
  find("print").addEventListener("click", () => window.print());
  find("clear").addEventListener("click", clear);
  find("ways").hidden = false;
  store.watch(show);
  show();
  if (!store.keeps()) say("Trình duyệt này không cho lưu (ẩn danh, hoặc bộ nhớ đầy): hãy xuất ra tệp trước khi rời trang.");
})();
