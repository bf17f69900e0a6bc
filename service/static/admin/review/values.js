// The value of a condition as fields, one way for each kind of fact. set(fields, control) takes what was typed;
// what cannot be read stays in the field, is named beside it, and does not replace the last value that could.
import { h, tell } from "./dom.js";
import { chooser } from "./choosing.js";
import { SCALE_NAMES, grouped, inScale, readFigure, sumWords } from "./figures.js";

const BOUNDS = ["ge", "gt", "le", "lt", "between", "eq"];
const FIGURES = ["yuan", "count", "percent", "years"];
const ISO = /^\d{4}-\d\d-\d\d$/;
const SUGGESTED = { region: "region", industry: "industry", names: "title" };

const asList = (value) => (value === null || value === undefined || value === "" ? [] : [value].flat());
const isFigure = (node, fact) => FIGURES.includes(fact.kind) && BOUNDS.includes(node.op);
const isDay = (node, fact) => BOUNDS.includes(node.op)
  && (fact.kind === "date" || (fact.kind === "stated" && asList(node.value).some((value) => ISO.test(value))));

// Which operators fit the value must be kept when the operator changes.
export function changeOperator(node, fact, op) {
  const wasBound = BOUNDS.includes(node.op) && fact.kind !== "yes_no";
  const isBound = BOUNDS.includes(op) && fact.kind !== "choice" && fact.kind !== "region" && fact.kind !== "industry" && fact.kind !== "names";
  const list = asList(node.value);
  let value = list.length > 1 && op !== "in" && op !== "not_has" && op !== "between" ? list[0] : node.value;
  if (op === "between") value = [list[0] ?? null, list[1] ?? null];
  if (op === "in") value = list;
  if (fact.kind !== "yes_no" && FIGURES.concat("date", "stated").includes(fact.kind) && wasBound !== isBound && op !== "eq") value = op === "between" ? [null, null] : isBound ? null : "";
  if (fact.kind === "yes_no") value = typeof node.value === "boolean" ? node.value : true;
  const unit = FIGURES.includes(fact.kind) || fact.kind === "stated" ? (isBound ? node.unit ?? fact.unit ?? null : null) : null;
  return { op, value, unit, negated: op === "not_has", _raw: undefined };
}

// The fields of a condition's value.
// now(): the condition as it stands when something is typed, for fields are not drawn anew at every key.
export function valueFields(node, fact, set, suggest, now) {
  if (fact.kind === "yes_no") return node.op === "eq" ? [yesNo(node, set)] : [];
  if (isFigure(node, fact)) return figures(node, fact, set, now);
  if (isDay(node, fact)) return days(node, set, now);
  if (BOUNDS.includes(node.op) && fact.kind === "stated") return statedFigure(node, fact, set, now);
  if (fact.kind === "stated") return [phrase(node, set)];
  if (fact.kind === "choice" && node.op !== "has") return choices(node, fact, set);
  return names(node, fact, set, suggest);
}

function yesNo(node, set) {
  return h("select", { "aria-label": "值", data: { place: `${node.id}:value` }, onchange: (event) => set({ value: event.target.value === "yes" }) },
    h("option", { value: "yes", selected: node.value !== false }, "是"), h("option", { value: "no", selected: node.value === false }, "否"));
}

function bounds(node, build) {
  if (node.op !== "between") return [build(0, node.value, "值")];
  const list = asList(node.value);
  return [build(0, list[0] ?? null, "从"), h("span", {}, "至"), build(1, list[1] ?? null, "到")];
}

// One of the bounds replaced.
function withBound(node, at, value) {
  if (node.op !== "between") return value;
  const list = [asList(node.value)[0] ?? null, asList(node.value)[1] ?? null];
  list[at] = value;
  return list;
}

function figures(node, fact, set, now) {
  const isSum = fact.kind === "yuan";
  return [...bounds(node, (at, value, label) => figureField(node, at, value, label, isSum, set, now)), unitOf(node, fact, set)];
}

