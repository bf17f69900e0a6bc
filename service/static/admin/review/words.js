// What is understood, in words: conditions, benefits and the other fields, for rows, for the reader of a screen,
// and for the choice between two people's versions. The tables of facts and operators come with the page.
import { dateWords, grouped, sumWords } from "./figures.js";
import { JOINTS, isGroup } from "./tree.js";

let facts = new Map();

export function useTables(data) {
  facts = new Map(data.facts.map((fact) => [fact.key, fact]));
}

export const factOf = (key) => facts.get(key);
export const allFacts = () => [...facts.values()].filter((fact) => !fact.retired);
export const isStated = (key) => facts.get(key)?.kind === "stated";

export function opWords(fact, op) {
  return fact.operators.find((one) => one.op === op)?.label ?? { has: "具备", eq: "等于", in: "属于" }[op] ?? op;
}

const UNIT_WORDS = { percent: "%", percent_growth: "%（增长率）" };

function one(fact, node, value) {
  if (value === null || value === undefined || value === "") return "？";
  if (value === true || value === false) return value ? "是" : "否";
  if (typeof value === "number") {
    if (fact.kind === "yuan" && (!node.unit || node.unit === "元")) return sumWords(value);
    return `${grouped(value)}${UNIT_WORDS[node.unit] ?? (node.unit ? ` ${node.unit}` : "")}`;
  }
  return /^\d{4}-\d\d-\d\d$/.test(value) ? dateWords(value) : value;
}

export function valueWords(node) {
  const fact = factOf(node.attribute);
  if (!fact) return String(node.value ?? "");
  if (node.op === "between") return [node.value].flat().map((part) => one(fact, node, part)).join(" 至 ");
  if (Array.isArray(node.value)) return node.value.map((part) => one(fact, node, part)).join("、");
  if (fact.kind === "yes_no" && node.op !== "eq") return "";
  return one(fact, node, node.value);
}

// The three parts of a condition: fact, operator, value.
export function parts(node) {
  const fact = factOf(node.attribute);
  if (!fact) return [node.attribute ?? "", "", String(node.value ?? "")];
  return [fact.label, opWords(fact, node.op), valueWords(node)];
}

export function describe(node) {
  if (isGroup(node)) {
    const word = JOINTS.find(([key]) => key === node.joint)[1];
    return `${word}（${node.children.map(describe).join("；")}）`;
  }
  if (node.free || node.draft) return `未能解析：${node.span?.[2] ?? ""}`;
  return parts(node).filter(Boolean).join(" ");
}

// What a company is asked where only it can tell.
export function questionOf(node) {
  const words = [node.value].flat().filter((part) => part !== null && part !== undefined).join("、");
  return `请确认贵公司${node.op === "not_has" ? "不存在" : "是否符合"}：${words || "……"}`;
}

export function benefitWords(benefit) {
  const said = [];
  if (benefit.rate_percent !== null) said.push(`${benefit.base ? `${benefit.base}的` : ""}${benefit.rate_percent}%`);
  if (benefit.amount_yuan !== null) said.push(`${benefit.base && benefit.rate_percent === null ? benefit.base : ""}${sumWords(benefit.amount_yuan)}`);
  if (benefit.max_yuan !== null) said.push(`最高 ${sumWords(benefit.max_yuan)}`);
  return said.join("，") || "未写明数额";
}

export function windowWords(window) {
  if (!window) return "未写明";
  if (window.always) return "常年受理";
  const days = [window.opens_on && `${dateWords(window.opens_on)}起`, window.closes_on && `${dateWords(window.closes_on)}截止`];
  return `${window.yearly ? "每年 " : ""}${days.filter(Boolean).join("，") || "未写明"}`;
}

export const FIELD_WORDS = {
  title: "事项名称", conditions: "申报条件", benefits: "支持内容", window: "申报时间", department: "受理部门",
  channel: "申报方式", contacts: "联系方式", materials: "申报材料", no_application: "免申即享",
};

// A whole field in words. read: turns the JSON of conditions into a tree.
export function fieldWords(key, value, read) {
  if (value === null || value === undefined) return "（无）";
  switch (key) {
    case "conditions": return read(value).children.map(describe).join("\n") || "（无）";
    case "benefits": return value.map((benefit) => `${benefit.kind} ${benefitWords(benefit)}`).join("\n") || "（无）";
    case "window": return windowWords(value);
    case "department": case "channel": return value.text;
    case "contacts": case "materials": return value.map((quoted) => quoted.text).join("\n") || "（无）";
    case "no_application": return value ? "是" : "否";
    default: return String(value);
  }
}
