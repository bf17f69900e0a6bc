// Which materials are ready, kept in this browser alone: a tick list is nobody else's business.
export function keepTicks() {
  for (const list of document.querySelectorAll("[data-ticks]")) {
    const key = `ticks:${list.dataset.ticks}`;
    const boxes = [...list.querySelectorAll("input[type=checkbox]")];
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "[]");
      boxes.forEach((box, at) => { box.checked = kept.includes(at); });
    } catch { return; } // no storage here: the boxes still tick
    list.addEventListener("change", () => {
      const ticked = boxes.flatMap((box, at) => (box.checked ? [at] : []));
      localStorage.setItem(key, JSON.stringify(ticked));
    });
  }
}