// A figure with its scale and, for sums, what it comes to in words.
function figureField(node, at, value, label, isSum, set, now) {
  const [digits, scale] = isSum ? inScale(value) : [value === null || value === undefined ? "" : String(value), "元"];
  const raw = node._raw?.[at];
  const echo = h("span", { class: "echo small", "aria-live": "polite" }, isSum && value !== null ? `= ${grouped(value)} 元（${sumWords(value)}）` : "");
  const input = h("input", {
    class: "figure num", inputmode: "decimal", "aria-label": label, autocomplete: "off", value: raw ?? digits,
    "aria-invalid": raw === undefined ? null : "true", data: { place: `${node.id}:value${at}` },
  });
  const scales = isSum ? h("select", { "aria-label": "金额单位", data: { place: `${node.id}:scale${at}` } },
    SCALE_NAMES.map((name) => h("option", { value: name, selected: name === (digits === "" ? "万元" : scale) }, name))) : null;
  const take = () => {
    const typed = input.value.trim();
    const read = typed === "" ? null : readFigure(typed, scales?.value);
    if (typed !== "" && read === null) {
      input.setAttribute("aria-invalid", "true");
      echo.textContent = "无法识别，请填写数字";
      echo.classList.add("fault");
      set({ _raw: { ...now()._raw, [at]: typed } }, `${node.id}:value${at}`);
      return;
    }
    input.removeAttribute("aria-invalid");
    echo.classList.remove("fault");
    echo.textContent = isSum && read !== null ? `= ${grouped(read)} 元（${sumWords(read)}）` : "";
    const rest = { ...now()._raw };
    delete rest[at];
    set({ value: withBound(now(), at, read), _raw: Object.keys(rest).length ? rest : undefined }, `${node.id}:value${at}`);
  };
  input.addEventListener("input", take);
  scales?.addEventListener("change", take);
  return h("span", { class: "figure-field" }, input, scales, echo);
}

const UNIT_WORDS = { percent: "%", percent_growth: "%（增长率）" };

function unitOf(node, fact, set) {
  const units = [...new Set([...(fact.units ?? []), ...(node.unit ? [node.unit] : [])])];
  if (fact.kind === "yuan" && units.length && (!node.unit || node.unit === "元") && !node._units) {
    return h("button", { type: "button", class: "tool quiet", onclick: () => set({ _units: true }, "", true) }, "非人民币或增量…");
  }
  if (units.length < 2) return units.length ? h("span", { class: "unit" }, UNIT_WORDS[units[0]] ?? units[0]) : null;
  return h("select", { class: "unit", "aria-label": "计量单位", data: { place: `${node.id}:unit` }, onchange: (event) => set({ unit: event.target.value }) },
    units.map((unit) => h("option", { value: unit, selected: unit === (node.unit ?? fact.unit) }, UNIT_WORDS[unit] ?? unit)));
}

function days(node, set, now) {
  return bounds(node, (at, value, label) => h("input", {
    type: "date", "aria-label": label, value: ISO.test(value ?? "") ? value : "", data: { place: `${node.id}:value${at}` },
    onchange: (event) => set({ value: withBound(now(), at, event.target.value || null) }),
  }));
}

// A figure without a fact of its own: number and unit as the text has them.
function statedFigure(node, fact, set, now) {
  return [
    ...bounds(node, (at, value, label) => figureField(node, at, typeof value === "number" ? value : null, label, false, set, now)),
    h("input", { class: "unit", "aria-label": "计量单位", placeholder: "单位", maxlength: 20, value: node.unit ?? "", data: { place: `${node.id}:unit` },
      oninput: (event) => set({ unit: event.target.value.trim() || null }, `${node.id}:unit`) }),
    fact.key === "event" ? h("button", { type: "button", class: "tool quiet", onclick: () => set({ value: withBound(now(), 0, new Date().toISOString().slice(0, 10)) }, "", true) }, "改为日期") : null,
  ];
}

function phrase(node, set) {
  return h("textarea", {
    rows: 2, "aria-label": "请企业确认的内容", value: asList(node.value).join("；"), maxlength: 500, data: { place: `${node.id}:value` },
    oninput: (event) => set({ value: event.target.value.trim() }, `${node.id}:value`),
  });
}

function choices(node, fact, set) {
  const held = asList(node.value);
  const known = fact.choices.filter((choice) => !held.includes(choice));
  return names(node, fact, set, (words) => known.filter((choice) => choice.includes(words)).map((choice) => ({ value: choice, label: choice })));
}

// One or several names, each a chip that can be taken away.
function names(node, fact, set, suggest) {
  const held = asList(node.value).map(String);
  const one = node.op === "eq" || node.op === "has";
  const put = (list) => set({ value: one ? list.at(-1) ?? "" : list }, "", true);
  const chips = one ? [] : held.map((name, at) => h("span", { class: "chip" }, name,
    h("button", { type: "button", class: "chip-out", "aria-label": `去掉“${name}”`, onclick: () => { tell(`已去掉“${name}”`); put(held.filter((_, place) => place !== at)); } }, "×")));
  return [...chips, chooser({
    label: one ? "值" : "添加", value: one ? held[0] ?? "" : "", free: true, place: `${node.id}:value`,
    placeholder: one ? "输入名称或代码" : "再添加一个",
    source: typeof suggest === "function" && fact.kind === "choice" ? suggest : (words) => suggest(SUGGESTED[fact.kind] ?? "title", words),
    choose: (option) => { if (option.value) put(one ? [option.value] : [...held, option.value]); else if (one) put([]); },
    input: one ? (typed) => set({ value: typed }, `${node.id}:value`) : undefined,
  })];
}
