// Hand in files one by one, so that the answer to each is a promise of its own, and follow what becomes of them.
// The server writes the rows; this fills in the same fields. Without it the page is a plain form and a list.
"use strict";

const root = document.getElementById("uploads");
const limits = JSON.parse(root.dataset.limits);
const token = document.querySelector('meta[name="csrf"]')?.content ?? "";
const at = (name) => root.querySelector(`[data-${name}]`);
const table = at("files"), body = table.tBodies[0], model = at("row").content.querySelector("tr");

const AT_ONCE = 3; // files on their way together
const WAITS = [1, 2, 4, 8, 15]; // seconds before a broken transfer is tried again
const LONGEST_NAME = 300;
const POLL = 1000, LONGEST_POLL = 5000, AFTER_TROUBLE = 15000;
const NOBODY_ASKED = /(^|\/)(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx\/)/i;

let urls = root.dataset.urls ? JSON.parse(root.dataset.urls) : null; // of the batch that the page shows
let current = urls && { send: urls.send, files: 0, bytes: 0 }; // the batch that takes the next file
const waiting = [], failed = [], sending = new Set();
let given = 0, settled = 0, running = 0, stopped = false;
let totalBytes = 0, sentBytes = 0;
let since = "", pollTimer = 0, pollDelay = POLL, answeredAll = root.dataset.busy !== "yes";

document.documentElement.classList.add("scripted");
for (const one of root.querySelectorAll("[data-script-only]")) one.hidden = false;
for (const one of root.querySelectorAll("[data-plain-only]")) one.hidden = true;
document.getElementById("folder").hidden = false;

// ---- rows

