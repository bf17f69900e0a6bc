// The tree of conditions as it is edited: pure values in, new values out, nothing is changed in place, so that an
// undo is the value before. A group has a joint: "all" 同时满足, "any" 满足其一, "none" 均不得有, "notall" 不得同时具备.
// A leaf is a condition, or free text (free: true). draft: begun and not yet complete; it is sent as free text.

let serial = 0;
const fresh = () => `n${(serial += 1)}`;

export const JOINTS = [
  ["all", "同时满足", "以下各项须同时满足"],
  ["any", "满足其一", "以下各项满足其一即可"],
  ["none", "不满足", "以下各项均不得具备"],
  ["notall", "不得同时满足", "以下各项不得同时具备"],
];
export const jointWords = (joint) => JOINTS.find(([key]) => key === joint)[2];

export const isGroup = (node) => Array.isArray(node.children);
export const group = (joint, children) => ({ id: fresh(), joint, children });
export const leaf = (fields) => ({ id: fresh(), ...fields });

export function fromJson(raw) {
  if (raw.all) return group("all", raw.all.map(fromJson));
  if (raw.any) return group("any", raw.any.map(fromJson));
  if (raw.not?.any) return group("none", raw.not.any.map(fromJson));
  if (raw.not?.all) return group("notall", raw.not.all.map(fromJson));
  if (raw.not) return group("none", [fromJson(raw.not)]);
  if (raw.free_text) return leaf({ free: true, span: raw.free_text });
  return leaf({ ...raw });
}

// A restored tree keeps its own ids; new ones must not meet them.
export function adopt(tree) {
  for (const node of walk(tree)) serial = Math.max(serial, Number(node.id.slice(1)) || 0);
  return tree;
}

// The tree as the server takes it. paths: filled with path -> id, so that a fault named by its path finds its row.
export function toJson(tree, paths = new Map()) {
  const out = write(tree, "conditions", paths);
  return out && out.all ? out : { all: out ? [out] : [] };
}

function write(node, path, paths) {
  paths.set(path, node.id);
  if (!isGroup(node)) return writeLeaf(node);
  const denied = node.joint === "none" || node.joint === "notall";
  const key = node.joint === "all" || node.joint === "notall" ? "all" : "any";
  const single = node.joint === "none" && node.children.length === 1;
  const children = [];
  for (const child of node.children) {
    const at = single ? `${path}/not` : `${path}/${denied ? "not/" : ""}${key}/${children.length}`;
    const out = write(child, at, paths);
    if (out) children.push(out);
  }
  if (single) return children.length ? { not: children[0] } : null;
  if (!children.length && path !== "conditions") return null;
  return denied ? { not: { [key]: children } } : { [key]: children };
}

function writeLeaf(node) {
  if (node.free || node.draft) return node.span ? { free_text: node.span } : null;
  const { attribute, op, value = null, unit = null, implied = false, span } = node;
  return { attribute, op, value, unit, negated: op === "not_has", implied, span };
}

export function* walk(node) {
  yield node;
  if (isGroup(node)) for (const child of node.children) yield* walk(child);
}

export function* leaves(node) {
  for (const one of walk(node)) if (!isGroup(one)) yield one;
}

export const find = (tree, id) => { for (const node of walk(tree)) if (node.id === id) return node; return null; };

export function parentOf(tree, id) {
  for (const node of walk(tree)) if (isGroup(node) && node.children.some((child) => child.id === id)) return node;
  return null;
}

// Replace the node by what `change` makes of it: a node, a list of nodes, or nothing.
export function replace(tree, id, change) {
  if (tree.id === id) return [change(tree)].flat()[0] ?? { ...tree, children: [] };
  if (!isGroup(tree)) return tree;
  let touched = false;
  const children = tree.children.flatMap((child) => {
    const next = child.id === id ? change(child) ?? [] : replace(child, id, change);
    touched ||= next !== child;
    return next;
  });
  return touched ? { ...tree, children } : tree;
}

