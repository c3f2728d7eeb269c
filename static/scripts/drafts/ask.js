// The line below a text: what became of it, and what is asked.
import { language, word } from "../words.js";

export const clock = (at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });

// A question that stands already keeps its buttons, since one may be pressed at this moment; only what they do is renewed.
export function say(form, name, values = {}, ...buttons) {
  const line = form.querySelector("[data-saved]");
  if (!line) return;
  const text = Object.entries(values).reduce((words, [key, value]) => words.replace(`{${key}}`, value), name ? word(name) : "");
  const standing = [...line.children];
  const isSame = (button, place) => button.textContent === buttons[place].textContent;
  // Said once, and not at every key: a screen reader reads it out.
  const isSaid = (line.firstChild?.textContent ?? "") === text && standing.length === buttons.length && standing.every(isSame);
  if (!isSaid) return line.replaceChildren(text, ...buttons);
  standing.forEach((button, place) => (button.onclick = buttons[place].onclick));
}

export const isAsking = (form) => Boolean(form.querySelector("[data-saved] button"));

export function choice(name, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "linkbtn", textContent: word(name), onclick: act });
  return button;
}
