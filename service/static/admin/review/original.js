// The pane of the original: which passages are marked, finding words in it, and taking a passage from it.
// Offsets count characters of the document's text as the server does (code points); data-start of a block says where
// it begins. A document of 200,000 characters stays quick because only the blocks a mark touches are drawn anew.
import { byId, h, tell } from "./dom.js";

const WIDE = /[\ud800-\udfff]/;
const cut = (text, from, to) => (WIDE.test(text) ? [...text].slice(from, to).join("") : text.slice(from, to));
const lengthOf = (text) => (WIDE.test(text) ? [...text].length : text.length);

export class Original {
  // on: {choose(keys), selected(span), fetchText(start, end)}
  constructor(pane, on) {
    this.pane = pane;
    this.on = on;
    this.blocks = [...pane.querySelectorAll("[data-start]")].map((element) => {
      const text = [...element.childNodes].filter((node) => !node.classList?.contains("back")).map((node) => node.textContent).join("");
      return { element, start: Number(element.dataset.start), length: lengthOf(text), text };
    }).sort((one, other) => one.start - other.start);
    this.base = [];
    this.marks = [];
    this.found = [];
    this.at = -1;
    pane.addEventListener("click", (event) => this.click(event));
    document.addEventListener("selectionchange", () => this.selection());
  }

  first(offset) { // the first block that ends after the offset
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.blocks[middle].start + this.blocks[middle].length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  touched(marks) {
    const blocks = new Set();
    for (const mark of marks) {
      for (let at = this.first(mark.start); at < this.blocks.length && this.blocks[at].start < mark.end; at += 1) blocks.add(this.blocks[at]);
    }
    return blocks;
  }

  // marks: [{key, label, kind, start, end}]; label: what stands before the passage, "" for nothing.
  set(marks, base = this.base) {
    const before = [...this.base, ...this.marks, ...this.found];
    this.base = base;
    this.marks = marks.filter((mark) => mark.end > mark.start);
    this.paint(new Set([...this.touched(before), ...this.touched([...this.base, ...this.marks, ...this.found])]));
  }

  paint(blocks) {
    const all = [...this.base, ...this.marks, ...this.found];
    for (const block of blocks) {
      const end = block.start + block.length;
      const here = all.filter((mark) => mark.start < end && mark.end > block.start);
      block.element.replaceChildren(...this.pieces(block, here));
    }
  }

  pieces(block, marks) {
    const end = block.start + block.length;
    const edges = [...new Set([block.start, end, ...marks.flatMap((mark) => [mark.start, mark.end])])].filter((edge) => edge >= block.start && edge <= end).sort((one, other) => one - other);
    const out = [];
    for (let at = 0; at + 1 < edges.length; at += 1) {
      const [from, to] = [edges[at], edges[at + 1]];
      const over = marks.filter((mark) => mark.start <= from && mark.end >= to);
      for (const mark of over) {
        if (mark.label && mark.start === from) out.push(h("a", { class: "back", id: `y-${mark.key}`, href: "#understanding", data: { keys: mark.key }, "aria-label": `转到${mark.label}` }, mark.label));
      }
      const text = cut(block.text, from - block.start, to - block.start);
      out.push(over.length ? h("mark", { class: over.map((mark) => `k-${mark.kind}`).join(" "), data: { keys: over.map((mark) => mark.key).join(" ") } }, text) : text);
    }
    return out;
  }

  // Scroll to an offset; key: to the passage with this key, where it is marked.
  show(start, key = null) {
    const block = this.blocks[this.first(start)];
    if (!block) return;
    const marked = key ? `mark[data-keys~="${CSS.escape(key)}"]` : "mark.k-now";
    const target = block.element.querySelector(marked) ?? block.element;
    const box = target.getBoundingClientRect();
    if (getComputedStyle(this.pane).overflowY === "auto") this.pane.scrollTop += box.top - this.pane.getBoundingClientRect().top - this.pane.clientHeight / 3;
    else target.scrollIntoView({ block: "center" });
  }

  click(event) {
    if (!getSelection().isCollapsed) return;
    const mark = event.target.closest("[data-keys]");
    if (!mark) return;
    if (mark.matches("a")) event.preventDefault();
    this.on.choose(mark.dataset.keys.split(" "));
  }

  // The offset in the text of a place in the page, null outside the text.
  offsetOf(node, within) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const holder = element?.closest("[data-start]");
    if (!holder || !this.pane.contains(holder)) return null;
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, within);
    const part = range.cloneContents();
    for (const badge of part.querySelectorAll(".back")) badge.remove();
    return Number(holder.dataset.start) + lengthOf(part.textContent);
  }

  selection() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !this.pane.contains(chosen.anchorNode) || !this.pane.contains(chosen.focusNode)) { this.on.selected(null); return; }
    const range = chosen.getRangeAt(0);
    const start = this.offsetOf(range.startContainer, range.startOffset);
    let end = this.offsetOf(range.endContainer, range.endOffset);
    if (start !== null && end === null) end = start + lengthOf(String(chosen).trim());
    this.on.selected(start !== null && end > start ? { start, end, range } : null);
  }

  // [start, end, quote] of a stretch, without white space at its ends. Across blocks the server gives the text.
  async span(start, end) {
    const block = this.blocks[this.first(start)];
    const quote = block && block.start <= start && end <= block.start + block.length ? cut(block.text, start - block.start, end - block.start) : await this.on.fetchText(start, end);
    if (!quote?.trim()) return null;
    const lead = lengthOf(quote) - lengthOf(quote.trimStart());
    const trimmed = quote.trim();
    return [start + lead, start + lead + lengthOf(trimmed), trimmed];
  }

  // The sentence that holds an offset.
  sentence(offset) {
    const block = this.blocks[this.first(offset)];
    if (!block) return null;
    const letters = [...block.text];
    let from = offset - block.start;
    let to = from;
    while (from > 0 && !"。；;！？".includes(letters[from - 1])) from -= 1;
    while (to < letters.length && !"。；;！？".includes(letters[to])) to += 1;
    return { start: block.start + from, end: block.start + Math.min(to, letters.length) };
  }

  // Mark the words; the first step goes to the place that is nearest after `near`.
  find(words, near = 0) {
    const before = this.found;
    this.found = [];
    if (words) {
      for (const block of this.blocks) {
        for (let at = block.text.indexOf(words); at >= 0 && this.found.length < 500; at = block.text.indexOf(words, at + words.length)) {
          const start = block.start + lengthOf(block.text.slice(0, at));
          this.found.push({ key: "f", label: "", kind: "f", start, end: start + lengthOf(words) });
        }
      }
    }
    const after = this.found.findIndex((mark) => mark.start >= near);
    this.at = Math.max(after, 0) - 1;
    this.paint(this.touched([...before, ...this.found]));
    return this.found.length;
  }

  step(by) {
    if (!this.found.length) return null;
    this.at = (this.at + by + this.found.length) % this.found.length;
    const mark = this.found[this.at];
    this.found.forEach((one, at) => { one.kind = at === this.at ? "f k-now" : "f"; });
    this.paint(this.touched(this.found));
    this.show(mark.start);
    tell(`第 ${this.at + 1} 处，共 ${this.found.length} 处`);
    return mark;
  }
}

