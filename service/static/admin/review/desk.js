// What the parts of the review screen share: the data of the page, the items, and which one is open. main.js fills in
// the parts that draw and send.
import { Draft } from "./session.js";
import { byId } from "./dom.js";
import { useTables } from "./words.js";

export const page = JSON.parse(byId("review-data").textContent);
useTables(page);

export const drafts = page.items.map((raw) => new Draft(raw));
export const desk = { current: null, draw: null, open: null, saver: null, original: null, picking: null, conditions: null, fields: null, impact: null };

export const isUndecided = (draft) => draft.status === "draft" || draft.status === "in_review";

// What is wrong with the open item: what the server would not take, and what stands in the way of publishing.
export const problems = () => [...desk.current.faults.map((fault) => ({ ...fault, severity: "error" })), ...(desk.current.problems ?? [])];

// The row that a path of the conditions names: the longest part of it that is a node.
export function nodeOf(path) {
  const { paths } = desk.current;
  let at = path;
  while (at && !paths.has(at)) at = at.slice(0, Math.max(at.lastIndexOf("/"), 0));
  return paths.get(at) ?? null;
}

// Show one of the two panes where there is room for one only.
export function openTab(name) {
  byId("review").dataset.tab = name;
  for (const tab of document.querySelectorAll("[data-tab-of]")) tab.setAttribute("aria-pressed", String(tab.dataset.tabOf === name));
}
