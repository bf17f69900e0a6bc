// Single keys, only while no field has the focus, so that none of them gets in the way of typing.

const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export function listenToKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const inField = event.target instanceof Element && event.target.closest(TYPED);
    if (event.key === "Escape" && inField) { event.target.blur(); actions.Escape?.(); return; }
    if (inField) return;
    const action = actions[event.key.length === 1 ? event.key.toUpperCase() : event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
