// Keys for the inbox: J and K move, Enter opens, X ticks; only while no field has the focus.
import { listenToKeys } from "./review/keys.js";

const rows = [...document.querySelectorAll("[data-row]")];
let at = -1;

function go(step) {
  if (!rows.length) return;
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows.forEach((row, place) => row.classList.toggle("is-here", place === at));
  rows[at].querySelector("[data-open]").focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

for (const [place, row] of rows.entries()) row.addEventListener("focusin", () => { at = place; });

const all = document.getElementById("check-all");
if (all) {
  all.hidden = false;
  all.addEventListener("change", () => { for (const box of document.querySelectorAll('[name="document_id"]')) box.checked = all.checked; });
}

listenToKeys({
  J: () => go(1),
  K: () => go(-1),
  X: () => { const box = rows[at]?.querySelector('[name="document_id"]'); if (box) box.checked = !box.checked; },
  "/": () => document.querySelector('[name="q"]').focus(),
});
