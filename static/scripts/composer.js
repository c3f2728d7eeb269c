// Toolbar, preview while typing, and what the button says when an organisation speaks.
import "@github/markdown-toolbar-element";

const DELAY = 300;
const TOOLS = { b: "md-bold", i: "md-italic", k: "md-link" };

async function render(form, pane) {
  const body = new URLSearchParams({ body: form.elements.body.value, csrf_token: form.elements.csrf_token?.value ?? "" });
  const answer = await fetch("/preview", { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (answer.ok) pane.querySelector(".prose").innerHTML = await answer.text();
}

function startPreview(form) {
  const pane = form.querySelector("[data-preview]");
  const button = form.querySelector("button[name=preview]");
  if (!pane || !button || !form.elements.body) return;
  let timer;
  const later = () => {
    clearTimeout(timer);
    if (!pane.hidden) timer = setTimeout(() => render(form, pane).catch(() => {}), DELAY);
  };
  button.setAttribute("aria-pressed", String(!pane.hidden));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    pane.hidden = !pane.hidden;
    button.setAttribute("aria-pressed", String(!pane.hidden));
    later();
  });
  form.elements.body.addEventListener("input", later);
}

function startVoices(form) {
  const button = form.querySelector("[data-submit]");
  if (!button) return;
  const own = button.textContent;
  const name = () => {
    const chosen = form.querySelector("input[name=on_behalf_of]:checked");
    button.textContent = chosen?.dataset.publish ?? own;
  };
  form.addEventListener("change", name);
  name();
}

function startKeys(box) {
  box.addEventListener("keydown", (event) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && TOOLS[event.key];
    if (!tool || !event.target.matches("textarea")) return;
    event.preventDefault();
    box.querySelector(tool)?.click();
  });
}

export function start(root) {
  for (const box of root.querySelectorAll(".composer")) {
    const form = box.closest("form") ?? box;
    if (form.dataset.started) continue;
    form.dataset.started = "yes";
    box.querySelectorAll("markdown-toolbar").forEach((bar) => (bar.hidden = false));
    startKeys(box);
    startPreview(form);
    startVoices(form);
    form.addEventListener("submit", (event) => event.submitter?.setAttribute("aria-busy", "true"));
  }
}

addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")));
