// What asks before going on: a reason, a yes, the choice between two people's versions, and the list of keys.
import { h, timeOf } from "./dom.js";
import { fromJson } from "./tree.js";
import { FIELD_WORDS, fieldWords } from "./words.js";

// Show a dialog; fill(close) gives its content; resolves to what close was called with (null for Escape).
function show(title, fill, { wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    let answer = null;
    const dialog = h("dialog", { class: `ask${wide ? " ask-wide" : ""}`, "aria-labelledby": "ask-title" });
    const close = (value) => { answer = value; dialog.close(); };
    dialog.append(h("h2", { id: "ask-title", tabindex: "-1" }, title), ...[fill(close)].flat());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("#ask-title")).focus();
  });
}

const actions = (...children) => h("div", { class: "actions" }, children);
const cancel = (close, words = "取消") => h("button", { type: "button", class: "button quiet-button", onclick: () => close(null) }, words);

// A reason in words, or null.
export function askReason(words, label, title = "请说明理由", choices = []) {
  return show(title, (close) => {
    const field = h("textarea", { id: "ask-reason", rows: 3, maxlength: 500, required: true, autofocus: true });
    const fault = h("p", { class: "fault", role: "alert" });
    const done = () => { const reason = field.value.trim(); if (reason) close(reason); else { fault.textContent = "请填写理由"; field.focus(); } };
    return h("form", { method: "dialog", novalidate: true, onsubmit: (event) => { event.preventDefault(); done(); } },
      h("p", {}, words),
      choices.length ? h("p", { class: "tools" }, choices.map((choice) => h("button", { type: "button", class: "tool framed", onclick: () => { field.value = choice; field.focus(); } }, choice))) : null,
      h("label", { for: "ask-reason" }, label), field, fault,
      actions(h("button", { type: "submit", class: "button" }, "确定"), cancel(close)));
  });
}

export function askYes(title, body, yes = "确定") {
  return show(title, (close) => [h("div", {}, body), actions(h("button", { type: "button", class: "button", autofocus: true, onclick: () => close(true) }, yes), cancel(close))]);
}

// Two people have changed the same fields: for each one the other's or mine. Resolves to {field: "theirs" | "mine"}.
export function askConflict(theirs, fields, mine) {
  return show("他人已修改了同一内容", (close) => {
    const chosen = {};
    const done = h("button", { type: "button", class: "button", disabled: true, onclick: () => close(chosen) }, "按所选继续");
    const choice = (field, side, words, value) => h("label", { class: "side-choice" },
      h("input", { type: "radio", name: `choice-${field}`, value: side, onchange: () => { chosen[field] = side; done.disabled = Object.keys(chosen).length < fields.length; } }),
      h("strong", {}, words), h("span", { class: "side-words" }, fieldWords(field, value, fromJson)));
    return [
      h("p", {}, `${theirs.by ?? "另一位审核人"}${theirs.at ? ` 于 ${timeOf(theirs.at)} ` : " "}保存了对本事项的修改。以下内容两边不同，请逐项选择；您的修改尚未丢失。`),
      h("div", { class: "conflicts" }, fields.map((field) => h("fieldset", {}, h("legend", {}, FIELD_WORDS[field] ?? field),
        choice(field, "theirs", "采用对方的", theirs.item[field]), choice(field, "mine", "保留我的", mine(field))))),
      actions(done)];
  }, { wide: true }).then((answer) => answer ?? askConflict(theirs, fields, mine));
}

export const KEYS = [
  ["J / K", "下一个 / 上一个事项"], ["E", "编辑本事项"], ["N", "下一条未能解析的文字"], ["U", "撤销上一步修改"],
  ["A", "发布本事项"], ["R", "退回本事项"], ["/", "在原文中查找"], ["Alt + ↑ / ↓", "上移 / 下移条件"],
  ["Delete", "删除所在的条件"], ["Enter", "展开条件"], ["Esc", "收起、离开输入框"], ["?", "本说明"],
];

export function showHelp() {
  return show("键盘操作", (close) => [
    h("p", { class: "quiet" }, "单键操作在没有光标停在输入框时有效。"),
    h("dl", { class: "keys" }, KEYS.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)))),
    actions(h("button", { type: "button", class: "button", autofocus: true, onclick: () => close(null) }, "关闭"))]);
}

// Why something could not be published; each problem leads to its field. go(problem) is called after closing.
export function showProblems(title, problems, go) {
  return show(title, (close) => [
    h("ul", { class: "problem-list" }, problems.map((problem) => h("li", {}, problem.path || problem.item_id
      ? h("button", { type: "button", class: "quote-link", onclick: () => close(problem) }, problem.message) : problem.message))),
    actions(cancel(close, "关闭"))]).then((problem) => { if (problem) go(problem); });
}
