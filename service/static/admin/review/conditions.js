// The conditions of an item as a tree to edit: rows that read as sentences and open into fields, groups with a head,
// and the tray of sentences that nobody has understood yet.
import { button, clip, focusPlace, h, tell } from "./dom.js";
import { chooser } from "./choosing.js";
import * as tree from "./tree.js";
import { allFacts, factOf, isStated, opWords, parts, questionOf } from "./words.js";
import { changeOperator, valueFields } from "./values.js";

const SIGNS = { checked: "✓", stated: "◐", free: "？" };
const keyOf = (node) => `c${node.id}`;

// ui: {change(tree, at), redraw(), pick(words) -> span, show(key), suggest(kind, words), faultsOf(id), explain() -> reason}
export class Conditions {
  constructor(ui) {
    this.ui = ui;
    this.openId = null;
  }

  get tree() { return this.draft.tree; }

  draw(draft) {
    if (this.draft !== draft) this.openId = null;
    this.draft = draft;
    const free = [...tree.leaves(this.tree)].filter((node) => node.free);
    this.numbers = new Map([...tree.leaves(this.tree)].map((node, at) => [node.id, at + 1]));
    return [
      this.tray(free),
      this.tree.children.length
        ? h("ol", { class: "tree", "aria-label": "申报条件" }, this.tree.children.map((node) => this.node(node)))
        : h("p", { class: "empty" }, "没有申报条件。没有条件也没有支持内容的事项不能发布。"),
      h("p", { class: "tools" },
        button("＋ 条件", () => this.add(this.tree.id), { data: { place: "add-condition" }, class: "tool framed" }),
        button("＋ 条件组", () => this.addGroup(this.tree.id), { data: { place: "add-group" }, class: "tool framed" })),
    ];
  }

  edit(next, { at = "", focus = null, redraw = true } = {}) {
    this.ui.change(next, at);
    if (redraw) this.ui.redraw();
    if (focus) focusPlace(document, focus);
  }

  node(node) {
    if (tree.isGroup(node)) return this.group(node);
    return node.id === this.openId ? this.form(node) : this.row(node);
  }

  group(node) {
    const head = h("div", { class: "group-head" },
      h("select", { "aria-label": "组内关系", data: { place: `${node.id}:joint` }, onchange: (event) => this.edit(tree.update(this.tree, node.id, { joint: event.target.value })) },
        tree.JOINTS.map(([joint, words]) => h("option", { value: joint, selected: joint === node.joint }, words))),
      h("span", { class: "quiet small joint-words" }, tree.jointWords(node.joint)),
      h("span", { class: "tools" },
        button("＋ 条件", () => this.add(node.id), { data: { place: `${node.id}:add` } }),
        button("＋ 组", () => this.addGroup(node.id), { data: { place: `${node.id}:add-group` } }),
        ...this.moves(node, "组"),
        tree.canUngroup(this.tree, node) ? button("取消分组", () => this.edit(tree.ungroup(this.tree, node.id), { focus: "add-condition" }), { data: { place: `${node.id}:ungroup` } }) : null,
        button("删除组", () => this.drop(node, `条件组（${[...tree.leaves(node)].length} 项）`), { data: { place: `${node.id}:drop` }, class: "tool bad" })));
    return h("li", { class: `tree-group joint-${node.joint}` }, head,
      h("ol", { class: "tree" }, node.children.map((child) => this.node(child))),
      node.children.length ? null : h("p", { class: "quiet small" }, "组内还没有条件"));
  }

  row(node) {
    const faults = node.free ? [] : this.ui.faultsOf(node.id); // the tray says it
    const quote = node.span?.[2] ?? "";
    const open = () => { this.open(node); this.ui.show(keyOf(node)); };
    const [fact, op, value] = node.free ? [] : parts(node);
    const kind = node.free || node.draft ? "free" : isStated(node.attribute) ? "stated" : "checked";
    const words = node.free
      ? [h("span", { class: "sign-free" }, "未能解析"), " ", h("span", {}, clip(quote, 60))]
      : node.draft ? [h("span", { class: "sign-free" }, "未填完"), " ", h("span", {}, [fact, op, value].filter(Boolean).join(" ") || "新条件")]
        : [h("span", { class: "fact" }, fact), h("span", { class: "op" }, op), h("span", { class: "value num" }, value)];
    return h("li", { class: `cond cond-${kind}`, data: { key: keyOf(node), node: node.id } },
      h("span", { class: "cond-number num", "aria-hidden": "true" }, h("b", {}, SIGNS[kind]), this.numbers.get(node.id)),
      h("div", { class: "cond-body" },
        h("button", { type: "button", class: "cond-words", "aria-expanded": "false", data: { place: `${node.id}:row`, row: node.id }, onclick: open,
          onkeydown: (event) => this.rowKey(event, node) }, words),
        node.implied ? h("p", { class: "quiet small" }, "由发文机关的管辖范围推定")
          : node.free ? null : h("p", { class: "quiet small cond-quote" }, node.span && !quote ? "人工补充" : clip(quote, 46)),
        kind === "stated" ? h("p", { class: "small stated-note" }, "由企业自行确认") : null,
        faults.map((fault) => h("p", { class: `fault small ${fault.severity ?? "error"}` }, fault.message))));
  }

