// The composer: toolbar, keys, preview while typing, counts, completions, pasting, and what the button says.
import "@github/markdown-toolbar-element";
import { startCounts } from "./composer/counts.js";
import { startExpander } from "./composer/expander.js";
import { startImage } from "./composer/image.js";
import { startPasting } from "./composer/paste.js";
import { startPreview } from "./composer/preview.js";
import { startSimilar } from "./composer/similar.js";
import { startUploads } from "./composer/upload.js";

const TOOLS = { b: "md-bold", i: "md-italic", k: "md-link" };

function startVoices(form) {
  const button = form.querySelector("[data-submit]");
  if (!button) return;
  const own = button.textContent;
  const name = () => {
    const chosen = form.querySelector("input[name=on_behalf_of]:checked");
    button.textContent = chosen?.dataset.publish ?? own;
  };
  form.addEventListener("change", name);
  name();
}

function startKeys(box) {
  box.addEventListener("keydown", (event) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && TOOLS[event.key.toLowerCase()];
    if (!tool || !event.target.matches("textarea")) return;
    event.preventDefault();
    box.querySelector(tool)?.click();
  });
}

function startZone(form) {
  const field = form.querySelector("[data-zone=guess]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && zone?.includes("/")) field.value = zone;
}

export function start(root) {
  for (const box of root.querySelectorAll(".composer")) {
    const form = box.closest("form") ?? box;
    if (form.dataset.started) continue;
    form.dataset.started = "yes";
    box.querySelectorAll("markdown-toolbar, [data-eye]").forEach((part) => (part.hidden = false));
    startKeys(box);
    startPreview(form);
    startCounts(form);
    startExpander(box);
    startPasting(box);
    startUploads(box, form);
    startImage(form);
    startVoices(form);
    startZone(form);
    startSimilar(form);
    form.addEventListener("submit", (event) => event.defaultPrevented || event.submitter?.setAttribute("aria-busy", "true"));
  }
  performance.mark("composer-ready");
}

addEventListener("pageshow", () => document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy")));