function fill(tr, row) {
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

const byId = new Map(), byToken = new Map();
for (const tr of body.rows) {
  byId.set(tr.dataset.id, tr);
  if (tr.dataset.token) byToken.set(tr.dataset.token, tr);
}

function take(row) {
  const id = String(row.id);
  const tr = byId.get(id) ?? (row.token && byToken.get(row.token)) ?? place(row);
  byId.set(id, tr);
  fill(tr, row);
}

function place(row) {
  const tr = model.cloneNode(true);
  const parent = row.parent && byId.get(String(row.parent));
  let last = parent;
  while (last?.nextElementSibling?.dataset.parent === String(row.parent)) last = last.nextElementSibling;
  if (last) last.after(tr);
  else body.append(tr);
  return tr;
}

// ---- what stands above the rows

function showCounts(counts) {
  for (const [state, count] of Object.entries(counts)) {
    const place = root.querySelector(`[data-count="${state}"]`);
    if (!place) continue;
    place.textContent = count;
    place.classList.toggle("zero", !count);
  }
}

function showState() {
  at("results").hidden = !urls && !given;
  at("sending").hidden = settled >= given;
  const done = sentBytes + [...sending].reduce((sum, one) => sum + one.sent, 0);
  at("sending-words").textContent = `正在上传 ${settled}/${given} 个文件，${megabytes(done)} / ${megabytes(totalBytes)}`;
  at("sending").querySelector("progress").value = totalBytes ? done / totalBytes : 0;
  at("retry").hidden = !failed.length && !body.querySelector("[data-again]");
  at("attachments").hidden = !body.querySelector("[data-attached]");
  const filter = table.dataset.show;
  const shown = { "": "tr", refused: '[data-state="refused"], [data-state="failed"]', doubtful: "[data-doubtful]" }[filter];
  at("none").hidden = Boolean(body.querySelector(shown)) || !body.rows.length;
}

const megabytes = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function tell(trouble) {
  at("trouble").textContent = trouble;
  at("trouble").hidden = !trouble;
}

// A broken connection heals by itself: said as long as it lasts, and no longer.
let isBroken = false;
function setBroken(now) {
  if (now && !stopped) tell("与服务器的连接中断，正在自动重试；已收下的文件不受影响，请不要关闭本页。");
  else if (isBroken && !stopped) tell("");
  isBroken = now;
}

function say(words) {
  if (at("said").textContent !== words) at("said").textContent = words;
}

// ---- handing in

function add(found) {
  const wanted = found.filter(({ name }) => !NOBODY_ASKED.test(name));
  if (found.length > wanted.length) say(`已略过 ${found.length - wanted.length} 个系统文件和隐藏文件`);
  if (!wanted.length) return;
  tell("");
  at("earlier")?.remove();
  zone.classList.add("small-zone");
  for (const { file, name: whole } of wanted) {
    const name = whole.length > LONGEST_NAME ? `…${whole.slice(-LONGEST_NAME)}` : whole; // an address has its limits
    const slash = name.lastIndexOf("/") + 1;
    const entry = { file, name, token: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, sent: 0 };
    entry.look = { name: name.slice(slash), folder: name.slice(0, Math.max(slash - 1, 0)), size: megabytes(file.size) };
    entry.tr = place({});
    byToken.set(entry.token, entry.tr);
    show(entry, "等待上传", "", "waiting");
    waiting.push(entry);
    given += 1;
    totalBytes += file.size;
  }
  showState();
  start();
}

function show(entry, word, told, state) {
  fill(entry.tr, { ...entry.look, sign: "↑", word, told, state, bad: state === "failed" });
}

function start() {
  while (running < AT_ONCE && waiting.length && !stopped) {
    running += 1;
    handIn(waiting.shift()).finally(() => {
      running -= 1;
      showState();
      start();
    });
  }
}

async function handIn(entry) {
  sending.add(entry);
  try {
    for (let tries = 0; ; tries += 1) {
      const answer = await attempt(entry);
      if (answer === "again" && tries < WAITS.length && !stopped) {
        setBroken(true);
        show(entry, "上传中", `连接中断，${WAITS[tries]} 秒后重试`, "sending");
        await new Promise((go) => setTimeout(go, WAITS[tries] * 1000));
        continue;
      }
      if (answer === "again") fail(entry, "连接中断，文件没有收下；请检查网络后点“重试未载入的”");
      return;
    }
  } finally {
    sending.delete(entry);
    sentBytes += entry.file.size;
    settled += 1;
  }
}

async function attempt(entry) {
  const tooLarge = entry.file.size > limits.file;
  let target;
  try {
    target = await batchFor(tooLarge ? 0 : entry.file.size);
  } catch (error) {
    return error.status ? (refuse(entry, error.status, error.message), "done") : "again";
  }
  const said = new URLSearchParams({ name: entry.name, token: entry.token, size: entry.file.size });
  const { status, answer } = await send(`${target.send}?${said}`, tooLarge ? null : entry);
  if (status === 202) {
    setBroken(false);
    take(answer.file);
    pollSoon();
  } else if (status === 413 && tooLarge) {
    pollSoon(); // the row tells why
  } else if (status === 413) {
    if (current === target) current = null; // full: the next one takes it
    target.full = true;
    return (entry.moved = (entry.moved ?? 0) + 1) > 3 ? (refuse(entry, status, answer?.error?.message), "done") : attempt(entry);
  } else if (status === 0 || (status >= 500 && status !== 507)) {
    return "again";
  } else {
    refuse(entry, status, answer?.error?.message);
  }
  return "done";
}

function refuse(entry, status, message) {
  if (status === 401 || status === 403) {
    stopped = true;
    tell("登录已过期，尚未上传的文件没有收下。请重新登录后再选择这些文件；已收下的文件会继续处理。");
  }
  fail(entry, message ?? "服务器没有收下这个文件，请稍后点“重试未载入的”");
}

function fail(entry, told) {
  show(entry, "未上传", told, "failed");
  failed.push(entry);
}

function send(url, entry) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRF-Token", token);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      if (!entry) return;
      entry.sent = event.loaded;
      show(entry, "上传中", event.total ? `${Math.floor((100 * event.loaded) / event.total)}%` : "", "sending");
      showState();
    };
    request.onloadend = () => done({ status: request.status, answer: request.response });
    // Without a type: the body is what it is, whatever the browser thinks of its name.
    request.send(entry ? entry.file.slice(0, entry.file.size, "") : null);
  });
}

// One after the other, so that files on their way together do not each open a batch.
let opening = Promise.resolve();
function batchFor(size) {
  const mine = opening.then(async () => {
    const fits = current && !current.full && current.files < limits.files && current.bytes + size <= limits.bytes;
    if (!fits) current = { ...(await openBatch()), files: 0, bytes: 0 };
    current.files += 1;
    current.bytes += size;
    return current;
  });
  opening = mine.catch(() => {});
  return mine;
}

async function openBatch() {
  const response = await fetch(root.dataset.open, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token, Accept: "application/json" },
    body: JSON.stringify({ continues: urls?.batch_id ?? null }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer?.error?.message), { status: response.status >= 500 ? 0 : response.status });
  if (!urls) stand(answer);
  return answer;
}

