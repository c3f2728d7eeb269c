// Branches stay as the reader left them; the rail of a branch folds it, as an extra for pointers.
import { tab } from "./store.js";

const key = `branches:${location.pathname}`;
const thread = document.getElementById("thread");

const remembered = () => JSON.parse(tab.get(key) ?? "{}");

function restore() {
  const states = remembered();
  for (const branch of thread.querySelectorAll("details.replies")) {
    const state = states[branch.dataset.branch];
    if (state !== undefined) branch.open = state;
  }
}

function remember(branch) {
  tab.set(key, JSON.stringify({ ...remembered(), [branch.dataset.branch]: branch.open }));
}

// A linked comment is never hidden in a folded branch.
export function reveal(element) {
  let branch = element.parentElement?.closest("details");
  while (branch) {
    branch.open = true;
    branch = branch.parentElement.closest("details");
  }
  element.scrollIntoView();
}

function revealTarget() {
  const target = /^#comment-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (target) reveal(target);
}

if (thread) {
  restore();
  // Told at once: "toggle" comes in a turn of its own, and the reader may be gone by then.
  const watch = new MutationObserver((changes) =>
    changes.forEach(({ target }) => target.matches("details.replies") && remember(target)),
  );
  watch.observe(thread, { attributeFilter: ["open"], subtree: true });
  revealTarget();
  addEventListener("hashchange", revealTarget);
  thread.addEventListener("click", (event) => {
    if (event.target.matches("details.replies[open]") && !getSelection().toString()) event.target.open = false;
  });
}
