// The other fields of an item: title, what is given, when, where and how. Each stands beside its sentence.
import { button, clip, focusPlace, h, tell } from "./dom.js";
import { SCALE_NAMES, grouped, inScale, readFigure, sumWords } from "./figures.js";

// ui: {change(key, value, at), redraw(), pick(words) -> span, show(key, jump), faultsAt(path), kinds}
export class Fields {
  constructor(ui) { this.ui = ui; }

  get item() { return this.draft.item; }

  // Take a new value. again: draw anew, where more than the text of the field has changed.
  set(key, value, at = "", again = false) {
    this.ui.change(key, value, at);
    if (again) this.ui.redraw();
  }

  quote(key, span, what, take) {
    return h("p", { class: "cond-sentence small" },
      span ? h("button", { type: "button", class: "quote-link", data: { to: key, place: `${key}:quote` }, onclick: () => this.ui.show(key, true) }, `原文：${clip(span[2], 80)}`) : h("span", { class: "fault" }, "还没有依据的原文"),
      button("选取原文", async () => { const chosen = await this.ui.pick(what); if (chosen) take(chosen); focusPlace(document, `${key}:pick`); }, { data: { place: `${key}:pick` } }));
  }

  faults(path) {
    return this.ui.faultsAt(path).map((fault) => h("p", { class: `fault small ${fault.severity ?? "error"}` }, fault.message));
  }

  title(draft) {
    this.draft = draft;
    return h("div", { class: "field-row", data: { key: "t1" } },
      h("label", { for: "title-field" }, "事项名称"),
      h("textarea", { id: "title-field", rows: 2, maxlength: 200, value: this.item.title, data: { place: "title" }, oninput: (event) => this.set("title", event.target.value.replace(/\s+/g, " ").trim(), "title") }),
      this.item.spans?.length ? h("button", { type: "button", class: "quote-link small", data: { to: "t1", place: "t1:quote" }, onclick: () => this.ui.show("t1", true) }, `原文：${clip(this.item.spans[0][2], 36)}`) : null,
      this.faults("title"));
  }

  benefits() {
    const list = this.item.benefits;
    const put = (at, fields, place = "", again = false) => this.set("benefits", this.item.benefits.map((one, n) => (n === at ? { ...one, ...fields } : one)), place, again);
    const rows = list.map((benefit, at) => h("li", { class: "benefit", data: { key: `b${at + 1}` } },
      h("div", { class: "cond-fields" },
        h("select", { "aria-label": `支持方式 ${at + 1}`, data: { place: `b${at}:kind` }, onchange: (event) => put(at, { kind: event.target.value }) },
          this.ui.kinds.map(([kind, words]) => h("option", { value: kind, selected: kind === benefit.kind }, words))),
        this.sum(`b${at}:amount`, "定额", benefit, "amount_yuan", () => this.item.benefits[at], (fields, place) => put(at, fields, place)),
        this.sum(`b${at}:max`, "最高", benefit, "max_yuan", () => this.item.benefits[at], (fields, place) => put(at, fields, place)),
        this.percent(`b${at}:rate`, benefit, () => this.item.benefits[at], (fields, place) => put(at, fields, place)),
        h("label", { class: "inline" }, "基数", h("input", { value: benefit.base ?? "", maxlength: 60, class: "base", data: { place: `b${at}:base` }, oninput: (event) => put(at, { base: event.target.value.trim() || null }, `b${at}:base`) }))),
      this.faults(`benefits/${at}`),
      this.quote(`b${at + 1}`, benefit.span, `支持内容 ${at + 1}`, (span) => put(at, { span }, "", true)),
      h("div", { class: "tools" }, button("删除", () => this.removeFrom("benefits", at, "支持内容"), { class: "tool bad", "aria-label": `删除支持内容 ${at + 1}`, data: { place: `b${at}:drop` } }))));
    return [rows.length ? h("ol", { class: "benefits-edit" }, rows) : h("p", { class: "empty" }, "没有写明支持内容。"),
      h("p", {}, button("＋ 支持内容", async () => { const span = await this.ui.pick("新的支持内容"); if (span) this.addBenefit(span); else focusPlace(document, "add-benefit"); }, { class: "tool framed", data: { place: "add-benefit" } }))];
  }

