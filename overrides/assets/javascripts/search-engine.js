/* Full text search: query parsing, matching and ranking, independent of the page.

   Text is folded letter by letter (lower case without diacritics), so that positions in the folded and the original
   text are equal. */
(() => {
  "use strict";

  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const OTHER = 1; // code of any other letter
  const TABLE = foldingTable();
  const PIECE = /["\u201c\u201d]([^"\u201c\u201d]*)["\u201c\u201d]?|([\p{L}\p{M}\p{N}]+(?:[-/.,:][\p{L}\p{M}\p{N}]+)*)/gu;
  const WORD = /[\p{L}\p{N}]+/gu;
  const DATE = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;
  const known = new Map(); // cache of `exactly`; there are several thousand distinct syllables
  const LONGEST_QUERY = 200; // letters; the limit of the field, also applied to queries in the address
  const HIT_LIMIT = 400; // matches of a group counted per section

  // Weights of a match's properties; the first property in which two matches clearly differ decides.
  const WORTH = { exact: 200, near: 100, title: 60, topic: 40, heading: 30, filled: 60,
    ordered: 25, whole: 30, often: 4, titled: 150, named: 300, row: 150, defined: 300, kinds: [40, 20, 0, -60] };
  const DOCUMENT = 0; // rank of a page: 1 registers, 2 lists, 3 the guide
  const REGISTER = 1;
  const LIGHT = new Set(["cua", "va", "cac", "nhung"]);
  // Question words.
  const ASKING = ["như thế nào", "đơn vị nào", "cơ quan nào", "là những ai", "nghĩa là gì", "bao nhiêu", "thế nào", "khi nào",
    "lúc nào", "ngày nào", "hôm nào", "nơi nào", "chỗ nào", "bao giờ", "mấy giờ", "ở đâu", "tại đâu", "vì sao", "tại sao",
    "những gì", "những ai", "nói về", "là gì", "là ai", "ai", "gì", "nào"].map(wordsOf);

  // --- Folding -------------------------------------------------------------------------------------
  function foldingTable() {
    const table = new Uint8Array(0x10000).fill(OTHER);
    for (let code = 0; code < 0x1f00; code += 1) {
      const bare = String.fromCharCode(code).toLowerCase().replace("đ", "d").normalize("NFD").charCodeAt(0);
      if (bare < 0x80) table[code] = bare;
    }
    return table;
  }

  /* Returns the text in lower case without diacritics, letter by letter. */
  function fold(text) {
    const folded = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) folded[at] = TABLE[text.charCodeAt(at)];
    return new TextDecoder("latin1").decode(folded);
  }

  /* Returns a key for exact comparison: with diacritics, but independent of the tone's position ("hoá", "hóa"). */
  function exactly(word) {
    if (!known.has(word)) {
      const apart = word.toLowerCase().normalize("NFD");
      known.set(word, apart.replace(TONES, "") + (apart.match(TONES) || []).join(""));
    }
    return known.get(word);
  }

  function isWord(code) {
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  }

  // --- Query parsing ----------------------------------------------------------------------------
  /* Splits a query into groups, each searched separately in any of its forms. A form is a sequence of words. */
  function read(query, abbreviations) {
    const text = query.slice(0, 4 * LONGEST_QUERY).normalize("NFC").slice(0, LONGEST_QUERY);
    const groups = [];
    for (const piece of text.matchAll(PIECE)) {
      if (piece[1] !== undefined) addPhrase(groups, piece[1]);
      else addPiece(groups, piece[2]);
    }
    expand(groups, abbreviations);
    const marked = (text.match(WORD) || []).some((word) => fold(word) !== word.toLowerCase());
    groups.forEach((group, index) => { group.light = isLight(group, groups[index + 1], groups.length); });
    const asking = questioning(groups, marked);
    if (groups.some((group) => !group.light && !asking.has(group))) asking.forEach((group) => { group.light = true; });
    const last = groups.at(-1);
    const open = last && !last.phrase && /[\p{L}\p{M}\p{N}]$/u.test(text);
    if (open) last.forms.forEach((form) => { form.open = form.typed && form.words.at(-1).length > 1; });
    return { groups, marked, length: groups.reduce((sum, group) => sum + group.typed.length + 1, -1) };
  }

  /* Function words of a long query are optional, and so is "số" before a number, which registers omit. */
  function isLight(group, next, count) {
    if (isSingle(group, "so") && next?.forms[0].tight) return true;
    return count > 2 && !group.phrase && LIGHT.has(group.forms[0].words.join());
  }

  /* Returns the groups that are only question words; with diacritics typed, "ái" is not "ai". */
  function questioning(groups, marked) {
    const found = new Set();
    for (const { words, exact } of ASKING) {
      groups.forEach((_, at) => {
        const asked = words.map((word, offset) => groups[at + offset]);
        const fits = asked.every((group, offset) => isSingle(group, words[offset])
          && (!marked || group.forms[0].exact[0] === exact[offset]));
        if (fits) asked.forEach((group) => found.add(group));
      });
    }
    return found;
  }

  function addPhrase(groups, text) {
    const form = wordsOf(text);
    if (form.words.length) groups.push({ forms: [form], phrase: true, typed: text });
  }

  /* Document numbers, dates and words joined by punctuation form one group; otherwise each word is a group. */
  function addPiece(groups, text) {
    const joined = /\d/.test(text) || /[-/]/.test(text);
    if (!joined) {
      for (const word of text.match(WORD) || []) groups.push({ forms: [wordsOf(word)], typed: word });
      return;
    }
    const form = { ...wordsOf(text), tight: true };
    groups.push({ forms: [form, ...otherDates(text), ...otherNumber(form)], typed: text });
  }

  function wordsOf(text) {
    const words = text.match(WORD) || [];
    return { words: words.map(fold), exact: words.map(exactly), typed: true };
  }

  /* A date with and without leading zeros. */
  function otherDates(text) {
    const date = DATE.exec(text);
    if (!date) return [];
    const ways = (number) => [...new Set([number, String(Number(number)), number.padStart(2, "0")])];
    const forms = ways(date[1]).flatMap((day) => ways(date[2]).map((month) => [day, month, date[3]]));
    return forms.slice(1).map((words) => ({ words, exact: words, tight: true }));
  }

  /* A document number with a leading zero, as registers write numbers below ten. */
  function otherNumber(form) {
    const [first, ...rest] = form.words;
    return /^[1-9]$/.test(first) && rest.length ? [{ ...form, words: [`0${first}`, ...rest], typed: false }] : [];
  }

  /* Adds the full forms of abbreviations, and the abbreviations of full forms. */
  function expand(groups, abbreviations) {
    for (const [short, full] of abbreviations) {
      const [little, long] = [wordsOf(short), wordsOf(full)];
      for (let at = 0; at < groups.length; at += 1) {
        if (same(groups[at], little)) groups[at].forms.push({ ...long, typed: false });
        if (long.words.length > 1 && long.words.every((word, offset) => isSingle(groups[at + offset], word))) {
          const typed = groups.splice(at, long.words.length);
          const form = { words: long.words, exact: typed.map((group) => group.forms[0].exact[0]), typed: true };
          groups.splice(at, 0, { forms: [form, { ...little, tight: little.words.length > 1, typed: false }], typed: full });
        }
      }
    }
  }

  function same(group, form) {
    return !group.phrase && group.forms[0].words.join() === form.words.join();
  }

  function isSingle(group, word) {
    return group && !group.phrase && group.forms[0].words.length === 1 && group.forms[0].words[0] === word;
  }

  // --- Matching ----------------------------------------------------------------------------------------
  /* Returns all matches of a group in the folded text: start, end, form, and whether the last word is complete. */
  function places(group, folded) {
    const found = [];
    for (const form of group.forms) {
      for (let at = folded.indexOf(form.words[0]); at >= 0; at = folded.indexOf(form.words[0], at + 1)) {
        if (at && isWord(folded.charCodeAt(at - 1))) continue;
        const end = endOf(form, folded, at);
        if (end) found.push({ start: at, end: Math.abs(end), form, whole: end > 0 });
      }
    }
    return group.forms.length > 1 ? found.sort((one, other) => one.start - other.start || other.end - one.end) : found;
  }

  /* Returns the end of a form that begins here, negative if its last word continues, 0 if there is none. */
  function endOf(form, folded, start) {
    let at = start;
    const last = form.words.length - 1;
    for (let index = 0; index <= last; index += 1) {
      if (index) at = nextWord(folded, at, form.tight);
      if (at < 0 || !folded.startsWith(form.words[index], at)) return 0;
      at += form.words[index].length;
      const goesOn = isWord(folded.charCodeAt(at));
      if (goesOn && index === last && form.open) return -wordEnd(folded, at);
      if (goesOn) return 0;
    }
    return at;
  }

  function wordEnd(folded, from) {
    let at = from;
    while (isWord(folded.charCodeAt(at))) at += 1;
    return at;
  }

  /* Words are joined by a few punctuation marks and spaces, in numbers by a single one; a line feed separates them. */
  function nextWord(folded, from, tight) {
    let at = from;
    while (at < folded.length && !isWord(folded.charCodeAt(at)) && folded.charCodeAt(at) !== 10) at += 1;
    const gap = at - from;
    return tight ? (gap === 1 && folded.charCodeAt(from) !== 32 ? at : -1) : gap && gap <= 4 ? at : -1;
  }

  // --- A text to search: sections of pages, one after another ------------------------------------------
  /* `rows` are page number, anchor, heading and text; with `isTitle` the headings are page titles. */
  function corpus(rows, isTitle = false) {
    const starts = new Uint32Array(rows.length + 1);
    const pieces = [];
    const topics = new Map(); // the first section with a heading of each page, which names its topic
    let at = 0;
    rows.forEach(([page, , heading, text], index) => {
      starts[index] = at;
      if (heading && !topics.has(page)) topics.set(page, index);
      const piece = `${heading}\n${text}\n\n`;
      pieces.push(piece);
      at += piece.length;
    });
    starts[rows.length] = at;
    const text = pieces.join("");
    return { rows, starts, text, folded: fold(text), topics, isTitle };
  }

  /* Returns the sections with a match of any group, and the matches. */
  function* candidates(query, part) {
    const found = query.groups.map((group) => places(group, part.folded));
    const next = found.map(() => 0);
    for (;;) {
      const first = Math.min(...found.map((hits, index) => hits[next[index]]?.start ?? Infinity));
      if (first === Infinity) return;
      const section = sectionAt(part.starts, first);
      const end = part.starts[section + 1];
      const hits = found.map((all, index) => {
        const from = next[index];
        while (all[next[index]]?.start < end) next[index] += 1;
        return all.slice(from, Math.min(next[index], from + HIT_LIMIT));
      });
      yield { section, hits };
    }
  }

  function sectionAt(starts, place) {
    let [low, high] = [0, starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  // --- Ranking --------------------------------------------------------------------------------------------
  /* Returns the best scored window of the text that contains a match of each group. */
  function best(hits, value) {
    const lists = hits.filter((list) => list.length);
    const at = lists.map(() => 0);
    let found = null;
    for (;;) {
      const window = lists.map((list, index) => list[at[index]]);
      const worth = value(window);
      if (!found || worth > found.worth) found = { window, worth };
      const earliest = window.reduce((low, hit, index) => (hit.start < window[low].start ? index : low), 0);
      at[earliest] += 1;
      if (at[earliest] >= lists[earliest].length) return found;
    }
  }

  function span(window) {
    return Math.max(...window.map((hit) => hit.end)) - Math.min(...window.map((hit) => hit.start));
  }

  /* Returns the fraction of words that match with the typed diacritics; 1 if none were typed. */
  function exactness(query, window, text) {
    if (!query.marked) return 1;
    let [typed, right] = [0, 0];
    for (const hit of window) {
      const words = text.slice(hit.start, hit.end).match(WORD) || [];
      hit.form.exact.forEach((wanted, index) => {
        typed += 1;
        if (isExact(words[index] || "", wanted, hit)) right += 1;
      });
    }
    return right / typed;
  }

  /* Compares only the typed beginning of a longer word. */
  function isExact(word, wanted, hit) {
    return exactly(word) === wanted || (!hit.whole && exactly(word.slice(0, wanted.normalize("NFC").length)) === wanted);
  }

  function ordered(window) {
    return window.every((hit, index) => !index || window[index - 1].start <= hit.start);
  }

  function valueOf(query, part, section) {
    const row = part.rows[section];
    const start = part.starts[section];
    const heading = row[2].length;
    const own = part.isTitle ? WORTH.title : part.topics.get(row[0]) === section ? WORTH.topic : 0;
    return (window) => {
      const width = span(window);
      const from = Math.min(...window.map((hit) => hit.start)) - start;
      let worth = WORTH.exact * exactness(query, window, part.text) + WORTH.near * Math.min(1, (query.length + 2) / (width + 2));
      if (ordered(window)) worth += WORTH.ordered;
      if (window.every((hit) => hit.whole)) worth += WORTH.whole;
      if (from + width <= heading) worth += WORTH.heading + (WORTH.filled * width) / heading + own;
      return worth;
    };
  }

  /* Returns pages by score with their matching sections; `kinds` are the ranks of the pages. */
  function search(query, parts, kinds) {
    const pages = new Map();
    for (const part of parts) {
      for (const { section, hits } of candidates(query, part)) {
        const row = part.rows[section];
        const start = part.starts[section];
        const { window, worth } = best(hits, valueOf(query, part, section));
        const count = hits.reduce((sum, list) => sum + list.length, 0) / query.groups.length;
        if (!pages.has(row[0])) pages.set(row[0], []);
        pages.get(row[0]).push({ row, part, start, hits, window, worth: worth + WORTH.often * Math.log2(1 + count) });
      }
    }
    const ranked = [...pages].map(([page, sections]) => rank(query, page, sections, kinds[page]));
    const least = Math.min(...ranked.map((page) => page.missing.length));
    return ranked.filter((page) => page.missing.length === least).sort((one, other) => other.worth - one.worth || one.page - other.page);
  }

  /* Scores the groups in a page's title, highest if the query contains the whole title. */
  function titleWorth(query, title) {
    const end = title.start + title.row[2].length; // followed by the topic of the page
    const found = title.hits.filter(([hit]) => hit?.end <= end);
    const letters = found.reduce((sum, [hit]) => sum + hit.end - hit.start, 0);
    const all = letters >= title.row[2].replace(/[^\p{L}\p{N}]/gu, "").length;
    if (found.length < 2 && !all) return 0; // a single word does not identify a title
    return ((WORTH.titled + (all ? WORTH.named : 0)) * found.length) / query.groups.length;
  }

  /* Registers are preferred for a query that is only an abbreviation, a number or a date, as they explain it. */
  function rowWorth(query, section) {
    const wanted = query.groups.filter((group) => !group.light);
    if (wanted.length !== 1) return 0;
    const [form, other] = wanted[0].forms;
    const begins = fold(section.row[2]).startsWith(form.words.join(" "));
    return (form.tight && WORTH.row) || (other && begins ? WORTH.defined : 0);
  }

  /* A page's score is that of its best section; a section with all words outranks several with some. The page's title
     and topic count for each section. */
  function rank(query, page, sections, kind) {
    const title = sections.find((section) => section.part.isTitle);
    const needed = query.groups.flatMap((group, index) => (group.light ? [] : [index]));
    for (const section of sections) {
      section.lacking = needed.filter((index) => !section.hits[index].length && !title?.hits[index].length).length;
    }
    sections.sort((one, other) => one.lacking - other.lacking || other.worth - one.worth);
    const missing = needed.filter((index) => !sections.some((section) => section.hits[index].length));
    const worth = sections[0].worth - 1000 * sections[0].lacking + WORTH.kinds[kind]
      + (title && kind === DOCUMENT ? titleWorth(query, title) : 0) + (kind === REGISTER ? rowWorth(query, sections[0]) : 0);
    return { page, sections, worth, missing: missing.map((index) => query.groups[index].typed) };
  }

  /* Returns the ranges to highlight in a separate text, in order and without overlap: complete matches if there are
     any, exact ones if possible; otherwise all words of the query. */
  function marks(query, text) {
    const part = corpus([[0, "", "", text]]);
    const found = [...candidates(query, part)];
    if (!found.length) return [];
    const { hits } = found[0];
    const windows = hits.every((list) => list.length) ? nearest(query, allWindows(query, hits)) : [];
    const sharp = windows.filter((window) => exactness(query, window, part.text) === 1);
    const chosen = sharp.length ? sharp : windows.length ? windows : hits.flat().map((hit) => [hit]);
    const spots = chosen.flat().map((hit) => [hit.start - 1, hit.end - 1]).sort((one, other) => one[0] - other[0]);
    let done = 0;
    return spots.filter(([start, end]) => start >= done && (done = end));
  }

  /* Returns the windows with words as close as in the query, or all windows if there are none. */
  function nearest(query, windows) {
    const near = windows.filter((window) => span(window) <= query.length + 3);
    return near.length ? near : windows;
  }

  /* Returns every window in which the groups are about as close as in the query. */
  function allWindows(query, hits) {
    const found = [];
    const at = hits.map(() => 0);
    for (;;) {
      const window = hits.map((list, index) => list[at[index]]);
      if (span(window) <= 2 * query.length + 10) found.push(window);
      const earliest = window.reduce((low, hit, index) => (hit.start < window[low].start ? index : low), 0);
      at[earliest] += 1;
      if (at[earliest] >= hits[earliest].length) return found;
    }
  }

  window.proceedings ??= {};
  window.proceedings.engine = { read, corpus, search, marks };
})();