  rowKey(event, node) {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : 0;
    if (step) { event.preventDefault(); this.edit(tree.move(this.tree, node.id, step), { focus: `${node.id}:row` }); }
    if (event.key === "Delete") { event.preventDefault(); this.drop(node); }
  }

  moves(node, what = "") {
    const step = (by) => () => this.edit(tree.move(this.tree, node.id, by), { focus: `${node.id}:${by < 0 ? "up" : "down"}` });
    return [button("↑", step(-1), { "aria-label": `上移${what}`, title: "上移（Alt+↑）", data: { place: `${node.id}:up` } }),
      button("↓", step(1), { "aria-label": `下移${what}`, title: "下移（Alt+↓）", data: { place: `${node.id}:down` } })];
  }

  form(node) {
    const fact = factOf(node.attribute);
    const faults = this.ui.faultsOf(node.id);
    const now = () => tree.find(this.tree, node.id) ?? node;
    const close = () => { this.openId = null; this.ui.redraw(); focusPlace(document, `${node.id}:row`); };
    return h("li", { class: "cond cond-open", data: { key: keyOf(node), node: node.id } },
      h("span", { class: "cond-number num", "aria-hidden": "true" }, this.numbers.get(node.id)),
      h("div", { class: "cond-body", role: "group", "aria-label": "编辑条件", onkeydown: (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } } },
        node.free ? this.freeForm(node) : [
          h("div", { class: "cond-fields" }, this.factField(now, fact), fact ? this.opField(now, fact) : null,
            fact ? valueFields(node, fact, (fields, at, redraw) => this.put(node.id, fields, at, redraw), this.ui.suggest, now) : null),
          fact && isStated(node.attribute) && typeof [node.value].flat()[0] !== "number" ? h("p", { class: "small stated-note" }, `由企业自行确认。企业将看到：${questionOf(node)}`) : null],
        faults.map((fault) => h("p", { class: `fault small ${fault.severity ?? "error"}`, role: "alert" }, fault.message)),
        this.sentence(node),
        h("div", { class: "tools" }, ...this.moves(node),
          button("取反", () => this.edit(tree.negate(this.tree, node.id)), { data: { place: `${node.id}:negate` }, title: "改为相反的要求" }),
          button("归入新组", () => this.edit(tree.wrap(this.tree, node.id)), { data: { place: `${node.id}:wrap` } }),
          fact && !isStated(node.attribute) ? button("改由企业确认", () => this.toCompany(node), { data: { place: `${node.id}:stated` } }) : null,
          button("删除", () => this.drop(node), { data: { place: `${node.id}:drop` }, class: "tool bad" }),
          button("完成", close, { data: { place: `${node.id}:done` }, class: "tool framed" }))));
  }

  factField(now, fact) {
    return chooser({
      label: "指标", value: fact?.label ?? "", place: `${now().id}:fact`, placeholder: "选择指标，可输入查找",
      source: (words) => allFacts().filter((one) => !words || one.label.includes(words) || (one.synonyms ?? []).some((name) => name.includes(words)))
        .map((one) => ({ value: one.key, label: one.label, group: one.group })),
      choose: (option) => this.setFact(now(), factOf(option.value)),
    });
  }

  setFact(node, fact) {
    const op = fact.operators.some((one) => one.op === node.op) ? node.op : fact.operators[0].op;
    const keeps = factOf(node.attribute)?.kind === fact.kind;
    const value = keeps ? node.value : fact.kind === "yes_no" ? true : fact.kind === "stated" ? node.span?.[2] ?? "" : null;
    const start = { ...node, attribute: fact.key, op, value, unit: keeps ? node.unit : fact.unit ?? null, _units: undefined };
    this.put(node.id, { ...start, ...(keeps ? {} : { ...changeOperator(start, fact, op), value: fact.kind === "stated" && !["has", "not_has", "in"].includes(op) ? null : value }) }, "", true);
    focusPlace(document, `${node.id}:op`);
  }

  opField(now, fact) {
    const node = now();
    const known = fact.operators.some((one) => one.op === node.op);
    return h("select", { "aria-label": "比较方式", data: { place: `${node.id}:op` }, onchange: (event) => this.put(node.id, changeOperator(now(), fact, event.target.value), "", true) },
      known ? null : h("option", { value: node.op, selected: true }, opWords(fact, node.op)),
      fact.operators.map((one) => h("option", { value: one.op, selected: one.op === node.op }, one.label)));
  }

  // Take fields of a condition; it is a draft until fact and sentence stand.
  put(id, fields, at = "", redraw = false) {
    const node = tree.find(this.tree, id);
    const next = { ...node, ...fields };
    next.draft = !next.attribute || !next.span || undefined;
    this.edit(tree.replace(this.tree, id, () => next), { at, redraw });
  }

  sentence(node) {
    const quote = node.span?.[2];
    return h("p", { class: "cond-sentence small" },
      node.span && !quote ? h("span", { class: "quiet" }, "人工补充，没有对应的原文") : quote ? h("button", { type: "button", class: "quote-link", data: { to: keyOf(node), place: `${node.id}:quote` }, onclick: () => this.ui.show(keyOf(node), true) }, `原文：${clip(quote, 80)}`)
        : h("span", { class: "fault" }, "还没有依据的原文"),
      button("选取原文", () => this.pick(node), { data: { place: `${node.id}:pick` }, class: "tool framed" }),
      node.draft && !node.span ? button("无对应原文", () => this.put(node.id, { span: [0, 0, ""] }, "", true), { data: { place: `${node.id}:by-hand` }, title: "按其他依据人工补充，没有可引用的原文" }) : null);
  }

  async pick(node) {
    const span = await this.ui.pick(node.free ? "该条件" : `“${parts(node).filter(Boolean).join(" ") || "新条件"}”`);
    if (span) this.put(node.id, { span, implied: false }, "", true);
    focusPlace(document, `${node.id}:pick`);
  }

  open(node, place = null) {
    this.openId = node.id;
    this.ui.redraw();
    const first = place ?? (node.free ? `${node.id}:parse` : node.attribute ? `${node.id}:op` : `${node.id}:fact`);
    if (!focusPlace(document, first)) focusPlace(document, `${node.id}:done`);
    document.querySelector(".cond-open")?.scrollIntoView({ block: "nearest" });
  }

  add(groupId, span = null) {
    const node = tree.leaf({ draft: true, attribute: null, op: null, value: null, unit: null, span });
    this.ui.change(tree.append(this.tree, groupId, node), "");
    this.open(node, `${node.id}:fact`);
  }

  addGroup(groupId) {
    const node = tree.group("any", []);
    this.edit(tree.append(this.tree, groupId, node), { focus: `${node.id}:joint` });
    const box = document.querySelector(`[data-place="${node.id}:joint"]`);
    box?.focus();
  }

  drop(node, what = "条件") {
    const parent = tree.parentOf(this.tree, node.id);
    const at = parent.children.findIndex((child) => child.id === node.id);
    const next = [parent.children[at + 1], parent.children[at - 1]].find((one) => one && !tree.isGroup(one));
    if (this.openId === node.id) this.openId = null;
    this.edit(tree.remove(this.tree, node.id));
    if (!next || !focusPlace(document, `${next.id}:row`)) focusPlace(document, "add-condition");
    tell(`已删除${what}，按 U 撤销`);
  }

  toCompany(node) {
    const quote = node.span?.[2] ?? "";
    this.put(node.id, { free: undefined, draft: undefined, attribute: "other", op: "has", value: clip(quote, 200), unit: null, negated: false, implied: false, _raw: undefined }, "", true);
    tell("已改为由企业确认");
    focusPlace(document, `${node.id}:row`) || focusPlace(document, `${node.id}:value`);
  }

  tray(free) {
    if (!free.length) return null;
    return h("section", { class: "tray", "aria-labelledby": "tray-title" },
      h("h3", { id: "tray-title" }, `未能解析 ${free.length}`),
      h("p", { class: "small" }, "逐条决定后才能发布：转为可核对的条件、交企业确认，或说明与条件无关后删除。"),
      h("ol", {}, free.map((node) => h("li", { data: { key: keyOf(node) } },
        h("button", { type: "button", class: "quote-link", data: { to: keyOf(node), place: `${node.id}:tray`, free: node.id }, onclick: () => this.ui.show(keyOf(node), true) }, clip(node.span[2], 120)),
        this.decisions(node, "tray-")))));
  }

  decisions(node, prefix = "") {
    return h("div", { class: "tools" },
      button("转为条件", () => this.parse(node), { data: { place: `${node.id}:${prefix}parse` }, class: "tool framed" }),
      button("由企业确认", () => this.toCompany(node), { data: { place: `${node.id}:${prefix}stated` }, class: "tool framed" }),
      button("与条件无关…", () => this.dismiss(node), { data: { place: `${node.id}:${prefix}drop` }, class: "tool framed" }));
  }

  freeForm(node) {
    return h("div", {}, h("p", {}, h("span", { class: "sign-free" }, "未能解析")), this.decisions(node));
  }

  parse(node) {
    this.ui.change(tree.update(this.tree, node.id, { free: undefined, draft: true, attribute: null, op: null, value: null, unit: null, implied: false }), "");
    this.open(node, `${node.id}:fact`);
  }

  async dismiss(node) {
    const reason = await this.ui.explain(`“${clip(node.span[2], 60)}”与条件无关，将从条件中删除。`, "理由");
    if (!reason) return;
    this.ui.note(`与条件无关：“${clip(node.span[2], 120)}”，${reason}`);
    this.drop(node, "未能解析的文字");
  }
}
