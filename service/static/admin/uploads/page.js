// What the page shows of a batch: its rows, counts and messages, and the state that all parts of the script share.

export const root = document.getElementById("uploads");
export const limits = JSON.parse(root.dataset.limits);
export const token = document.querySelector('meta[name="csrf"]')?.content ?? "";
export const at = (name) => root.querySelector(`[data-${name}]`);
export const table = at("files");
const body = table.tBodies[0], model = at("row").content.querySelector("tr");

export const POLL = 1000;
const known = root.dataset.urls ? JSON.parse(root.dataset.urls) : null;
export const state = {
  urls: known, // of the batch that the page shows
  current: known && { send: known.send, files: 0, bytes: 0 }, // the batch that takes the next file
  given: 0, settled: 0, running: 0, stopped: false,
  totalBytes: 0, sentBytes: 0,
  since: "", pollTimer: 0, pollDelay: POLL, answeredAll: root.dataset.busy !== "yes",
};
export const waiting = [], failed = [], sending = new Set();

export function fill(tr, row) {
  const field = (name) => tr.querySelector(`[data-field="${name}"]`);
  for (const name of ["sign", "word", "folder", "name", "size", "title", "told"]) field(name).textContent = row[name] ?? "";
  field("told").className = row.bad ? "bad" : "quiet";
  field("state").firstElementChild.className = `state state-${row.state}`;
  const notes = row.notes ?? [];
  field("notes").replaceChildren(...notes.map((note) => Object.assign(document.createElement("li"), { textContent: note })));
  field("notes").hidden = !notes.length;
  const link = field("href");
  link.hidden = !row.href;
  if (row.href) link.href = row.href;
  tr.dataset.state = row.state;
  tr.toggleAttribute("data-doubtful", notes.length > 0);
  tr.toggleAttribute("data-again", Boolean(row.again));
  tr.toggleAttribute("data-attached", Boolean(row.attachments));
  tr.classList.toggle("member", Boolean(row.parent));
  if (row.id) tr.dataset.id = row.id;
  if (row.parent) tr.dataset.parent = row.parent;
}

export const byId = new Map(), byToken = new Map();
for (const tr of body.rows) {
  byId.set(tr.dataset.id, tr);
  if (tr.dataset.token) byToken.set(tr.dataset.token, tr);
}

export function take(row) {
  const id = String(row.id);
  const tr = byId.get(id) ?? (row.token && byToken.get(row.token)) ?? place(row);
  byId.set(id, tr);
  fill(tr, row);
}

export function place(row) {
  const tr = model.cloneNode(true);
  const parent = row.parent && byId.get(String(row.parent));
  let last = parent;
  while (last?.nextElementSibling?.dataset.parent === String(row.parent)) last = last.nextElementSibling;
  if (last) last.after(tr);
  else body.append(tr);
  return tr;
}

export function showCounts(counts) {
  for (const [kind, count] of Object.entries(counts)) {
    const place = root.querySelector(`[data-count="${kind}"]`);
    if (!place) continue;
    place.textContent = count;
    place.classList.toggle("zero", !count);
  }
}

export function showState() {
  at("results").hidden = !state.urls && !state.given;
  at("sending").hidden = state.settled >= state.given;
  const done = state.sentBytes + [...sending].reduce((sum, one) => sum + one.sent, 0);
  at("sending-words").textContent = `正在上传 ${state.settled}/${state.given} 个文件，${megabytes(done)} / ${megabytes(state.totalBytes)}`;
  at("sending").querySelector("progress").value = state.totalBytes ? done / state.totalBytes : 0;
  at("retry").hidden = !failed.length && !body.querySelector("[data-again]");
  at("attachments").hidden = !body.querySelector("[data-attached]");
  const filter = table.dataset.show;
  const shown = { "": "tr", refused: '[data-state="refused"], [data-state="failed"]', doubtful: "[data-doubtful]" }[filter];
  at("none").hidden = Boolean(body.querySelector(shown)) || !body.rows.length;
}

export const megabytes = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

export function tell(trouble) {
  at("trouble").textContent = trouble;
  at("trouble").hidden = !trouble;
}

// A broken connection heals by itself: said as long as it lasts, and no longer.
let isBroken = false;
export function setBroken(now) {
  if (now && !state.stopped) tell("与服务器的连接中断，正在自动重试；已收下的文件不受影响，请不要关闭本页。");
  else if (isBroken && !state.stopped) tell("");
  isBroken = now;
}

export function say(words) {
  if (at("said").textContent !== words) at("said").textContent = words;
}
