// While a title is typed: posts that may say it already. The search decides; nothing is shown where it finds none.
const DELAY = 600;
const LEAST = 12;

export function startSimilar(form) {
  const box = form.querySelector("[data-similar]");
  const title = form.elements.title;
  if (!box || !title) return;
  let timer;
  let asked;
  let last = "";
  const look = async () => {
    const words = title.value.trim();
    if (words === last) return;
    last = words;
    asked?.abort();
    if (words.length < LEAST) return void (box.hidden = true);
    asked = new AbortController();
    const query = new URLSearchParams({ title: words, language: form.elements.language?.value ?? "" });
    const options = { headers: { "X-Requested-With": "fetch" }, signal: asked.signal };
    const answer = await fetch(`/search/similar?${query}`, options);
    if (!answer.ok) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("ul");
    box.hidden = !found;
    box.querySelector("ul")?.remove();
    if (found) box.append(document.adoptNode(found));
    return undefined;
  };
  title.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => {}), DELAY);
  });
}