// From now on the page is the page of this batch: reloaded or come back to, it shows the same.
function stand(answer) {
  urls = answer;
  history.pushState(null, "", answer.page);
  at("retry").action = answer.retry;
  at("attachments").action = answer.attachments;
  at("report").href = answer.report;
  for (const link of at("filter").children) link.href = link.dataset.show ? `${answer.page}?show=${link.dataset.show}` : answer.page;
}

// ---- following

function pollSoon() {
  answeredAll = false;
  pollDelay = POLL;
  if (!pollTimer) pollTimer = setTimeout(poll, POLL);
}

async function poll() {
  pollTimer = 0;
  try {
    const response = await fetch(`${urls.files}?${new URLSearchParams({ since })}`, { headers: { Accept: "application/json" } });
    if (response.status === 401 || response.status === 403) return tell("登录已过期，请重新登录后查看结果；已收下的文件会继续处理。");
    if (!response.ok) throw new Error(response.status);
    follow(await response.json());
    setBroken(false);
  } catch {
    setBroken(true);
    pollDelay = AFTER_TROUBLE;
  }
  if (!answeredAll && !pollTimer) pollTimer = setTimeout(poll, pollDelay);
}

let before = "";
function follow(answer) {
  answer.rows.forEach(take);
  showCounts(answer.counts);
  at("idle").hidden = answer.done || answer.working;
  if (at("inbox")) at("inbox").hidden = !answer.done || !answer.counts.loaded;
  const now = JSON.stringify([answer.counts, answer.rows.map((row) => row.told)]);
  pollDelay = now === before ? Math.min(pollDelay * 1.5, LONGEST_POLL) : POLL;
  before = now;
  // Rows that slipped through between two looks are asked for from the start.
  const lacking = byId.size < answer.total;
  since = lacking ? "" : answer.now;
  answeredAll = answer.done && !lacking && settled >= given;
  if (answer.done && settled >= given) say(`本批处理完毕：已载入 ${answer.counts.loaded}，已在库 ${answer.counts.already}，未载入 ${answer.counts.refused}`);
  showState();
}

// ---- what people do

const zone = at("drop");
zone.addEventListener("submit", (event) => event.preventDefault());
for (const input of [document.getElementById("files"), document.getElementById("folder")]) {
  input.required = false;
  input.addEventListener("change", () => {
    add([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
    input.value = "";
  });
}

let over = 0;
const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragenter", (event) => isFiles(event) && (over += 1) && zone.classList.add("over"));
addEventListener("dragleave", (event) => isFiles(event) && --over <= 0 && zone.classList.remove("over"));
addEventListener("dragover", (event) => isFiles(event) && event.preventDefault());
addEventListener("drop", async (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  over = 0;
  zone.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  const found = [];
  for (const entry of entries) await walk(entry, found);
  add(found);
});

async function walk(entry, found) {
  if (entry instanceof File) found.push({ file: entry, name: entry.name });
  else if (entry.isFile) {
    const file = await new Promise((yes) => entry.file(yes, () => yes(null)));
    if (file) found.push({ file, name: entry.fullPath.replace(/^\//, "") });
  } else {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((yes) => reader.readEntries(yes, () => yes([]))); // a hundred at a time
      if (!some.length) break;
      for (const one of some) await walk(one, found);
    }
  }
}

at("filter").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault(); // leaving the page would end the transfers
  table.dataset.show = link.dataset.show;
  for (const one of at("filter").children) one.toggleAttribute("aria-current", false);
  link.setAttribute("aria-current", "true");
  if (urls) history.replaceState(null, "", link.href);
  showState();
});

for (const name of ["retry", "attachments"]) {
  at(name).addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    if (name === "retry") {
      for (const entry of failed.splice(0)) {
        Object.assign(entry, { sent: 0, moved: 0 });
        given += 1;
        totalBytes += entry.file.size;
        show(entry, "等待上传", "", "waiting");
        waiting.push(entry);
      }
      stopped = false;
      start();
    }
    if (!form.getAttribute("action")) return;
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (response.type !== "opaqueredirect" && !response.ok) throw new Error(response.status);
      since = "";
      pollSoon();
    } catch {
      tell("没有提交成功，请检查网络后再试一次。");
    }
  });
}

addEventListener("beforeunload", (event) => {
  if (settled < given) event.preventDefault();
});
addEventListener("popstate", () => location.reload());

showState();
if (urls && root.dataset.busy === "yes") pollSoon();
