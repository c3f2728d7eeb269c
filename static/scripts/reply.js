// A reply opens under its comment: the form comes from the page that the link leads to.
import { start as startComposer } from "./composer-loader.js";
import { leave, offer } from "./drafts.js";
import { put, quoteFrom } from "./quote.js";
import { word } from "./words.js";

let open;

function close({ focus = true } = {}) {
  if (!open) return;
  leave(open.box.querySelector("form"));
  open.box.remove();
  if (focus) open.link.focus();
  open = undefined;
}

async function formOf(address) {
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || answer.redirected) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("form.composer");
}

function boxOf(form) {
  const box = document.createElement("div");
  box.className = "reply";
  const cancel = document.createElement("button");
  cancel.type = "button";
  cancel.className = "btn btn--quiet";
  cancel.textContent = word("cancel");
  cancel.addEventListener("click", () => close());
  form.querySelector("[data-saved]").after(cancel);
  box.append(form);
  return box;
}

async function reply(link, quoted = "") {
  if (open?.link === link) {
    open.box.querySelector("textarea").focus();
    return put(open.box.querySelector("textarea"), quoted);
  }
  link.setAttribute("aria-busy", "true");
  const form = await formOf(link.href).catch(() => undefined);
  link.removeAttribute("aria-busy");
  if (!form) return location.assign(link.href);
  close({ focus: false });
  const box = boxOf(document.adoptNode(form));
  link.closest("article").after(box);
  open = { box, link };
  offer(form);
  startComposer(box);
  box.querySelector("textarea").focus();
  put(box.querySelector("textarea"), quoted);
}

document.addEventListener("quote", (event) => reply(event.target, event.detail));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-reply]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  reply(link, quoteFrom(link.closest("article")));
});
