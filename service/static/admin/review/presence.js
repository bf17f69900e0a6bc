// Who else has this document open: a heartbeat every 15 seconds, and the names of the others. The answer carries the
// revisions of the items, so that another's change is taken over before both have typed into the same field.
import { byId, h } from "./dom.js";
import { ask } from "./save.js";

const BEAT_MS = 15_000;

export function beat(url, { itemId, revisions }) {
  const box = byId("presence");
  const once = async () => {
    if (document.hidden) return;
    const answer = await ask(url, { method: "POST", body: { item_id: itemId() } });
    if (!answer.ok) return;
    const others = answer.body.others ?? [];
    box.replaceChildren(...(others.length ? [h("span", { class: "presence-sign", "aria-hidden": "true" }, "●"), ` ${others.map((one) => one.name).join("、")}正在审核此文件`] : []));
    if (answer.body.revisions) revisions(answer.body.revisions);
  };
  once();
  setInterval(once, BEAT_MS);
  document.addEventListener("visibilitychange", once);
}
