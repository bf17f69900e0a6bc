// What is told beside the fields: how far the item is understood, what is wrong with it, whether it is saved, the list
// of items, and what may be done. Drawn also while somebody types, so apart from the fields.
import { desk, drafts, isUndecided, nodeOf, problems } from "./desk.js";
import { byId, h, timeOf } from "./dom.js";
import { goTo } from "./finding.js";
import { coverage, leaves } from "./tree.js";
import { isStated } from "./words.js";

const PARTS = [["checked", "✓", "可自动核对"], ["stated", "◐", "企业确认"], ["free", "？", "未能解析"]];

export function drawStatus() {
  const { tree } = desk.current;
  const count = coverage(tree, isStated);
  // What is in the tray, or above for the whole document, need not be said twice.
  const unread = new Set([...leaves(tree)].filter((node) => node.free || node.draft).map((node) => node.id));
  const found = problems().filter((problem) => problem.path !== "document" && !unread.has(nodeOf(problem.path)));
  const worst = found.some((problem) => problem.severity !== "warning");
  byId("item-status")?.replaceChildren(
    h("div", { class: "meter", role: "img", "aria-label": PARTS.map(([key, , words]) => `${words} ${count[key]} 项`).join("，") }, PARTS.map(([key, , words]) => bar(key, words, count[key]))),
    h("ul", { class: "meter-legend small" }, PARTS.map(([key, sign, words]) => h("li", {}, h("span", { class: `meter-sign meter-${key}`, "aria-hidden": "true" }, sign), ` ${words} `, h("strong", { class: "num" }, count[key])))),
    found.length ? h("details", { class: "problems", open: true }, h("summary", {}, worst ? `须改正后才能发布（${found.length}）` : `请留意（${found.length}）`), h("ul", {}, found.map(problemLine))) : "");
  drawActions();
}

function bar(key, words, number) {
  if (!number) return null;
  const part = h("span", { class: `meter-part meter-${key}`, title: `${words} ${number}` });
  part.style.flex = `${number} 0 .5rem`;
  return part;
}

function problemLine(problem) {
  const words = `${problem.severity === "warning" ? "提醒" : "须改正"}：${problem.message}`;
  return h("li", { class: problem.severity }, problem.path ? h("button", { type: "button", class: "quote-link", onclick: () => goTo(problem.path) }, words) : words);
}

export function drawList() {
  for (const draft of drafts) {
    const row = document.querySelector(`[data-item="${CSS.escape(draft.id)}"]`);
    if (!row) continue;
    const { free } = coverage(draft.tree, isStated);
    if (draft === desk.current) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
    row.title = `${draft.item.title}（${draft.status_word}${free ? `，未能解析 ${free}` : ""}）`;
    row.querySelector(".item-title").textContent = draft.item.title;
    row.querySelector(".item-state").textContent = draft.status_word;
    row.querySelector(".item-state").className = `item-state state-${draft.status}`;
    row.querySelector(".item-free").replaceChildren(...(free ? [h("b", {}, "未解析 "), String(free)] : []));
  }
  byId("item-place").textContent = `${drafts.indexOf(desk.current) + 1} / ${drafts.length}`;
  byId("items-done").textContent = `待处理 ${drafts.filter(isUndecided).length} 项`;
}

export function showState() {
  const box = byId("saved");
  const draft = desk.current;
  const [state, words] = draft?.state ?? ["saved"];
  const others = drafts.filter((one) => one !== draft && one.state && one.state[0] !== "saved").length;
  const who = draft?.by && draft.by !== byId("review").dataset.me ? `${draft.by} ` : "";
  const said = {
    saved: draft?.revision ? `${who}已保存 ${timeOf(draft.at)}` : "没有未保存的修改",
    saving: "正在保存", failed: `未保存：${words}`, refused: "有内容未保存，请按提示改正",
  }[state];
  box.dataset.state = state;
  box.textContent = said + (others ? `；另有 ${others} 个事项未保存` : "");
}

export function drawActions() {
  const draft = desk.current;
  const published = draft.status === "published";
  const edited = draft.is_working_copy || draft.dirty.size > 0;
  byId("do-approve").textContent = published ? (edited ? "发布修改" : "已发布") : "发布";
  byId("do-approve").disabled = published && !edited;
  byId("do-reject").textContent = published ? "撤回" : "退回";
  byId("do-reject").disabled = draft.status === "withdrawn";
  byId("do-discard").hidden = !edited;
  byId("do-approve-all").hidden = !drafts.some(isUndecided);
  byId("do-undo").disabled = !draft.past.length;
}
