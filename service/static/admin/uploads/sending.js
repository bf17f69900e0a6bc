// Hand in files one by one, so that the answer to each is a promise of its own; what breaks off is tried again.
import { pollSoon } from "./following.js";
import { at, byToken, failed, fill, limits, megabytes, place, root, say, sending, setBroken, showState, state, take, tell, token, waiting } from "./page.js";

const AT_ONCE = 3; // files on their way together
const WAITS = [1, 2, 4, 8, 15]; // seconds before a broken transfer is tried again
const LONGEST_NAME = 300;
const NOBODY_ASKED = /(^|\/)(\.|~\$|thumbs\.db$|desktop\.ini$|__macosx\/)/i;

export function add(found) {
  const wanted = found.filter(({ name }) => !NOBODY_ASKED.test(name));
  if (found.length > wanted.length) say(`已略过 ${found.length - wanted.length} 个系统文件和隐藏文件`);
  if (!wanted.length) return;
  tell("");
  at("earlier")?.remove();
  at("drop").classList.add("small-zone");
  for (const { file, name: whole } of wanted) {
    const name = whole.length > LONGEST_NAME ? `…${whole.slice(-LONGEST_NAME)}` : whole; // an address has its limits
    const slash = name.lastIndexOf("/") + 1;
    const entry = { file, name, token: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, sent: 0 };
    entry.look = { name: name.slice(slash), folder: name.slice(0, Math.max(slash - 1, 0)), size: megabytes(file.size) };
    entry.tr = place({});
    byToken.set(entry.token, entry.tr);
    show(entry, "等待上传", "", "waiting");
    waiting.push(entry);
    state.given += 1;
    state.totalBytes += file.size;
  }
  showState();
  start();
}

export function show(entry, word, told, state) {
  fill(entry.tr, { ...entry.look, sign: "↑", word, told, state, bad: state === "failed" });
}

export function start() {
  while (state.running < AT_ONCE && waiting.length && !state.stopped) {
    state.running += 1;
    handIn(waiting.shift()).finally(() => {
      state.running -= 1;
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
      if (answer === "again" && tries < WAITS.length && !state.stopped) {
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
    state.sentBytes += entry.file.size;
    state.settled += 1;
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
    if (state.current === target) state.current = null; // full: the next one takes it
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
    state.stopped = true;
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
    const fits = state.current && !state.current.full && state.current.files < limits.files && state.current.bytes + size <= limits.bytes;
    if (!fits) state.current = { ...(await openBatch()), files: 0, bytes: 0 };
    state.current.files += 1;
    state.current.bytes += size;
    return state.current;
  });
  opening = mine.catch(() => {});
  return mine;
}

async function openBatch() {
  const response = await fetch(root.dataset.open, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token, Accept: "application/json" },
    body: JSON.stringify({ continues: state.urls?.batch_id ?? null }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer?.error?.message), { status: response.status >= 500 ? 0 : response.status });
  if (!state.urls) stand(answer);
  return answer;
}

// From now on the page is the page of this batch: reloaded or come back to, it shows the same.
function stand(answer) {
  state.urls = answer;
  history.pushState(null, "", answer.page);
  at("retry").action = answer.retry;
  at("attachments").action = answer.attachments;
  at("report").href = answer.report;
  for (const link of at("filter").children) link.href = link.dataset.show ? `${answer.page}?show=${link.dataset.show}` : answer.page;
}
