// Which passages of the original belong to which field of an item, with the keys that tie both sides.
import { leaves } from "./tree.js";

const mark = (key, label, kind, span) => ({ key, label, kind, start: span[0], end: span[1] });

// Of the item under review: every field at its sentence.
export function marksOf(draft) {
  const { item, tree } = draft;
  const found = item.spans.map((span) => mark("t1", "", "s", span));
  let number = 0;
  for (const node of leaves(tree)) {
    number += 1;
    if (node.span && !node.implied) found.push(mark(`c${node.id}`, String(number), node.free || node.draft ? "u" : "c", node.span));
  }
  item.benefits.forEach((benefit, at) => { if (benefit.span) found.push(mark(`b${at + 1}`, `支持${at + 1}`, "b", benefit.span)); });
  if (item.window?.span) found.push(mark("w1", "申报期", "w", item.window.span));
  if (item.department?.span) found.push(mark("d1", "受理部门", "w", item.department.span));
  if (item.channel?.span) found.push(mark("a1", "申报方式", "w", item.channel.span));
  item.contacts.forEach((one, at) => found.push(mark(`k${at + 1}`, "联系方式", "w", one.span)));
  item.materials.forEach((one, at) => found.push(mark(`m${at + 1}`, `材料${at + 1}`, "w", one.span)));
  const at = item.no_application ? item.spans.find((span) => span[2].includes("免申即享")) : null;
  if (at) {
    const start = at[0] + [...at[2].slice(0, at[2].indexOf("免申即享"))].length;
    found.push(mark("f1", "免申", "w", [start, start + 4]));
  }
  return found;
}

// Of the other items: the passages they were read from.
export function marksOfOthers(drafts, current) {
  return drafts.filter((draft) => draft !== current)
    .flatMap((draft) => draft.item.spans.map((span, at) => mark(`i${draft.ordinal}`, at ? "" : `事项${draft.ordinal}`, "i", span)));
}
