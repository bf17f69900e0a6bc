// A little comfort on top of pages that work without it.
import { linkSentences } from "./links.js";
import { keepTicks } from "./ticks.js";

linkSentences();
keepTicks();

// On a phone what is beside the list on a wide screen stands above it: fold it away.
for (const aside of document.querySelectorAll("[data-fold-small]")) {
  if (!window.matchMedia("(min-width: 64rem)").matches) aside.open = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
