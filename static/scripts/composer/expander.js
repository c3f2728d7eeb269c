// Names after @, topics after # and signs after a colon: the list comes from the server, once somebody types one.
const KINDS = { "@": "member", "#": "topic", ":": "emoji" };
const KEYS = /(^|[\s(])[@#:][\p{L}\p{N}_-]/u;

async function suggest(key, q, signal) {
  const address = `/suggest?kind=${KINDS[key]}&q=${encodeURIComponent(q)}`;
  const answer = await fetch(address, { headers: { "X-Requested-With": "fetch" }, signal });
  if (!answer.ok || answer.redirected) return { matched: false };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fragment = page.querySelector("[role=listbox]");
  const matched = Boolean(fragment?.querySelector("[role=option]"));
  return matched ? { matched, fragment: document.adoptNode(fragment) } : { matched: false };
}

// What is shown was found for fewer letters. Until the answer for all of them is here, only what has them stays, and
// Enter takes the first: it must neither choose something else nor break the line of somebody who types fast.
function narrow(list, text) {
  const options = [...(list?.querySelectorAll("[role=option]") ?? [])];
  for (const option of options) option.hidden = !option.textContent.toLowerCase().includes(text.toLowerCase());
  const first = options.find((option) => !option.hidden);
  options.forEach((option) => option.removeAttribute("data-combobox-option-default"));
  first?.setAttribute("data-combobox-option-default", "true");
  if (list) list.hidden = !first;
}

export function startExpander(box) {
  const expander = box.querySelector("text-expander");
  if (!expander) return;
  let asked;
  expander.addEventListener("text-expander-change", ({ detail: { key, text, provide } }) => {
    asked?.abort();
    narrow(expander.querySelector("[role=listbox]"), text);
    if (!text) return;
    asked = new AbortController();
    provide(suggest(key, text, asked.signal).catch(() => ({ matched: false })));
  });
  expander.addEventListener("text-expander-value", ({ detail }) => {
    detail.value = detail.item.dataset.value;
  });
  const load = ({ target }) => {
    if (!KEYS.test(target.value.slice(0, target.selectionEnd).slice(-40))) return;
    expander.removeEventListener("input", load);
    // What was typed meanwhile is looked at again.
    import("@github/text-expander-element").then(() => target.dispatchEvent(new Event("input", { bubbles: true })));
  };
  expander.addEventListener("input", load);
}
