// From one side to the other: from a problem to its field, from a field to its sentence, from a sentence to its field.
import { desk, drafts, nodeOf, openTab } from "./desk.js";
import { byId, focusPlace, tell } from "./dom.js";
import { coverage, leaves } from "./tree.js";
import { isStated } from "./words.js";

const editor = byId("editor");
const inView = () => document.activeElement?.scrollIntoView({ block: "center" });
const PLACES = {
  title: () => "title", conditions: () => "add-condition", benefits: (at) => `b${at ?? 0}:kind`, window: () => "w:closes", department: () => "d1:text",
  channel: () => "a1:text", contacts: (at) => `k${Number(at ?? 0) + 1}:text`, materials: (at) => `m${Number(at ?? 0) + 1}:text`, no_application: () => "automatic",
};

// Open and focus the field that a path names.
export function goTo(path) {
  openTab("understanding");
  const [key, at] = path.split("/");
  const node = key === "conditions" ? [...leaves(desk.current.tree)].find((one) => one.id === nodeOf(path)) : null;
  if (node) desk.conditions.open(node, path.endsWith("/value") ? `${node.id}:value0` : null);
  else if (!focusPlace(editor, PLACES[key]?.(at) ?? "title") && !focusPlace(editor, `add-${key === "benefits" ? "benefit" : key}`)) focusPlace(editor, "title");
  inView();
}

function goToKey(key) {
  openTab("understanding");
  const node = key[0] === "c" ? [...leaves(desk.current.tree)].find((one) => `c${one.id}` === key) : null;
  if (node) desk.conditions.open(node);
  else {
    const box = editor.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (box?.querySelector("input, select, textarea, button") ?? box)?.focus();
  }
  inView();
}

// A passage was clicked: to its field; to its item, if it is another's.
export function chooseByMark(keys) {
  if (desk.picking.isOn) return;
  const mine = keys.filter((key) => key[0] !== "i" && key !== "f");
  const key = mine.findLast((one) => one[0] === "c") ?? mine.find((one) => one !== "t1");
  const other = drafts.find((draft) => keys.includes(`i${draft.ordinal}`));
  if (key) goToKey(key);
  else if (mine.length) goTo("title");
  else if (other) desk.open(other);
}

// jump: on a narrow screen go to the other pane too.
export function showPassage(key, jump = false) {
  const mark = desk.original.marks.find((one) => one.key === key);
  if (!mark) return;
  if (jump) openTab("original");
  desk.original.show(mark.start, key);
}

export function nextUnread() {
  openTab("understanding");
  const rows = [...editor.querySelectorAll(".tray [data-free]")];
  if (rows.length) {
    rows[(rows.indexOf(document.activeElement) + 1) % rows.length].focus();
    inView();
    return;
  }
  const next = drafts.find((draft) => draft !== desk.current && coverage(draft.tree, isStated).free);
  if (!next) { tell("没有未能解析的文字"); return; }
  desk.open(next).then(() => { editor.querySelector(".tray [data-free]")?.focus(); inView(); });
}

export function listenToFind() {
  const field = byId("find");
  const count = byId("find-count");
  let asked = "";
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = asked = count.textContent = ""; desk.original.find(""); return; }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const words = field.value.trim();
    if (words !== asked) { asked = words; desk.original.find(words, desk.current?.item.spans[0]?.[0]); }
    desk.original.step(event.shiftKey ? -1 : 1);
    count.textContent = !words ? "" : desk.original.found.length ? `${desk.original.at + 1} / ${desk.original.found.length}` : "没有找到";
  });
}
