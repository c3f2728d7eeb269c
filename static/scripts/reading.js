// Tells, when the reader leaves or looks away, which comments were before their eyes and for how long. Nobody else's page
// does: only a member's has a token.
const SEEN_MS = 700;
const post = document.querySelector("article.post[id^='post-']");
const token = document.getElementById("viewer")?.elements.csrf_token;
const seen = new Set();
const waiting = new Map();
let since = document.visibilityState === "visible" ? Date.now() : 0;
let seconds = 0;
let isFirst = true;

const numberOf = (row) => row.id.replace("comment-", "");

function look(entries) {
  for (const { target, isIntersecting } of entries) {
    clearTimeout(waiting.get(target));
    if (isIntersecting) waiting.set(target, setTimeout(() => (seen.add(numberOf(target)), watcher.unobserve(target)), SEEN_MS));
  }
}

// A long comment never fits the window: it's enough that its words run through it.
const watcher = new IntersectionObserver(look, { rootMargin: "-10% 0px -10% 0px" });

function tell() {
  if (since) seconds += Math.round((Date.now() - since) / 1000);
  since = 0;
  if (!isFirst && !seen.size && seconds < 2) return;
  const body = new FormData();
  body.set("csrf_token", token.value);
  body.set("comments", [...seen].join(","));
  body.set("seconds", String(seconds));
  if (!navigator.sendBeacon(`/posts/${post.id.replace("post-", "")}/seen`, body)) return;
  seen.clear();
  seconds = 0;
  isFirst = false;
}

function start() {
  for (const row of document.querySelectorAll("#thread article.comment")) watcher.observe(row);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") tell();
    else since = Date.now();
  });
  addEventListener("pagehide", tell);
}

if (post && token) start();
