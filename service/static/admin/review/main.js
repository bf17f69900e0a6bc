// The review screen put together: which item is open, what is drawn, what is sent, and what the keys do.
import { linkSentences } from "../../links.js";
import { Conditions } from "./conditions.js";
import { approve, approveAll, createItem, discard, offerSelection, refresh, reject, resolveConflict } from "./deciding.js";
import { desk, drafts, isUndecided, nodeOf, openTab, page, problems } from "./desk.js";
import { askReason, showHelp } from "./dialogs.js";
import { byId, focusPlace, h, redraw, tell } from "./dom.js";
import { Fields } from "./fields.js";
import { chooseByMark, listenToFind, nextUnread, showPassage } from "./finding.js";
import { Impact } from "./impact.js";
import { listenToKeys } from "./keys.js";
import { marksOf, marksOfOthers } from "./marks.js";
import { Original, Picking } from "./original.js";
import { beat } from "./presence.js";
import { Saver, ask } from "./save.js";
import { drawActions, drawList, drawStatus, showState } from "./status.js";
import { FIELD_WORDS } from "./words.js";

const root = byId("review");
const editor = byId("editor");
const restored = drafts.filter((draft) => draft.restore());

desk.original = new Original(document.querySelector(".pane"), {
  choose: chooseByMark,
  selected: (stretch) => { desk.picking.selected(stretch); offerSelection(stretch); },
  fetchText: async (start, end) => (await ask(`${page.urls.text}?start=${start}&end=${end}`)).body.text ?? "",
});
desk.picking = new Picking(desk.original);
desk.impact = new Impact(byId("impact"));
desk.saver = new Saver({
  state: (draft, state, words) => { draft.state = [state, words]; showState(); },
  saved: whenSaved,
  refused: (draft) => { if (draft === desk.current) desk.draw(); showState(); },
  conflict: resolveConflict,
});

