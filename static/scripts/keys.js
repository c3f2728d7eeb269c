// Single keys for readers who want them: off in text fields, ignored with a modifier, and can be switched off (WCAG 2.1.4).
import { part } from "./words.js";

const OFF = "keys-off";
const TYPING = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";
let pressedG = 0;

const comments = () => [...document.querySelectorAll("article.comment")].filter((row) => row.checkVisibility());
const current = () => document.activeElement?.closest("article.comment");

function step(by) {
  const rows = comments();
  if (!rows.length) return;
  const at = rows.indexOf(current());
  const next = at < 0 ? nearest(rows) : rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const nearest = (rows) => rows.find((row) => row.getBoundingClientRect().bottom > 80) ?? rows[0];

const press = (selector) => (current() ?? document.querySelector("article.post"))?.querySelector(selector)?.click();

function fold() {
  const item = current()?.closest("li");
  const branch = item?.querySelector(":scope > details.replies") ?? item?.closest("details.replies");
  if (branch) branch.open = !branch.open;
}

function write() {
  const field = document.querySelector("#write textarea");
  if (field) field.focus();
  else location.assign("/posts/new");
}

function help() {
  const sheet = document.querySelector("dialog.sheet") ?? part("keys");
  if (!sheet) return;
  const box = sheet.querySelector("input");
  box.checked = localStorage.getItem(OFF) !== "yes";
  box.onchange = () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes"));
  document.body.append(sheet);
  sheet.showModal();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  o: fold,
  r: () => press("[data-reply]"),
  l: () => press('button[formaction$="/recommend"]'),
  b: () => press('button[formaction$="/bookmark"]'),
  c: write,
};

function single(event) {
  if (event.key === "h" && Date.now() - pressedG < 1500) return location.assign("/");
  pressedG = event.key === "g" ? Date.now() : 0;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

// Where keys are off, this is the way back.
const opener = document.querySelector("[data-help]");
if (opener && matchMedia("(pointer: fine)").matches) {
  opener.hidden = false;
  opener.addEventListener("click", help);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = event.target.closest?.(TYPING);
  if (typing && (event.ctrlKey || event.metaKey) && event.key === "Enter") {
    return typing.form?.requestSubmit(typing.form.querySelector("[data-submit]"));
  }
  if (typing && event.key === "Escape") return typing.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (localStorage.getItem(OFF) === "yes") return undefined;
  return event.key === "?" ? help() : single(event);
});
