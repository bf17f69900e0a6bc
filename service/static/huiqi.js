// A little comfort on top of pages that work without it: the condition under the cursor or in focus shows
// its sentence in the original, and the sentence its condition. Links do the scrolling by themselves.
"use strict";

function markAll(key, on) {
  for (const mark of document.querySelectorAll("mark[data-keys]")) {
    if (mark.dataset.keys.split(" ").includes(key)) mark.classList.toggle("lit", on);
  }
  const condition = document.getElementById(key);
  if (condition) condition.classList.toggle("lit", on);
}

function light(element, keys) {
  for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
    element.addEventListener(begin, () => keys.forEach((key) => markAll(key, true)));
    element.addEventListener(end, () => keys.forEach((key) => markAll(key, false)));
  }
}

function showSentence(key) {
  const pane = document.querySelector(".pane");
  const target = document.getElementById("y-" + key);
  if (!pane || !target || getComputedStyle(pane).overflowY !== "auto") return;
  const middle = pane.clientHeight / 3;
  pane.scrollTop += target.getBoundingClientRect().top - pane.getBoundingClientRect().top - middle;
}

// The pane follows the condition under the cursor, once the cursor rests there.
for (const element of document.querySelectorAll("[data-key]")) {
  let waiting = 0;
  light(element, [element.dataset.key]);
  element.addEventListener("mouseenter", () => { waiting = setTimeout(showSentence, 150, element.dataset.key); });
  element.addEventListener("mouseleave", () => clearTimeout(waiting));
}
for (const link of document.querySelectorAll("[data-to]")) {
  light(link, [link.dataset.to]);
  link.addEventListener("focus", () => showSentence(link.dataset.to));
}
for (const mark of document.querySelectorAll("mark[data-keys]")) light(mark, mark.dataset.keys.split(" "));

// On a phone what is beside the list on a wide screen stands above it: fold it away.
for (const aside of document.querySelectorAll("[data-fold-small]")) {
  if (!window.matchMedia("(min-width: 64rem)").matches) aside.open = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
