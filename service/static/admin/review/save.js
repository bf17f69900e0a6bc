// Send changes as they are made. One request at a time for an item, 600 ms after the last key; what the server refuses
// is held back and named, the other fields go on; a lost connection is tried again; a conflict is handed to a person.

const QUIET_MS = 600;
const RETRY_MS = [2000, 4000, 8000, 15000, 30000];
const token = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

// Ask the server. Answers {ok, status, body}; status 0: it could not be reached.
export async function ask(url, { method = "GET", body, signal, keepalive = false } = {}) {
  try {
    const response = await fetch(url, {
      method, signal, keepalive, credentials: "same-origin", redirect: "error",
      headers: { Accept: "application/json", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...(method === "GET" ? {} : { "X-CSRF-Token": token() }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    let read = {};
    try { read = JSON.parse(text); } catch { read = {}; }
    return { ok: response.ok, status: response.status, body: read };
  } catch (error) {
    return { ok: false, status: 0, body: {}, aborted: error.name === "AbortError" };
  }
}

export const messageOf = (answer, otherwise = "服务出错，请稍后再试") =>
  answer.status === 0 ? "网络中断" : answer.body?.error?.message ?? otherwise;

export class Saver {
  // on: {state(draft, state, words), saved(draft, fields taken over from another), refused(draft), conflict(draft, body)}
  constructor(on) {
    this.on = on;
    this.waiting = new Map(); // draft -> timer
    this.running = new Map(); // draft -> promise of the request under way
    this.tries = new Map();
    this.held = new Set(); // drafts whose conflict a person is deciding
    window.addEventListener("online", () => this.retryAll());
  }

  touch(draft, delay = QUIET_MS) {
    clearTimeout(this.waiting.get(draft));
    this.waiting.set(draft, setTimeout(() => this.flush(draft), delay));
    if (!this.tries.get(draft)) this.on.state(draft, "saving");
  }

  retryAll() {
    for (const draft of this.tries.keys()) if (this.tries.get(draft)) this.touch(draft, 0);
  }

  // Send what is waiting now; answers whether everything of the draft is with the server.
  async flush(draft) {
    clearTimeout(this.waiting.get(draft));
    this.waiting.delete(draft);
    if (this.running.has(draft)) await this.running.get(draft);
    if (this.held.has(draft)) return false;
    const changes = draft.changes();
    if (!Object.keys(changes).length) {
      this.on.state(draft, draft.dirty.size ? "refused" : "saved");
      return !draft.dirty.size;
    }
    const work = this.send(draft, changes);
    this.running.set(draft, work);
    try { await work; } finally { this.running.delete(draft); }
    if (this.tries.get(draft) || this.held.has(draft)) return false;
    return draft.dirty.size ? this.flush(draft) : true;
  }

  async send(draft, changes) {
    this.on.state(draft, "saving");
    const body = { revision: draft.revision, changes };
    if (draft.noted) body.note = draft.noted;
    const answer = await ask(draft.urls.edit, { method: "PUT", body });
    if (answer.ok) {
      this.tries.delete(draft);
      draft.noted = "";
      draft.accept(answer.body, changes);
      const taken = answer.body.item ? draft.take(answer.body.item, new Set([...draft.dirty, ...Object.keys(changes)])) : [];
      this.on.saved(draft, taken);
      if (!draft.dirty.size) this.on.state(draft, "saved");
    } else if (answer.status === 409 && answer.body.theirs) {
      this.held.add(draft);
      this.on.conflict(draft, answer.body);
    } else if ((answer.status === 400 || answer.status === 422) && faultsOf(answer).length) {
      draft.faults = [...draft.faults, ...faultsOf(answer)];
      this.on.refused(draft);
    } else {
      this.fail(draft, answer);
    }
  }

  // Not saved: say why, keep it, try again by itself.
  fail(draft, answer) {
    const count = this.tries.get(draft) ?? 0;
    this.tries.set(draft, count + 1);
    const why = answer.status === 401 || answer.status === 403
      ? "登录已过期，请在新窗口登录后刷新本页，修改已保留在本机" : answer.status === 0 ? "网络中断，将自动重试" : `${messageOf(answer)}，将自动重试`;
    this.on.state(draft, "failed", why);
    const wait = RETRY_MS[Math.min(count, RETRY_MS.length - 1)];
    clearTimeout(this.waiting.get(draft));
    this.waiting.set(draft, setTimeout(() => this.flush(draft), wait));
  }

  // A person has decided a conflict.
  release(draft) {
    this.held.delete(draft);
    this.touch(draft, 0);
  }
}

// Faults by path from a refusal: [{path, message}].
function faultsOf(answer) {
  const faults = answer.body?.error?.details;
  return Array.isArray(faults) ? faults.filter((fault) => fault.path) : [];
}
