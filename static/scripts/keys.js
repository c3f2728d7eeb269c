// Single keys for readers who want them: off in text fields, ignored with a modifier, and can be switched off (WCAG 2.1.4).
import { part, word } from "./words.js";

const HELP = "/help/keyboard";
const YEAR_S = 365 * 24 * 3600;
const TYPING = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";
const ROOTS = "#thread > li > article.comment";
const KEYS = new Map();
let making;
let before = "";
let beforeAt = 0;

// A part of the site brings keys of its own; kit/_keys.html lists them. `keys` is one, or two with a space between.
export const bind = (keys, act) => KEYS.set(keys, act);

const isOff = () => /(?:^|; )keys=off/.test(document.cookie);

function switchKeys(isOn) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `keys=off; path=/; samesite=lax; max-age=${isOn ? 0 : YEAR_S}${secure}`;
}

const all = (selector) => [...document.querySelectorAll(selector)].filter((row) => row.checkVisibility());
const current = () => document.activeElement?.closest("article.comment");

function focus(row) {
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// Where nothing has the focus, the first that shows is next.
function step(rows, by) {
  if (!rows.length) return;
  const here = current();
  const root = here?.closest("#thread > li")?.querySelector(":scope > article.comment");
  const at = rows.includes(here) ? rows.indexOf(here) : rows.indexOf(root);
  if (at < 0) focus(rows.find((row) => row.getBoundingClientRect().bottom > 80) ?? rows[0]);
  else if (by < 0 && !rows.includes(here)) focus(rows[at]);
  else focus(rows[Math.min(Math.max(at + by, 0), rows.length - 1)]);
}

// For a pointer: from what is on the screen, whatever has the focus.
function nextRoot() {
  const below = all(ROOTS).find((row) => row.getBoundingClientRect().top > 120);
  if (!below) return;
  below.tabIndex = -1;
  below.focus({ preventScroll: true });
  below.scrollIntoView({ block: "start" });
}

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

function search() {
  const field = all("[data-suggest] input[type=search]")[0];
  if (!field) return location.assign("/search");
  field.focus();
  field.select();
}

// The list is on a page of its own, so that not every page carries it.
async function makeSheet() {
  const sheet = part("keys");
  const answer = await fetch(HELP).catch(() => undefined);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const list = page && page.getElementById("keys");
  if (!sheet || !list) return undefined;
  list.removeAttribute("id");
  sheet.querySelector(".sheet__head").after(document.adoptNode(list));
  return sheet;
}

async function help() {
  making ??= makeSheet();
  const sheet = await making;
  if (!sheet) return location.assign(HELP);
  if (sheet.open) return;
  const box = sheet.querySelector("input");
  box.checked = !isOff();
  box.onchange = () => switchKeys(box.checked);
  document.body.append(sheet);
  sheet.showModal();
}

bind("?", help);
bind("/", search);
bind("g h", () => location.assign("/"));
bind("g u", () => location.assign("/notifications"));
bind("j", () => step(all("article.comment"), 1));
bind("k", () => step(all("article.comment"), -1));
bind("n", () => step(all(ROOTS), 1));
bind("p", () => step(all(ROOTS), -1));
bind("o", fold);
bind("r", () => press("[data-reply]"));
bind("l", () => press('button[formaction$="/recommend"]'));
bind("b", () => press('button[formaction$="/bookmark"]'));
bind("c", write);

function single(event) {
  const pair = Date.now() - beforeAt < 1500 ? KEYS.get(`${before} ${event.key}`) : undefined;
  const own = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const act = pair ?? (own ? () => (own.matches("select, input") ? own.focus() : own.click()) : KEYS.get(event.key));
  before = pair ? "" : event.key;
  beforeAt = Date.now();
  if (!act) return;
  event.preventDefault();
  act();
}

// Where keys are off, this is the way back.
document.querySelector("[data-help]")?.addEventListener("click", (event) => {
  if (!matchMedia("(pointer: fine)").matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  help();
});

// From one discussion to the next, with a thumb.
if (document.querySelectorAll(ROOTS).length > 2) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nextroot";
  button.title = word("next-root");
  button.setAttribute("aria-label", word("next-root"));
  button.addEventListener("click", nextRoot);
  document.getElementById("thread").after(button);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = event.target.closest?.(TYPING);
  if (typing && (event.ctrlKey || event.metaKey) && event.key === "Enter") {
    return typing.form?.requestSubmit(typing.form.querySelector("[data-submit]"));
  }
  if (typing && event.key === "Escape") return typing.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (!isOff()) single(event);
});
