// What people do on the upload page: choose, drop, filter, try again. The server writes the rows; the parts of this
// script fill in the same fields. Without it the page is a plain form and a list.
import { pollSoon } from "./uploads/following.js";
import { at, failed, root, showState, state, table, tell, waiting } from "./uploads/page.js";
import { add, show, start } from "./uploads/sending.js";

document.documentElement.classList.add("scripted");
for (const one of root.querySelectorAll("[data-script-only]")) one.hidden = false;
for (const one of root.querySelectorAll("[data-plain-only]")) one.hidden = true;
document.getElementById("folder").hidden = false;

const zone = at("drop");
zone.addEventListener("submit", (event) => event.preventDefault());
for (const input of [document.getElementById("files"), document.getElementById("folder")]) {
  input.required = false;
  input.addEventListener("change", () => {
    add([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
    input.value = "";
  });
}

let over = 0;
const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
addEventListener("dragenter", (event) => isFiles(event) && (over += 1) && zone.classList.add("over"));
addEventListener("dragleave", (event) => isFiles(event) && --over <= 0 && zone.classList.remove("over"));
addEventListener("dragover", (event) => isFiles(event) && event.preventDefault());
addEventListener("drop", async (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  over = 0;
  zone.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean);
  const found = [];
  for (const entry of entries) await walk(entry, found);
  add(found);
});

async function walk(entry, found) {
  if (entry instanceof File) found.push({ file: entry, name: entry.name });
  else if (entry.isFile) {
    const file = await new Promise((yes) => entry.file(yes, () => yes(null)));
    if (file) found.push({ file, name: entry.fullPath.replace(/^\//, "") });
  } else {
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((yes) => reader.readEntries(yes, () => yes([]))); // a hundred at a time
      if (!some.length) break;
      for (const one of some) await walk(one, found);
    }
  }
}

at("filter").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault(); // leaving the page would end the transfers
  table.dataset.show = link.dataset.show;
  for (const one of at("filter").children) one.toggleAttribute("aria-current", false);
  link.setAttribute("aria-current", "true");
  if (state.urls) history.replaceState(null, "", link.href);
  showState();
});

for (const name of ["retry", "attachments"]) {
  at(name).addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    if (name === "retry") {
      for (const entry of failed.splice(0)) {
        Object.assign(entry, { sent: 0, moved: 0 });
        state.given += 1;
        state.totalBytes += entry.file.size;
        show(entry, "等待上传", "", "waiting");
        waiting.push(entry);
      }
      state.stopped = false;
      start();
    }
    if (!form.getAttribute("action")) return;
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (response.type !== "opaqueredirect" && !response.ok) throw new Error(response.status);
      state.since = "";
      pollSoon();
    } catch {
      tell("没有提交成功，请检查网络后再试一次。");
    }
  });
}

addEventListener("beforeunload", (event) => {
  if (state.settled < state.given) event.preventDefault();
});
addEventListener("popstate", () => location.reload());

showState();
if (state.urls && root.dataset.busy === "yes") pollSoon();
