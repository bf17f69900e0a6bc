// Send an answer and put the new list in place of the old one, without a jump: the page works the same without this.
const main = document.getElementById("main");

async function send(form, button) {
  const data = new FormData(form, button);
  form.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("main");
  if (!fresh || new URL(answer.url).origin !== location.origin) throw new Error("no list in the answer");
  main.replaceChildren(...fresh.childNodes);
  document.title = page.title;
  if (answer.ok) history.replaceState(null, "", answer.url.split("#")[0]);
  const told = main.querySelector("[data-told]");
  if (told) {
    told.tabIndex = -1;
    told.focus({ preventScroll: true });
    told.scrollIntoView({ block: "nearest" });
  }
  document.dispatchEvent(new CustomEvent("huiqi:list"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-answer]") || form.getAttribute("aria-busy")) return;
  event.preventDefault();
  send(form, event.submitter).catch(() => {
    form.removeAttribute("data-answer"); // whatever went wrong: send it as a page does
    form.removeAttribute("aria-busy");
    form.requestSubmit(event.submitter);
  });
});
