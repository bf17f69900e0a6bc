// Ask what has become of the files until all are done, less often while nothing changes.
import { at, byId, POLL, say, setBroken, showCounts, showState, state, take, tell } from "./page.js";

const LONGEST_POLL = 5000, AFTER_TROUBLE = 15000;

export function pollSoon() {
  state.answeredAll = false;
  state.pollDelay = POLL;
  if (!state.pollTimer) state.pollTimer = setTimeout(poll, POLL);
}

async function poll() {
  state.pollTimer = 0;
  try {
    const response = await fetch(`${state.urls.files}?${new URLSearchParams({ since: state.since })}`, { headers: { Accept: "application/json" } });
    if (response.status === 401 || response.status === 403) return tell("登录已过期，请重新登录后查看结果；已收下的文件会继续处理。");
    if (!response.ok) throw new Error(response.status);
    follow(await response.json());
    setBroken(false);
  } catch {
    setBroken(true);
    state.pollDelay = AFTER_TROUBLE;
  }
  if (!state.answeredAll && !state.pollTimer) state.pollTimer = setTimeout(poll, state.pollDelay);
}

let before = "";
function follow(answer) {
  answer.rows.forEach(take);
  showCounts(answer.counts);
  at("idle").hidden = answer.done || answer.working;
  if (at("inbox")) at("inbox").hidden = !answer.done || !answer.counts.loaded;
  const now = JSON.stringify([answer.counts, answer.rows.map((row) => row.told)]);
  state.pollDelay = now === before ? Math.min(state.pollDelay * 1.5, LONGEST_POLL) : POLL;
  before = now;
  // Rows that slipped through between two looks are asked for from the start.
  const lacking = byId.size < answer.total;
  state.since = lacking ? "" : answer.now;
  state.answeredAll = answer.done && !lacking && state.settled >= state.given;
  if (answer.done && state.settled >= state.given) say(`本批处理完毕：已载入 ${answer.counts.loaded}，已在库 ${answer.counts.already}，未载入 ${answer.counts.refused}`);
  showState();
}
