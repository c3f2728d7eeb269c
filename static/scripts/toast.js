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

// Says `text` for ten seconds, or as long as it holds the pointer or the focus. `undo` takes back what it says.
export function toast(text, undo) {
  const box = document.createElement("div");
  box.className = "toast";
  const press = (name, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word(name);
    button.addEventListener("click", () => [box.remove(), act?.()]);
    return button;
  };
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words, ...(undo ? [press("undo", undo)] : []), press("close"));
  const leave = () => (box.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : box.remove());
  setTimeout(leave, STAYS);
  place().replaceChildren(box);
}
