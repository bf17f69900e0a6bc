// Small means to build and find elements.

// h("button", {class: "x", type: "button", onclick: fn, "aria-label": "删除"}, "text", child, [more]) -> element
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "selected") element[name] = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// A button that does one thing. place: its name for keeping the focus over a new drawing.
export function button(label, onclick, attributes = {}) {
  return h("button", { type: "button", class: "tool", onclick, ...attributes }, label);
}

export const byId = (id) => document.getElementById(id);

// Draw anew inside a box, and put focus, selection and scroll where they were (controls are known by data-place).
export function redraw(box, ...children) {
  const active = document.activeElement;
  const held = box.contains(active) ? active.dataset.place : null;
  const range = held && "selectionStart" in active ? safeRange(active) : null;
  box.replaceChildren(...children.flat(3).filter(Boolean));
  if (held) focusPlace(box, held, range);
}

function safeRange(input) {
  try { return [input.selectionStart, input.selectionEnd]; } catch { return null; }
}

export function focusPlace(box, place, range = null) {
  const target = box.querySelector(`[data-place="${CSS.escape(place)}"]`);
  if (!target) return false;
  target.focus({ preventScroll: true });
  if (range && range[0] !== null && target.setSelectionRange) {
    try { target.setSelectionRange(...range); } catch { /* not a field of text */ }
  }
  return true;
}

// Say something to a screen reader, and show it for a moment.
export function tell(words) {
  const line = byId("told");
  if (!line) return;
  line.textContent = words;
  line.classList.add("shown");
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => line.classList.remove("shown"), 6000);
}

export const clip = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

export const timeOf = (at) => {
  const day = at ? new Date(at) : new Date();
  return Number.isNaN(day.getTime()) ? "" : `${day.getHours()}:${String(day.getMinutes()).padStart(2, "0")}`;
};
