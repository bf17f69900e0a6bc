// Follow the check or the import of a file, and open the page anew when it has ended.
"use strict";

const place = document.getElementById("following");
const words = place.querySelector("[data-words]"), bar = place.querySelector("[data-progress]");
const POLL = 1000, LONGEST = 5000, AFTER_TROUBLE = 10000;
let delay = POLL;

async function look() {
  try {
    const answer = await fetch(place.dataset.state, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const now = await answer.json();
    if (!now.busy) return location.reload();
    if (words.textContent !== now.words) words.textContent = now.words;
    if (now.total) {
      bar.max = now.total;
      bar.value = now.done ?? 0;
    }
    delay = Math.min(delay * 1.2, LONGEST);
  } catch {
    delay = AFTER_TROUBLE;
  }
  setTimeout(look, delay);
}

setTimeout(look, delay);
