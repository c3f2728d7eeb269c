import { word } from "./words.js";

const STAYS = 10_000;
let shelf;

function place() {
  if (shelf) return shelf;
  shelf = document.createElement("div");
  shelf.className = "toasts";
  shelf.setAttribute("role", "status");
  document.body.append(shelf);
  return shelf;
}

// Says `text` for ten seconds, or as long as it holds the pointer or the focus.
export function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = word("close");
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words, close);
  close.addEventListener("click", () => box.remove());
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : box.remove());
  setTimeout(leave, STAYS);
  place().replaceChildren(box);
}
