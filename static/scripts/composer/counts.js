// How long a text is: always where it is an article, and near the limit everywhere.
import { language, word } from "../words.js";

const NEAR = 2_000;
const DELAY = 250;

const number = (count) => count.toLocaleString(language);
const words = (text) => text.match(/[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;

export function startCounts(form) {
  const line = form.querySelector("[data-count]");
  const field = form.elements.body;
  const limit = Number(form.querySelector("[data-limit]")?.dataset.limit);
  if (!line || !field || !limit) return;
  let timer;
  const count = () => {
    const left = limit - field.value.length;
    const isNear = left < NEAR;
    line.classList.toggle("composer__count--over", left < 0);
    line.setAttribute("role", isNear ? "status" : "none");
    if (isNear) line.textContent = word(left < 0 ? "over" : "left").replace("{count}", number(Math.abs(left)));
    else if ("words" in line.dataset) {
      const total = words(field.value);
      line.textContent = word(total === 1 ? "words-one" : "words-many").replace("{count}", number(total));
    } else line.textContent = "";
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(count, DELAY);
  });
  count();
}
