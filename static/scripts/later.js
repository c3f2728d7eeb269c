// A part of a page that is worth waiting for, loaded when it comes near. Without this a link leads to it.
const near = new IntersectionObserver(
  (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => load(entry.target)),
  { rootMargin: "400px" },
);

async function load(part) {
  near.unobserve(part);
  const answer = await fetch(part.dataset.later, { headers: { "X-Requested-With": "fetch" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul");
  if (list) part.querySelector("p").replaceWith(document.adoptNode(list));
  else part.remove();
}

document.querySelectorAll("[data-later]").forEach((part) => near.observe(part));