  sum(place, label, benefit, key, now, put) {
    const [digits, scale] = inScale(benefit[key]);
    const raw = benefit._raw?.[key];
    const echo = h("span", { class: `echo small${raw === undefined ? "" : " fault"}` }, raw === undefined ? (benefit[key] === null ? "" : sumWords(benefit[key])) : "无法识别");
    const input = h("input", { class: "figure num", inputmode: "decimal", value: raw ?? digits, data: { place }, "aria-invalid": raw === undefined ? null : "true" });
    const scales = h("select", { "aria-label": `${label}的单位`, data: { place: `${place}-scale` } }, SCALE_NAMES.map((name) => h("option", { value: name, selected: name === (digits ? scale : "万元") }, name)));
    const take = () => {
      const typed = input.value.trim();
      const read = typed === "" ? null : readFigure(typed, scales.value);
      const bad = typed !== "" && read === null;
      setInvalid(input, bad);
      echo.textContent = bad ? "无法识别，请填写数字" : read === null ? "" : `= ${grouped(read)} 元`;
      echo.classList.toggle("fault", bad);
      put(withRaw(now(), key, bad ? typed : undefined, bad ? {} : { [key]: read }), place);
    };
    input.addEventListener("input", take);
    scales.addEventListener("change", take);
    return h("label", { class: "inline" }, label, h("span", { class: "figure-field" }, input, scales, echo));
  }

  percent(place, benefit, now, put) {
    const raw = benefit._raw?.rate_percent;
    const input = h("input", { class: "figure num narrow-field", inputmode: "decimal", value: raw ?? benefit.rate_percent ?? "", data: { place }, "aria-invalid": raw === undefined ? null : "true" });
    input.addEventListener("input", () => {
      const typed = input.value.trim();
      const read = typed === "" ? null : readFigure(typed);
      const bad = typed !== "" && read === null;
      setInvalid(input, bad);
      put(withRaw(now(), "rate_percent", bad ? typed : undefined, bad ? {} : { rate_percent: read }), place);
    });
    return h("label", { class: "inline" }, "比例", input, "%");
  }

  window() {
    const window = this.item.window;
    if (!window) {
      return [h("p", { class: "quiet" }, "文件没有写明申报时间。"), h("p", {}, button("＋ 申报时间", async () => {
        const span = await this.ui.pick("申报时间");
        if (span) this.set("window", { opens_on: null, closes_on: null, always: false, yearly: false, span }, "", true);
        focusPlace(document, "w:closes") || focusPlace(document, "add-window");
      }, { class: "tool framed", data: { place: "add-window" } }))];
    }
    const put = (fields, place = "", again = false) => this.set("window", { ...this.item.window, ...fields }, place, again);
    const day = (key, label, place) => h("label", { class: "inline" }, label, h("input", { type: "date", value: window[key] ?? "", data: { place }, onchange: (event) => put({ [key]: event.target.value || null }) }));
    const tick = (key, label, place) => h("label", { class: "inline tick" }, h("input", { type: "checkbox", checked: window[key], data: { place }, onchange: (event) => put({ [key]: event.target.checked }, "", true) }), label);
    return [h("div", { data: { key: "w1" } },
      h("div", { class: "cond-fields" }, window.always ? null : [day("opens_on", "开始", "w:opens"), day("closes_on", "截止", "w:closes"), tick("yearly", "每年", "w:yearly")], tick("always", "常年受理", "w:always")),
      this.faults("window"), this.quote("w1", window.span, "申报时间", (span) => put({ span }, "", true)),
      h("div", { class: "tools" }, button("删除", () => { this.set("window", null, "", true); tell("已删除申报时间，按 U 撤销"); focusPlace(document, "add-window"); }, { class: "tool bad", "aria-label": "删除申报时间", data: { place: "w:drop" } })))];
  }

