// What is typed is kept on this device, by member, post and parent, until the server has it.
import { language, word } from "./words.js";

const DELAY = 800;
const SENT = "draft-sent";
const timers = new WeakMap();

const keyOf = (form) => `draft:${form.dataset.draft}`;
const read = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const clock = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
const fieldsOf = (form) => [...form.querySelectorAll("textarea[name], input.input[name]")];
const holds = (form, draft) => fieldsOf(form).every((field) => field.value === (draft.fields[field.name] ?? field.value));
const isUnseen = (form, draft) => draft.at > Number(form.dataset.savedAt ?? 0) && !holds(form, draft);

function save(form) {
  const fields = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  const kept = read(keyOf(form));
  // Words of another tab or of an earlier visit: asking is better than mixing, and than losing them.
  if (kept && isUnseen(form, kept)) return offer(form);
  const at = Date.now();
  if (Object.values(fields).some((value) => value.trim())) {
    localStorage.setItem(keyOf(form), JSON.stringify({ at, fields }));
    form.dataset.savedAt = String(at);
    say(form, word("draft-saved").replace("{time}", clock(at)));
  } else {
    localStorage.removeItem(keyOf(form));
    say(form, "");
  }
}

function say(form, text, ...buttons) {
  form.querySelector("[data-saved]")?.replaceChildren(text, ...buttons);
}

function choice(words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "linkbtn";
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

function putBack(form, draft) {
  for (const field of fieldsOf(form)) field.value = draft.fields[field.name] ?? field.value;
  form.dataset.savedAt = String(draft.at);
  say(form, word("draft-restored"));
  form.querySelector("textarea")?.focus();
}

// Offers what was kept, unless the form holds it already.
export function offer(form) {
  const draft = form?.dataset.draft && read(keyOf(form));
  if (!draft || !isUnseen(form, draft)) return;
  const restore = choice(word("draft-restore"), () => putBack(form, draft));
  const discard = choice(word("draft-discard"), () => (localStorage.removeItem(keyOf(form)), say(form, "")));
  say(form, word("draft-found").replace("{time}", clock(draft.at)), restore, discard);
}

export function flush(form) {
  if (!form || !timers.has(form)) return;
  clearTimeout(timers.get(form));
  timers.delete(form);
  save(form);
}

// A form that was taken is answered with a redirect; anything else brings its words back, or keeps them for another form.
function settle() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (!sent) return;
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.redirectCount > 0 && !document.querySelector("[aria-invalid]")) return localStorage.removeItem(sent);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (keyOf(form) === sent) form.dataset.savedAt = String(read(sent)?.at ?? 0);
  }
  for (const form of document.querySelectorAll("form[data-kept]")) form.dataset.kept = sent;
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => flush(form), DELAY));
});
document.addEventListener("submit", ({ target, submitter }) => {
  if (target.dataset.kept) sessionStorage.setItem(SENT, target.dataset.kept);
  if (!target.dataset.draft || submitter?.name === "preview") return;
  flush(target);
  sessionStorage.setItem(SENT, keyOf(target));
});
addEventListener("pageshow", (event) => event.persisted && sessionStorage.removeItem(SENT));
addEventListener("pagehide", () => document.querySelectorAll("form[data-draft]").forEach(flush));

settle();
document.querySelectorAll("form[data-draft]").forEach((form) => offer(form));
