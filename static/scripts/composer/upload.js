// Pictures and files: chosen, pasted or dropped, they are sent while the text goes on; what they show is asked meanwhile.
import { word } from "../words.js";
import { insert } from "./paste.js";
import { bar, element, problemOf, send } from "./sending.js";

// The button that adds a file without scripts: where there is none, this site takes no files.
const PLACE = "/media/place";
const TAKEN = "image/*,application/pdf";
const AT_ONCE = 5;

const escaped = (words) => words.trim().replaceAll(/([\\[\]<>`*_!&])/g, "\\$1");

const markdownOf = (kept, words) =>
  kept.kind === "picture" ? `![${escaped(words)}](${kept.address})` : `[${escaped(words) || escaped(kept.name)}](${kept.address})`;

function put(field, markdown) {
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
  insert(field, `${gap}${markdown}\n\n`);
}

function row(file) {
  const part = bar(file);
  const words = element("input", { className: "input", type: "text", maxLength: 1000 });
  const label = element("label", { className: "upload__label" }, word(file.type.startsWith("image/") ? "file-shows" : "file-called"), words);
  const button = (name, className) => element("button", { type: "button", className, textContent: word(name) });
  const done = button("file-put", "btn btn--secondary btn--s");
  const stop = button("cancel", "btn btn--quiet btn--s");
  done.disabled = true;
  const said = element("p", { className: "meta" }, file.name);
  said.setAttribute("role", "status");
  const line = element("li", { className: "upload" }, said, part, label, element("div", { className: "row" }, done, stop));
  return { line, part, words, label, done, stop, said };
}

async function add(file, field, list, token) {
  const { line, part, words, label, done, stop, said } = row(file);
  list.append(line);
  words.focus();
  const sending = send(file, token, (sent) => (part.value = sent));
  const leave = () => {
    sending.stop();
    line.remove();
    field.focus();
  };
  stop.addEventListener("click", leave);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!done.disabled) done.click();
  });
  const kept = await sending.answer;
  part.remove();
  if (kept.isStopped) return;
  if (!kept.isTaken) {
    label.remove();
    done.remove();
    said.textContent = problemOf(file, kept);
    said.classList.add("upload__problem");
    stop.textContent = word("close");
    return;
  }
  said.textContent = word("file-there").replace("{name}", file.name);
  done.disabled = false;
  done.addEventListener("click", () => {
    line.remove();
    put(field, markdownOf(kept, words.value));
  });
}

export function startUploads(box, form) {
  const field = box.querySelector("textarea[name=body]");
  const place = form.querySelector(`button[formaction="${PLACE}"]`);
  const button = box.querySelector("[data-upload]");
  if (!field || !place || !button) return;
  const list = element("ul", { className: "uploads" });
  const chooser = element("input", { type: "file", multiple: true, hidden: true, accept: TAKEN });
  field.closest(".composer__panes").after(list, chooser);
  const take = (files) => [...files].slice(0, AT_ONCE).forEach((file) => add(file, field, list, form.elements.csrf_token?.value ?? ""));
  const choose = () => chooser.click();
  button.hidden = false;
  place.hidden = true; // the toolbar offers the same
  button.addEventListener("click", choose);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose();
  });
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });
  field.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    // Office programs bring a picture of the text beside the text itself.
    if (!files?.length || event.defaultPrevented || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(files);
  });
  const isFiles = (event) => event.dataTransfer?.types.includes("Files");
  field.addEventListener("dragover", (event) => isFiles(event) && (event.preventDefault(), box.classList.add("composer--drop")));
  field.addEventListener("dragleave", () => box.classList.remove("composer--drop"));
  field.addEventListener("drop", (event) => {
    box.classList.remove("composer--drop");
    if (!isFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}