  // A text with its sentence, at most one of it: department, channel.
  single(key, mark, words) {
    const quoted = this.item[key];
    if (!quoted) return h("p", { class: "single" }, button(`＋ ${words}`, async () => { await this.begin(key, words, null); focusPlace(document, `${mark}:text`); }, { class: "tool framed", data: { place: `add-${key}` } }));
    return h("div", { class: "quoted", data: { key: mark } },
      h("label", { class: "stacked" }, words, h("input", { value: quoted.text, maxlength: 500, data: { place: `${mark}:text` }, oninput: (event) => this.set(key, { ...this.item[key], text: event.target.value.trim() }, mark) })),
      this.faults(key), this.quote(mark, quoted.span, words, (span) => this.set(key, { ...this.item[key], span }, "", true)),
      h("div", { class: "tools" }, button("删除", () => { this.set(key, null, "", true); tell(`已删除${words}，按 U 撤销`); focusPlace(document, `add-${key}`); }, { class: "tool bad", "aria-label": `删除${words}`, data: { place: `${mark}:drop` } })));
  }

  many(key, letter, words) {
    const list = this.item[key];
    const put = (at, fields, place = "", again = false) => this.set(key, this.item[key].map((one, n) => (n === at ? { ...one, ...fields } : one)), place, again);
    return [list.length ? h("ol", { class: "quoteds" }, list.map((quoted, at) => {
      const mark = `${letter}${at + 1}`;
      return h("li", { class: "quoted", data: { key: mark } },
        h("input", { value: quoted.text, maxlength: 500, "aria-label": `${words} ${at + 1}`, data: { place: `${mark}:text` }, oninput: (event) => put(at, { text: event.target.value.trim() }, mark) }),
        h("span", { class: "tools" },
          h("button", { type: "button", class: "tool", data: { to: mark, place: `${mark}:quote` }, "aria-label": `查看${words} ${at + 1}的原文`, onclick: () => this.ui.show(mark, true) }, "原文"),
          button("选取", async () => { const span = await this.ui.pick(`${words} ${at + 1}`); if (span) put(at, { span }, "", true); focusPlace(document, `${mark}:pick`); }, { "aria-label": `为${words} ${at + 1}选取原文`, data: { place: `${mark}:pick` } }),
          button("删除", () => this.removeFrom(key, at, words), { class: "tool bad", "aria-label": `删除${words} ${at + 1}`, data: { place: `${mark}:drop` } })),
        this.faults(`${key}/${at}`));
    })) : null,
    h("p", { class: "single" }, button(`＋ ${words}`, async () => {
      await this.addTo(key, words, (span) => ({ text: clip(span[2], 200), span }));
    }, { class: "tool framed", data: { place: `add-${key}` } }))];
  }

  async begin(key, words) {
    const span = await this.ui.pick(words);
    if (span) this.set(key, { text: clip(span[2], 200), span }, "", true);
  }

  async addTo(key, words, make) {
    const span = await this.ui.pick(words);
    if (span) this.set(key, [...this.item[key], make(span)], "", true);
    focusPlace(document, `add-${key}`);
  }

  addBenefit(span) {
    this.set("benefits", [...this.item.benefits, { kind: "奖励", amount_yuan: null, max_yuan: null, rate_percent: null, base: null, span }], "", true);
    focusPlace(document, `b${this.item.benefits.length - 1}:kind`);
  }

  removeFrom(key, at, words) {
    this.set(key, this.item[key].filter((_, n) => n !== at), "", true);
    tell(`已删除${words}，按 U 撤销`);
    focusPlace(document, key === "benefits" ? "add-benefit" : `add-${key}`);
  }

  automatic() {
    return h("label", { class: "inline tick", data: { key: "f1" } },
      h("input", { type: "checkbox", checked: this.item.no_application, data: { place: "automatic", to: "f1" }, onchange: (event) => this.set("no_application", event.target.checked) }),
      "免申即享（由部门直接兑付，企业无需申报）");
  }
}

function withRaw(now, key, typed, fields) {
  const rest = { ...now._raw };
  if (typed === undefined) delete rest[key];
  else rest[key] = typed;
  return { ...fields, _raw: Object.keys(rest).length ? rest : undefined };
}

function setInvalid(input, bad) {
  if (bad) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
