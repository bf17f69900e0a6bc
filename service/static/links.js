// What is understood and its sentence in the original find each other: the one under the cursor or in focus lights
// the other, and the pane of the original follows. Works by delegation, so that what is drawn later takes part.
//   data-key="c1" on what was understood, data-to="c1" on a link to its sentence,
//   <mark data-keys="c1 b2"> on the sentence, id="y-c1" where it begins.
const LINKED = "[data-key], [data-to], mark[data-keys]";
const REST_MS = 150; // the pane follows the cursor only once it rests

function linkedOf(target) {
  return target instanceof Element ? target.closest(LINKED) : null;
}

function keysOf(element) {
  if (!element) return [];
  const { key, to, keys } = element.dataset;
  return keys ? keys.split(" ") : [to ?? key];
}

function paint(key, on) {
  for (const mark of document.querySelectorAll(`mark[data-keys~="${CSS.escape(key)}"]`)) mark.classList.toggle("lit", on);
  document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.classList.toggle("lit", on);
}

// Scroll the pane so that the sentence stands in its upper third; only where the pane scrolls by itself.
export function showSentence(key, pane = document.querySelector(".pane")) {
  const target = document.getElementById(`y-${key}`)
    ?? document.querySelector(`mark[data-keys~="${CSS.escape(key)}"]`);
  if (!pane || !target || getComputedStyle(pane).overflowY !== "auto") return;
  pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

// Light both sides of a link; returns the keys that are lit. follow: the pane follows the resting cursor too.
export function linkSentences({ follow = true, show = showSentence } = {}) {
  const lit = { hover: [], focus: [] };
  let resting = 0;
  const light = (how, keys) => {
    const before = lit[how];
    lit[how] = keys;
    for (const key of before) if (!lit.hover.includes(key) && !lit.focus.includes(key)) paint(key, false);
    for (const key of keys) paint(key, true);
  };
  document.addEventListener("mouseover", (event) => {
    const element = linkedOf(event.target);
    const keys = keysOf(element);
    if (keys.join() === lit.hover.join()) return;
    light("hover", keys);
    clearTimeout(resting);
    if (follow && element?.dataset.key) resting = setTimeout(show, REST_MS, element.dataset.key);
  });
  document.addEventListener("focusin", (event) => {
    const element = linkedOf(event.target);
    const before = lit.focus.join();
    light("focus", keysOf(element));
    if (element && !element.dataset.keys && lit.focus.join() !== before) show(lit.focus[0]);
  });
  document.addEventListener("focusout", () => light("focus", []));
  return lit;
}
