// Selected words of a text are quoted into a reply.
import { word } from "./words.js";

let button;
let source;

function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const prose = (within.nodeType === Node.ELEMENT_NODE ? within : within.parentElement)?.closest(".prose");
  const article = prose?.closest("article.comment, article.post");
  const text = selection.toString().trim();
  return article && text ? { article, text, box: range.getBoundingClientRect() } : undefined;
}

// The selection in a comment, or in the post where `article` is that.
export function quoteFrom(article) {
  const found = selected();
  return found?.article === article ? quoted(found.text) : "";
}

const quoted = (text) => `${text.replaceAll(/\n{2,}/g, "\n\n").split("\n").map((line) => `> ${line}`.trimEnd()).join("\n")}\n\n`;

export function put(field, text) {
  if (!field || !text) return;
  field.focus();
  const end = field.value.length;
  field.setSelectionRange(end, end);
  const gap = end && !field.value.endsWith("\n\n") ? "\n\n" : "";
  field.setRangeText(gap + text, end, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function quote() {
  const { article, text } = source;
  hide();
  const link = article.querySelector(":scope > .acts a[data-reply]");
  if (article.matches(".comment")) return link?.dispatchEvent(new CustomEvent("quote", { bubbles: true, detail: quoted(text) }));
  return put(document.querySelector("#write textarea"), quoted(text));
}

function hide() {
  button?.remove();
  button = undefined;
}

function show() {
  hide();
  source = selected();
  const canWrite = source && (source.article.matches(".post") ? document.querySelector("#write textarea") : source.article.querySelector("a[data-reply]"));
  if (!canWrite || !word("quote")) return;
  button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--primary btn--s quote";
  button.textContent = word("quote");
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", quote);
  document.body.append(button);
  button.style.setProperty("top", `${scrollY + source.box.bottom + 8}px`);
  button.style.setProperty("left", `${Math.max(8, Math.min(source.box.left, innerWidth - button.offsetWidth - 8))}px`);
}

document.addEventListener("pointerup", () => setTimeout(show));
document.addEventListener("keyup", (event) => event.shiftKey && setTimeout(show));
document.addEventListener("selectionchange", () => getSelection()?.isCollapsed && hide());
