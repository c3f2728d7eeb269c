// The picture at the top of a post: chosen, sent with a bar that can be stopped, and shown, without leaving the form.
import { word } from "../words.js";
import { bar, element, problemOf, send } from "./sending.js";

const TAKEN = "image/jpeg,image/png,image/webp,image/gif";

const pictureAt = (key, alt) => element("img", { src: `/media/${key}.webp`, alt });

export function startImage(form) {
  const box = form.querySelector("[data-image]");
  if (!box) return;
  const { image, image_alt: alt, image_decorative: decorative } = form.elements;
  const choose = box.querySelector("[data-image-choose]");
  const shown = box.querySelector("[data-image-shown]");
  const chooser = element("input", { type: "file", hidden: true, accept: TAKEN });
  const line = element("div", { className: "upload", hidden: true });
  choose.parentElement.after(line, chooser);
  let seen = image.value;

  const show = () => {
    seen = image.value;
    box.querySelectorAll("[data-image-part]").forEach((part) => (part.hidden = !seen));
    shown.replaceChildren(...(seen ? [pictureAt(seen, alt.value)] : []));
    choose.lastChild.textContent = seen ? choose.dataset.some : choose.dataset.none;
  };
  const set = (key) => {
    Object.assign(image, { value: key });
    alt.value = "";
    decorative.checked = false;
    image.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  };
  const take = async (file) => {
    const part = bar(file);
    const stop = element("button", { type: "button", className: "btn btn--quiet btn--s", textContent: word("cancel") });
    const said = element("p", { className: "meta" }, file.name);
    said.setAttribute("role", "status");
    line.replaceChildren(said, part, element("div", { className: "row" }, stop));
    line.hidden = false;
    const sending = send(file, form.elements.csrf_token?.value ?? "", (sent) => (part.value = sent));
    stop.addEventListener("click", () => {
      sending.stop();
      line.hidden = true;
      choose.focus();
    });
    stop.focus();
    const kept = await sending.answer;
    if (kept.isStopped) return;
    part.remove();
    if (!kept.isTaken) {
      said.textContent = problemOf(file, kept);
      said.classList.add("upload__problem");
      stop.textContent = word("close");
      return;
    }
    line.hidden = true;
    set(kept.address.split(/[/.]/)[2]);
    alt.focus();
  };

  choose.addEventListener("click", (event) => {
    event.preventDefault();
    chooser.click();
  });
  chooser.addEventListener("change", () => {
    if (chooser.files[0]) take(chooser.files[0]);
    chooser.value = "";
  });
  box.querySelector("[data-image-off]").addEventListener("click", (event) => {
    event.preventDefault();
    set("");
    choose.focus();
  });
  // A draft that is put back brings its picture.
  form.addEventListener("input", () => image.value !== seen && show());
}
