// What is open for review: the document's items, each with its fields as edited here, what of them is not saved yet,
// and the way back. Nothing here touches the page; who draws listens.
import { adopt, fromJson, leaves, reconcile, toJson } from "./tree.js";

const KEPT = "huiqi.review.";
const UNDO_DEPTH = 100;
const TYPING_MS = 1500; // what is typed into one field within this time is undone in one step
export const FIELDS = ["title", "conditions", "benefits", "window", "department", "channel", "contacts", "materials", "no_application"];

// Fields without what only the page needs (keys that begin with _).
export function clean(value) {
  if (Array.isArray(value)) return value.map(clean);
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("_")).map(([key, part]) => [key, clean(part)]));
  return value;
}

// Equal as values: the order of keys says nothing.
const sorted = (_, value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, value[key]])) : value);
export const isSame = (one, other) => JSON.stringify(one ?? null, sorted) === JSON.stringify(other ?? null, sorted);

// One item under review.
export class Draft {
  constructor(raw) {
    Object.assign(this, raw); // id, ordinal, status, revision, version, problems, coverage, item …
    this.dirty = new Set();
    this.faults = []; // {path, message}: what the server would not take
    this.past = [];
    this.paths = new Map();
    this.noted = ""; // why something was done, not sent yet
    this.setItem(raw.item);
  }

  setItem(item) {
    this.item = { ...item };
    this.tree = fromJson(item.conditions);
    toJson(this.tree, (this.paths = new Map()));
  }

  value(key) {
    return key === "conditions" ? toJson(this.tree, (this.paths = new Map())) : clean(this.item[key]);
  }

  get isUnfinished() {
    return [...leaves(this.tree)].some((node) => node.draft || node._raw) || JSON.stringify(this.item).includes('"_raw":');
  }

  // Take a change of one field; at: the control it came from, so that typing is one step of undo.
  change(key, value, at = "") {
    const last = this.past.at(-1);
    const now = Date.now();
    const before = key === "conditions" ? this.tree : this.item[key];
    if (last && at && last.at === at && now - last.time < TYPING_MS) last.time = now;
    else this.past.push({ key, before, at, time: now });
    if (this.past.length > UNDO_DEPTH) this.past.shift();
    this.put(key, value);
  }

  put(key, value) {
    if (key === "conditions") this.tree = value;
    else this.item[key] = value;
    this.dirty.add(key);
    this.faults = this.faults.filter((fault) => fault.path.split("/")[0] !== key);
    this.keep();
  }

  // Why something was done goes with the next saving, beside what was said before.
  addNote(words) {
    this.noted = [this.noted || this.note, words].filter(Boolean).join("；").slice(-500);
  }

  // Take back the last change; returns its field, or null.
  undo() {
    const last = this.past.pop();
    if (!last) return null;
    this.put(last.key, last.before);
    return last.key;
  }

  // What is to be sent: the changed fields that the server has not refused as they stand.
  changes() {
    const refused = new Set(this.faults.map((fault) => fault.path.split("/")[0]));
    return Object.fromEntries([...this.dirty].filter((key) => !refused.has(key)).map((key) => [key, this.value(key)]));
  }

  // What only this page knows is kept in the browser until the server has it.
  keep() {
    try {
      if (!this.dirty.size && !this.isUnfinished) return localStorage.removeItem(KEPT + this.id);
      const fields = Object.fromEntries([...this.dirty].filter((key) => key !== "conditions").map((key) => [key, this.item[key]]));
      localStorage.setItem(KEPT + this.id, JSON.stringify({ revision: this.revision, dirty: [...this.dirty], fields, tree: this.tree, noted: this.noted }));
    } catch { /* private windows may refuse; the server still gets it */ }
    return undefined;
  }

  // Take up what an earlier visit left behind; says whether there was anything.
  restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(KEPT + this.id) ?? "null"); } catch { kept = null; }
    if (!kept) return false;
    const unfinished = kept.tree && [...leaves(kept.tree)].some((node) => node.draft || node._raw);
    if (!kept.dirty.length && !unfinished) { localStorage.removeItem(KEPT + this.id); return false; }
    if (kept.dirty.includes("conditions") || (unfinished && kept.revision === this.revision)) this.tree = adopt(kept.tree);
    Object.assign(this.item, kept.fields);
    this.dirty = new Set(kept.dirty);
    this.noted = kept.noted ?? "";
    if (this.dirty.size) this.revision = kept.revision; // so that another's change meanwhile is noticed
    return true;
  }

  // The server's state of the item. Fields that are being edited here keep what stands here.
  accept(reply, sent = {}) {
    for (const key of Object.keys(sent)) {
      if (isSame(this.value(key), sent[key])) this.dirty.delete(key);
    }
    for (const key of ["revision", "version", "problems", "coverage", "by", "at", "note", "status", "is_working_copy"]) {
      if (reply[key] !== undefined) this[key] = reply[key];
    }
    if (sent.conditions && reply.item && !this.dirty.has("conditions")) this.tree = reconcile(this.tree, reply.item.conditions);
    if (reply.status_label) this.status_word = reply.status === "published" && reply.is_working_copy ? `${reply.status_label}，有修改` : reply.status_label;
    this.keep();
  }

  // Take over the server's fields wherever nothing is being edited here; returns the fields that changed.
  take(item, except = this.dirty) {
    const taken = FIELDS.filter((key) => !except.has(key) && !isSame(item[key], this.value(key)));
    for (const key of taken) {
      if (key === "conditions") this.tree = fromJson(item.conditions);
      else this.item[key] = item[key];
      this.dirty.delete(key);
    }
    if (taken.length) this.past = [];
    this.value("conditions");
    this.keep();
    return taken;
  }
}
