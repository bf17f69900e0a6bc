// A field with suggestions (ARIA combobox): type to narrow, arrows and Enter to choose, Escape to leave it as it was.
// source(words) -> list or promise of {value, label, hint, group}; choose(option) takes what was chosen. free: any text
// may stand. Used for facts, regions, industries and titles.
import { h } from "./dom.js";

let serial = 0;
const WAIT_MS = 120;

export function chooser({ label, value = "", place, source, choose, free = false, placeholder = "", input: onText }) {
  const id = `choices-${(serial += 1)}`;
  const state = { options: [], at: -1, open: false, asked: 0, timer: 0, before: value };
  const list = h("ul", { id, role: "listbox", class: "choices", hidden: true, "aria-label": `${label}的选项` });
  const input = h("input", {
    type: "text", role: "combobox", autocomplete: "off", "aria-label": label, "aria-expanded": "false", "aria-controls": id,
    "aria-autocomplete": "list", placeholder, value, data: place ? { place } : {},
  });

  const close = () => {
    state.open = false;
    state.at = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (option) => {
    input.value = option.label;
    state.before = option.label;
    close();
    choose(option);
  };
  const draw = () => {
    let group = null;
    list.replaceChildren();
    state.options.forEach((option, at) => {
      if (option.group && option.group !== group) list.append(h("li", { class: "choices-group", role: "presentation" }, option.group));
      group = option.group ?? group;
      list.append(h("li", {
        id: `${id}-${at}`, role: "option", "aria-selected": String(at === state.at),
        onpointerdown: (event) => { event.preventDefault(); pick(option); },
      }, h("span", {}, option.label), option.hint ? h("span", { class: "quiet small" }, option.hint) : null));
    });
    if (!state.options.length) list.append(h("li", { class: "choices-none", role: "presentation" }, free ? "没有建议，可直接填写" : "没有符合的选项"));
    list.hidden = !state.open;
    input.setAttribute("aria-expanded", String(state.open));
    const active = list.querySelector('[aria-selected="true"]');
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const search = async (words) => {
    const ask = (state.asked += 1);
    const found = await source(words);
    if (ask !== state.asked || document.activeElement !== input) return;
    state.options = found;
    state.open = true;
    state.at = !free && words && found.length ? 0 : -1;
    draw();
  };
  const leave = () => {
    close();
    const typed = input.value.trim();
    if (typed === state.before) return;
    if (free) { state.before = typed; choose({ value: typed, label: typed }); } else input.value = state.before;
  };

  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(search, WAIT_MS, input.value.trim());
    onText?.(input.value.trim());
  });
  input.addEventListener("click", () => { if (!state.open) search(free ? input.value.trim() : ""); });
  input.addEventListener("blur", leave);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!state.open) { search(free ? input.value.trim() : ""); return; }
      state.at = (state.at + step + state.options.length) % Math.max(state.options.length, 1);
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (state.open && state.at >= 0) pick(state.options[state.at]);
      else leave();
    } else if (event.key === "Escape" && (state.open || input.value !== state.before)) {
      event.stopPropagation();
      input.value = state.before;
      close();
    }
  });
  return h("span", { class: "chooser" }, input, list);
}
