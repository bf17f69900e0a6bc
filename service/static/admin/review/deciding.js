// Publish, return, withdraw, give up an edit, add an item, and settle what two people changed at once.
import { desk, drafts, isUndecided, page } from "./desk.js";
import { askConflict, askReason, askYes, showProblems } from "./dialogs.js";
import { byId, clip, focusPlace, h, tell } from "./dom.js";
import { goTo } from "./finding.js";
import { ask, messageOf } from "./save.js";
import { isSame } from "./session.js";
import { coverage, leaves } from "./tree.js";
import { isStated } from "./words.js";

export async function approve() {
  const draft = desk.current;
  if (byId("do-approve").disabled) { tell("没有需要发布的修改"); return; }
  if (draft.isUnfinished) {
    const node = [...leaves(draft.tree)].find((one) => one.draft || one._raw);
    tell("有未填完或无法识别的内容，请先改正");
    if (node) desk.conditions.open(node);
    return;
  }
  if (await isSaved(draft)) await publish([draft]);
}

async function isSaved(draft) {
  const done = await desk.saver.flush(draft);
  if (!done) tell("有修改还没有保存，暂不能发布");
  return done;
}

async function publish(wanted) {
  const revisions = Object.fromEntries(wanted.map((draft) => [draft.id, draft.revision]));
  const answer = await ask(page.urls.approve, { method: "POST", body: { item_ids: Object.keys(revisions), revisions } });
  if (!answer.ok) {
    const named = problemsOf(answer);
    await showProblems("暂不能发布", named.length ? named : [{ message: messageOf(answer) }], goToProblem);
    if (answer.status === 409) { await settle(wanted); desk.draw(); }
    return;
  }
  await settle(wanted);
  tell(wanted.length === 1 ? "已发布" : `已发布 ${wanted.length} 项`);
  nextUndecided();
}

// The state of items after a decision, as the server has it.
async function settle(wanted) {
  await Promise.all(wanted.map((draft) => refresh(draft)));
}

// Take over what the server has; says who changed what if it was somebody else.
export async function refresh(draft) {
  const answer = await ask(draft.urls.edit);
  if (!answer.ok || desk.saver.running.has(draft)) return [];
  const taken = draft.dirty.size ? [] : draft.take(answer.body.item);
  if (!draft.dirty.size) draft.accept(answer.body);
  return taken;
}

// Problems of a refusal: [{item_id, path, message}].
function problemsOf(answer) {
  const details = answer.body?.error?.details ?? {};
  if (Array.isArray(details)) return details;
  return Object.entries(details).flatMap(([id, found]) => (Array.isArray(found) ? found.map((one) => ({ ...one, item_id: id, message: `${titleOf(id)}${one.message}` })) : []));
}

function titleOf(id) {
  const draft = drafts.find((one) => one.id === id);
  return draft && draft !== desk.current ? `事项${draft.ordinal} ${clip(draft.item.title, 18)}：` : "";
}

function goToProblem(problem) {
  const draft = drafts.find((one) => one.id === problem.item_id) ?? desk.current;
  if (draft !== desk.current) desk.open(draft, { focus: false });
  if (problem.path !== "document") goTo(problem.path ?? "title");
}

export async function approveAll() {
  const wanted = drafts.filter(isUndecided);
  if (!wanted.length) { tell("没有待发布的事项"); return; }
  for (const draft of drafts) if (draft.dirty.size && !(await isSaved(draft))) { desk.open(draft); return; }
  const free = wanted.filter((draft) => coverage(draft.tree, isStated).free);
  const body = [h("p", {}, `将发布本文件的 ${wanted.length} 个事项：`),
    h("ul", {}, wanted.slice(0, 12).map((draft) => h("li", {}, draft.item.title)), wanted.length > 12 ? h("li", {}, `等 ${wanted.length} 项`) : null),
    free.length ? h("p", { class: "fault" }, `其中 ${free.length} 项还有未能解析的条件，须先逐条决定。`) : null];
  if (await askYes("发布整份文件", body, `发布 ${wanted.length} 项`)) await publish(wanted);
}

