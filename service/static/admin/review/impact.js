// The line at the foot: for whom the item would be what after publishing, who gains and who loses by an edit. Asked
// again after changes; never in the way of typing.
import { h } from "./dom.js";
import { ask } from "./save.js";

const QUIET_MS = 700;
const GROUPS = [["eligible", "可享受", "met", "✓"], ["undetermined", "需确认", "unknown", "？"], ["ineligible", "暂不符合", "not_met", "✗"]];
const count = (number) => Number(number ?? 0).toLocaleString("zh-CN");

export class Impact {
  constructor(box) {
    this.box = box;
    this.timer = 0;
    this.request = null;
  }

  refresh(draft, delay = QUIET_MS) {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.draft !== draft) this.box.replaceChildren(h("p", { class: "quiet" }, "正在计算发布后的影响…"));
    this.draft = draft;
    this.timer = setTimeout(() => this.ask(draft), delay);
  }

  async ask(draft) {
    this.request = new AbortController();
    const answer = await ask(draft.urls.impact, { signal: this.request.signal });
    if (answer.aborted || this.draft !== draft) return;
    this.draw(answer);
  }

  draw(answer) {
    if (!answer.ok) {
      this.box.replaceChildren(h("p", { class: "quiet" }, answer.status ? "暂时无法计算影响。" : "网络中断，暂时无法计算影响。"));
      return;
    }
    const impact = answer.body;
    const after = impact.after ?? {};
    const open = this.box.querySelector("details")?.open ?? false;
    const line = GROUPS.map(([key, words, verdict, sign]) => h("span", { class: "impact-count" }, h("span", { class: `sign sign-${verdict}`, "aria-hidden": "true" }, sign), `${words} `, h("strong", { class: "num" }, count(after[key])), " 家"));
    const gains = impact.gains ?? 0;
    const losses = impact.losses ?? 0;
    const moved = impact.published
      ? h("p", { class: "small impact-moves" }, gains || losses ? ["与现已发布的相比：", h("strong", {}, `新增可享受 ${count(gains)} 家`), "，", h("strong", {}, `不再可享受 ${count(losses)} 家`)] : "与现已发布的相比：可享受的企业不变") : null;
    this.box.replaceChildren(h("details", { open },
      h("summary", {}, h("span", { class: "impact-line" }, h("span", {}, "发布后："), line)),
      moved, this.examples(impact)));
  }

  examples(impact) {
    const groups = (impact.examples ?? []).filter((group) => group.companies.length);
    if (!groups.length) return h("p", { class: "small quiet" }, "企业库中没有可举的例子。");
    return h("dl", { class: "impact-examples small" }, groups.map((group) => h("div", {},
      h("dt", {}, group.words), h("dd", {}, group.companies.map((company, at) => [at ? "、" : "", company.url ? h("a", { href: company.url, target: "_blank" }, company.name) : company.name]),
        group.more ? h("a", { class: "more", href: group.url ?? "#", target: "_blank" }, `等 ${count(group.total)} 家`) : null))));
  }
}