// The line above the original while a passage is being taken for something.
export class Picking {
  constructor(original) {
    this.original = original;
    this.bar = byId("picking");
    this.waiting = null;
    this.chosen = null;
  }

  get isOn() { return Boolean(this.waiting); }

  // near: the offset from which words are looked for.
  start(what, near = 0) {
    this.finish(null);
    this.near = near;
    this.use = h("button", { type: "button", class: "button", disabled: !this.chosen, onclick: () => this.take() }, "使用所选文字");
    const found = h("input", { type: "search", "aria-label": "输入原文中的字词查找", placeholder: "或输入其中的字词，按回车", id: "pick-find",
      onkeydown: (event) => this.findKey(event) });
    this.bar.replaceChildren(
      h("p", { id: "picking-words" }, `为${what}选取原文：在原文中选中文字。`),
      h("div", { class: "tools" }, found, this.use,
        h("button", { type: "button", class: "button quiet-button", onclick: () => this.finish(null) }, "取消")));
    this.bar.hidden = false;
    document.body.classList.add("is-picking");
    return new Promise((resolve) => { this.waiting = resolve; });
  }

  // Enter finds the words and takes the sentence around them as the choice; again: the next place.
  findKey(event) {
    if (event.key === "Escape") { event.stopPropagation(); this.finish(null); return; }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const words = event.target.value.trim();
    if (words !== this.words) { this.words = words; this.original.find(words, this.near); }
    const mark = this.original.step(1);
    if (!mark) { tell("原文中没有这些字词"); return; }
    this.chosen = this.original.sentence(mark.start);
    this.use.disabled = false;
    this.use.textContent = "使用这一句";
  }

  selected(stretch) {
    if (!this.isOn || !stretch) return;
    this.chosen = stretch;
    this.use.disabled = false;
    this.use.textContent = "使用所选文字";
  }

  async take() {
    const span = this.chosen ? await this.original.span(this.chosen.start, this.chosen.end) : null;
    if (!span) { tell("请先在原文中选中文字"); return; }
    this.finish(span);
  }

  finish(span) {
    this.bar.hidden = true;
    this.bar.replaceChildren();
    document.body.classList.remove("is-picking");
    if (this.words) { this.original.find(""); this.words = ""; }
    this.chosen = null;
    const done = this.waiting;
    this.waiting = null;
    done?.(span);
  }
}