export async function reject() {
  const draft = desk.current;
  const published = draft.status === "published";
  const word = published ? "撤回" : "退回";
  if (byId("do-reject").disabled) { tell("该事项已经退回或撤回"); return; }
  const reason = await askReason(`“${draft.item.title}”。${published ? "撤回后企业不再看到此事项。" : "退回后不再列入待审核。"}`, `${word}理由`, `${word}事项`, published ? ["政策已调整", "内容有误"] : ["不是惠企事项", "内容重复", "原文不完整"]);
  if (!reason) return;
  const answer = await ask(page.urls.reject, { method: "POST", body: { item_ids: [draft.id], reason } });
  if (!answer.ok) { showProblems(`暂不能${word}`, [{ message: messageOf(answer) }], () => {}); return; }
  await settle([draft]);
  tell(`已${word}`);
  nextUndecided();
}

export async function discard() {
  const draft = desk.current;
  if (!(await askYes("放弃修改", h("p", {}, "放弃对本事项的全部修改，恢复为修改前的内容？"), "放弃修改"))) return;
  const answer = await ask(draft.urls.discard, { method: "POST", body: {} });
  if (!answer.ok) { tell(messageOf(answer)); return; }
  draft.dirty.clear();
  draft.faults = [];
  draft.past = [];
  draft.setItem(answer.body.item);
  draft.accept(answer.body);
  desk.open(draft);
}

function nextUndecided() {
  const at = drafts.indexOf(desk.current);
  const next = [...drafts.slice(at + 1), ...drafts.slice(0, at)].find(isUndecided);
  if (next) { desk.open(next); return; }
  desk.open(desk.current, { focus: false });
  tell("本文件的事项都已处理");
  if (!focusPlace(document, "next-document")) byId("back-to-inbox")?.focus();
}

// Somebody else has changed the same fields meanwhile: a person chooses, field by field; the others are merged.
export async function resolveConflict(draft, { theirs, fields = [] }) {
  const both = fields.filter((key) => draft.dirty.has(key) && !isSame(theirs.item[key], draft.value(key)));
  if (both.length && draft !== desk.current) await desk.open(draft, { focus: false });
  const chosen = both.length ? await askConflict(theirs, both, (key) => draft.value(key)) : {};
  for (const key of both) if (chosen[key] === "theirs") draft.dirty.delete(key);
  draft.take(theirs.item);
  draft.accept(theirs);
  desk.saver.release(draft);
  if (draft === desk.current) { desk.draw(); desk.impact.refresh(draft); }
  tell(both.length ? "已按所选合并两人的修改" : `已并入${theirs.by ?? "他人"}的修改`);
}

export async function createItem(span) {
  const answer = await ask(page.urls.create, { method: "POST", body: { title: clip(span[2], 60), span } });
  if (answer.ok && answer.body.url) location.assign(answer.body.url);
  else tell(messageOf(answer, "暂时不能新建事项"));
}

// What can be made of a passage that is selected while nothing waits for one.
export function offerSelection(stretch) {
  const box = byId("selection-offer");
  box.hidden = !stretch || desk.picking.isOn;
  if (box.hidden) return;
  const offer = (words, use) => h("button", { type: "button", class: "tool framed", onpointerdown: (event) => event.preventDefault(), onclick: async () => {
    const span = await desk.original.span(stretch.start, stretch.end);
    box.hidden = true;
    getSelection().removeAllRanges();
    if (span) use(span);
  } }, words);
  box.replaceChildren(
    ...(desk.current ? [offer("新建条件", (span) => desk.conditions.add(desk.current.tree.id, span)), offer("新建支持内容", (span) => desk.fields.addBenefit(span))] : []),
    offer("新建事项", createItem));
  const pane = byId("original").getBoundingClientRect();
  box.style.setProperty("--top", `${Math.max(stretch.range.getBoundingClientRect().bottom - pane.top + 6, 0)}px`);
}
