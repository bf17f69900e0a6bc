// 时效维护: tick all boxes of a group at once. Everything else works without it.
for (const all of document.querySelectorAll("[data-check-all]")) {
  const boxes = all.closest("form").querySelectorAll('input[name="proposal_id"]');
  all.closest("[data-with-script]").hidden = false;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  for (const box of boxes) {
    box.addEventListener("change", () => {
      const ticked = [...boxes].filter((one) => one.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    });
  }
}
for (const button of document.querySelectorAll("button[data-all]")) {
  button.addEventListener("click", (event) => {
    if (!window.confirm(`${button.textContent.trim()}？`)) event.preventDefault();
  });
}
