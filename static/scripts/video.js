// A video's provider is contacted by the click on its drawing and not before.
const PLAYERS = {
  youtube: ({ id, start }) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1&rel=0${start ? `&start=${start}` : ""}`,
  vimeo: ({ id, key, start }) =>
    `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1${key ? `&h=${key}` : ""}${start ? `#t=${start}s` : ""}`,
};

function play(figure, link) {
  const player = document.createElement("iframe");
  player.src = PLAYERS[figure.dataset.provider](figure.dataset);
  player.title = link.textContent.trim();
  player.allow = "autoplay; encrypted-media; picture-in-picture; fullscreen";
  player.allowFullscreen = true;
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("figure.video > a");
  const figure = link?.parentElement;
  if (!figure || !(figure.dataset.provider in PLAYERS) || !/^[\w-]+$/.test(figure.dataset.id ?? "")) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  play(figure, link);
});
