// What readers will see, drawn by the server a moment after the last key; an answer that comes late is dropped.
import { device } from "../store.js";

const DELAY = 300;
const CLOSED = "preview-closed";
const WIDE = "(min-width: 60rem)";

function show(form, pane, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const advice = page.querySelector("[data-advice]");
  advice?.remove();
  pane.querySelector(".prose").replaceChildren(...page.body.childNodes);
  if (advice) form.querySelector("[data-advice]")?.replaceWith(advice);
}

export function startPreview(form) {
  const pane = form.querySelector("[data-preview]");
  const field = form.elements.body;
  if (!pane || !field) return;
  const eye = form.querySelector("[data-eye]");
  const button = form.querySelector("button[name=preview]");
  let timer;
  let asked;
  const render = async () => {
    asked?.abort();
    asked = new AbortController();
    const body = new URLSearchParams({ body: field.value, csrf_token: form.elements.csrf_token?.value ?? "" });
    if (form.querySelector("[data-advice]")) body.set("language", form.elements.language?.value ?? "");
    const options = { method: "POST", body, headers: { "X-Requested-With": "fetch" }, signal: asked.signal };
    const answer = await fetch("/preview", options);
    if (answer.ok || answer.status === 422) show(form, pane, await answer.text());
  };
  const later = () => {
    clearTimeout(timer);
    if (!pane.hidden) timer = setTimeout(() => render().catch(() => {}), DELAY);
  };
  const open = (isOpen) => {
    pane.hidden = !isOpen;
    eye?.setAttribute("aria-pressed", String(isOpen));
    if (!eye) button?.setAttribute("aria-pressed", String(isOpen));
    later();
  };
  eye?.addEventListener("click", () => {
    device.set(CLOSED, pane.hidden ? "" : "yes");
    open(pane.hidden);
  });
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    open(eye ? true : pane.hidden);
    if (eye) pane.scrollIntoView({ block: "nearest" });
  });
  field.addEventListener("input", later);
  form.elements.language?.addEventListener?.("change", later);
  open(!pane.hidden || Boolean(eye && matchMedia(WIDE).matches && device.get(CLOSED) !== "yes"));
}