export const update = (tree, id, fields) => replace(tree, id, (node) => ({ ...node, ...fields }));
export const remove = (tree, id) => replace(tree, id, () => null);
export const insertAfter = (tree, id, node) => replace(tree, id, (one) => [one, node]);
export const append = (tree, groupId, node) => replace(tree, groupId, (one) => ({ ...one, children: [...one.children, node] }));
export const wrap = (tree, id, joint = "any") => replace(tree, id, (node) => group(joint, [node]));

// Dissolve a group: its children take its place. The outermost one stays, and so does a denied one, for its meaning.
export const canUngroup = (tree, node) => isGroup(node) && node.id !== tree.id && (node.joint === "all" || node.joint === "any");
export const ungroup = (tree, id) => replace(tree, id, (node) => node.children);

// One step up or down: past a neighbour, into a neighbouring group, or out of the group at its edge.
export function move(tree, id, step) {
  const parent = parentOf(tree, id);
  if (!parent) return tree;
  const at = parent.children.findIndex((child) => child.id === id);
  const node = parent.children[at];
  const neighbour = parent.children[at + step];
  if (!neighbour) return moveOut(tree, parent, node, step);
  if (isGroup(neighbour) && !isGroup(node)) {
    const inside = step > 0 ? [node, ...neighbour.children] : [...neighbour.children, node];
    return replace(remove(tree, id), neighbour.id, (one) => ({ ...one, children: inside }));
  }
  const children = [...parent.children];
  [children[at], children[at + step]] = [neighbour, node];
  return replace(tree, parent.id, (one) => ({ ...one, children }));
}

function moveOut(tree, parent, node, step) {
  if (parent.id === tree.id) return tree;
  const rest = remove(tree, node.id);
  return replace(rest, parent.id, (one) => (step > 0 ? [one, node] : [node, one]));
}

const OPPOSITE = { ge: "lt", lt: "ge", le: "gt", gt: "le", has: "not_has", not_has: "has", eq: "not_has", in: "not_has" };
const JOINT_OPPOSITE = { all: "notall", notall: "all", any: "none", none: "any" };

// Turn a node into what it denies; what has no opposite of its own is put under 不满足.
export function negate(tree, id) {
  return replace(tree, id, (node) => {
    if (isGroup(node)) return node.id === tree.id ? group("all", [{ ...node, id: fresh(), joint: "notall" }]) : { ...node, joint: JOINT_OPPOSITE[node.joint] };
    const words = typeof node.value === "string" || Array.isArray(node.value) ? typeof [node.value].flat()[0] === "string" : true;
    const op = OPPOSITE[node.op];
    if (node.free || node.draft || !op || (op === "not_has" && !words)) return group("none", [node]);
    if (node.op === "not_has" && Array.isArray(node.value)) return { ...node, op: "in", negated: false };
    return { ...node, op, negated: op === "not_has" };
  });
}

// The tree with the values as the server has read them (九江 -> 江西省九江市), rows keeping who they are; the tree itself
// where the shapes differ, for then somebody has gone on editing.
export function reconcile(tree, raw) {
  const pairs = [];
  const same = (mine, theirs) => {
    if (isGroup(mine) !== isGroup(theirs)) return false;
    if (!isGroup(mine)) { pairs.push([mine, theirs]); return true; }
    return mine.joint === theirs.joint && mine.children.length === theirs.children.length && mine.children.every((child, at) => same(child, theirs.children[at]));
  };
  if (!same(tree, fromJson(raw))) return tree;
  return pairs.reduce((next, [mine, theirs]) => (mine.free || mine.draft || mine._raw || JSON.stringify([mine.op, mine.value, mine.unit]) === JSON.stringify([theirs.op, theirs.value, theirs.unit])
    ? next : update(next, mine.id, { op: theirs.op, value: theirs.value, unit: theirs.unit })), tree);
}

// Counts for the meter: what the machine checks, what the company confirms, what nobody has understood.
export function coverage(tree, isStated) {
  const count = { checked: 0, stated: 0, free: 0 };
  for (const node of leaves(tree)) {
    if (node.free || node.draft) count.free += 1;
    else if (!node.implied) count[isStated(node.attribute) ? "stated" : "checked"] += 1;
  }
  return count;
}