const shared = {
  redraw: draw,
  show: showPassage,
  async pick(words) {
    openTab("original");
    const span = await desk.picking.start(words, desk.current?.item.spans[0]?.[0]);
    openTab("understanding");
    return span;
  },
};
desk.conditions = new Conditions({
  ...shared,
  change: (tree, at) => change("conditions", tree, at),
  suggest: async (kind, words) => (await ask(`${page.urls.suggest}?kind=${kind}&q=${encodeURIComponent(words)}`)).body.suggestions ?? [],
  faultsOf: (id) => problems().filter((problem) => problem.path.startsWith("conditions") && nodeOf(problem.path) === id),
  explain: (words, label) => askReason(words, label, "与条件无关", ["属于背景说明", "属于办理流程", "属于监督要求", "与其他条件重复"]),
  note: (words) => { desk.current.addNote(words); },
});
desk.fields = new Fields({
  ...shared,
  kinds: page.benefit_kinds,
  change,
  faultsAt: (path) => problems().filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`)),
});
Object.assign(desk, { draw, open });

function change(key, value, at = "") {
  desk.current.change(key, value, at);
  desk.saver.touch(desk.current);
  drawStatus();
  if (!at) paintOriginal();
}

async function whenSaved(draft, taken) {
  if (draft.status === "draft") await ask(page.urls.start, { method: "POST", body: { item_ids: [draft.id] } }).then((answer) => { if (answer.ok) Object.assign(draft, { status: "in_review", status_word: "审核中" }); });
  drawList();
  if (draft !== desk.current) return;
  if (taken.length) { draw(); tell(`已并入他人的修改：${taken.map((key) => FIELD_WORDS[key]).join("、")}`); }
  drawStatus();
  showFaults();
  desk.impact.refresh(draft);
}

// Problems come and go with what is typed; the rows show them once nobody is in the middle of one.
function showFaults() {
  if (!editor.contains(document.activeElement) || !document.activeElement.matches("input, textarea, select")) draw();
}

function draw() {
  const draft = desk.current;
  draft.value("conditions");
  const section = (id, title, ...content) => h("section", { class: "part", "aria-labelledby": id }, h("h3", { id }, title), content.flat());
  const { conditions, fields } = desk;
  redraw(editor,
    h("div", { id: "item-status" }),
    fields.title(draft),
    section("part-conditions", "申报条件", conditions.draw(draft)),
    section("part-benefits", "支持内容", fields.benefits()),
    section("part-window", "申报时间", fields.window()),
    section("part-practical", "办理", fields.automatic(), fields.single("department", "d1", "受理部门"), fields.single("channel", "a1", "申报方式"),
      h("h4", {}, "联系方式"), fields.many("contacts", "k", "联系方式"), h("h4", {}, "申报材料"), fields.many("materials", "m", "申报材料")));
  drawStatus();
  paintOriginal();
}

function paintOriginal() {
  desk.original.set(marksOf(desk.current), marksOfOthers(drafts, desk.current));
}

async function open(draft, { focus = true, keepAddress = false } = {}) {
  if (desk.picking.isOn) desk.picking.finish(null);
  if (desk.current && desk.current !== draft && desk.current.dirty.size) desk.saver.flush(desk.current);
  desk.current = draft;
  draw();
  drawList();
  showState();
  byId("item-history").href = draft.urls.history;
  desk.impact.refresh(draft, 150);
  if (!keepAddress) history.replaceState(null, "", `?item=${encodeURIComponent(draft.id)}`);
  const row = document.querySelector('[data-item][aria-current="true"]');
  row?.scrollIntoView({ block: "nearest" });
  byId("understanding-scroll").scrollTo(0, 0);
  if (draft.item.spans.length) desk.original.show(draft.item.spans[0][0]);
  if (focus) row?.focus({ preventScroll: true });
  await takeOver(draft);
}

// Another's changes since this page was made.
async function takeOver(draft) {
  const before = draft.revision;
  const taken = await refresh(draft);
  if (draft !== desk.current) return;
  if (taken.length) { draw(); tell(`已更新为${draft.by ?? "他人"}的修改：${taken.map((key) => FIELD_WORDS[key]).join("、")}`); }
  if (draft.revision !== before) desk.impact.refresh(draft);
  drawActions();
  showState();
}

function step(by) {
  const next = drafts[drafts.indexOf(desk.current) + by];
  if (next) open(next);
  else tell(by > 0 ? "已是最后一个事项" : "已是第一个事项");
}

function undo() {
  const key = desk.current.undo();
  if (!key) { tell("没有可撤销的修改"); return; }
  desk.saver.touch(desk.current);
  draw();
  tell(`已撤销对“${FIELD_WORDS[key]}”的修改`);
}

function fit() {
  root.style.setProperty("--above", `${Math.round(document.querySelector(".panes").getBoundingClientRect().top + scrollY)}px`);
}

function wire() {
  for (const row of document.querySelectorAll("[data-item]")) {
    row.addEventListener("click", (event) => { event.preventDefault(); open(drafts.find((draft) => draft.id === row.dataset.item)); });
  }
  const on = (id, action) => byId(id)?.addEventListener("click", (event) => { event.preventDefault(); action(); });
  for (const [id, action] of [["do-approve", approve], ["do-reject", reject], ["do-approve-all", approveAll], ["do-discard", discard], ["do-undo", undo],
    ["do-help", showHelp], ["item-previous", () => step(-1)], ["item-next", () => step(1)], ["item-create", newItem]]) on(id, action);
  for (const tab of document.querySelectorAll("[data-tab-of]")) tab.addEventListener("click", () => openTab(tab.dataset.tabOf));
  for (const only of document.querySelectorAll("[data-with-script]")) only.hidden = false;
  for (const gone of document.querySelectorAll("[data-without-script]")) gone.remove();
  listenToFind();
  listenToKeys({
    J: () => step(1), K: () => step(-1), E: () => { openTab("understanding"); focusPlace(editor, "title"); }, A: approve, R: reject,
    N: nextUnread, U: undo, "/": () => { openTab("original"); byId("find").focus(); }, "?": showHelp,
  });
  linkSentences({ follow: false, show: (key) => showPassage(key) });
  addEventListener("resize", fit);
  addEventListener("pagehide", sendWhatIsLeft);
}

async function newItem() {
  const span = await shared.pick("新事项");
  if (span) createItem(span);
}

// What is not sent when the page goes is kept in the browser anyway; this saves the next visit the waiting.
function sendWhatIsLeft() {
  for (const draft of drafts) if (draft.dirty.size) ask(draft.urls.edit, { method: "PUT", body: { revision: draft.revision, changes: draft.changes() }, keepalive: true });
}

wire();
root.classList.add("is-live");
openTab("understanding");
fit();
if (drafts.length) {
  const asked = new URLSearchParams(location.search).get("item") ?? decodeURIComponent(location.hash.slice(1));
  await open(drafts.find((draft) => draft.id === asked) ?? drafts.find(isUndecided) ?? drafts[0], { focus: false, keepAddress: true });
  for (const draft of restored) desk.saver.touch(draft, 0);
  if (restored.length) tell("已恢复上次没有保存的修改");
}
beat(page.urls.presence, {
  itemId: () => desk.current?.id,
  revisions: (known) => { const draft = desk.current; if (draft && (known[draft.id] ?? 0) > draft.revision && !draft.dirty.size) takeOver(draft); },
});
