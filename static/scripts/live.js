// An open page asks now and then what is new. Seldom where nobody looks, not at all once nobody has for an hour.
import { word } from "./words.js";

const OPEN = 15_000;
const IDLE = 60_000;
const HIDDEN = 300_000;
const QUIET_AFTER = 600_000;
const SPOKEN_EVERY = 30_000;
const post = document.querySelector("article.post[id^='post-']");
const id = post?.id.replace("post-", "");
const badge = document.querySelector("[data-badge]");
const address = post ? `/live/posts/${id}` : "/live";
let etag = "";
let known = "";
let since;
let lastInput = Date.now();
let lastGood = Date.now();
let spokenAt = 0;
let stopped = false;
let timer;

const pause = () => {
  if (document.hidden) return HIDDEN;
  return Date.now() - lastInput > IDLE || Date.now() > lastGood + OPEN * 2 ? IDLE : OPEN;
};

function count(selector, number) {
  for (const place of document.querySelectorAll(selector)) {
    if (!place.closest("[data-busy]")) place.textContent = number || place.closest("a") ? String(number) : "";
  }
}

function place() {
  const found = document.querySelector(".newpill__place");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "newpill__place";
  made.setAttribute("role", "status");
  document.getElementById("comments")?.prepend(made);
  return made;
}

function pill(news) {
  const words = word(news.new === 1 ? "one-new" : "many-new").replace("{number}", news.new > 99 ? "99+" : news.new);
  if (Date.now() - spokenAt < SPOKEN_EVERY || place().textContent === words) return;
  spokenAt = Date.now();
  const link = document.createElement("a");
  link.className = "newpill";
  link.href = `/comments/${news.first}`;
  link.textContent = words;
  place().replaceChildren(link);
}

function show(news) {
  if (badge && news.updates !== undefined) {
    badge.hidden = !news.updates;
    badge.firstElementChild.textContent = news.updates > 99 ? "99+" : news.updates;
  }
  if (!post) return;
  since ??= news.newest;
  count(".post__acts a.act .act__n", news.comments);
  count(`button[formaction="/posts/${id}/recommend"] .act__n`, news.recommendations);
  if (news.new) pill(news);
}

async function ask() {
  const headers = known && since !== undefined ? { "If-None-Match": etag } : {};
  const query = since === undefined || !post ? "" : `?since=${since}`;
  const answer = await fetch(address + query, { headers, cache: "no-store" }).catch(() => undefined);
  if (answer?.status === 404) return stop();
  if (!answer || (!answer.ok && answer.status !== 304)) return failed(answer);
  lastGood = Date.now();
  if (answer.status === 304) return undefined;
  etag = answer.headers.get("ETag");
  known = "yes";
  return show(await answer.json());
}

function failed(answer) {
  if (Date.now() - lastGood < QUIET_AFTER) return;
  stop();
  if (post && answer?.status !== 401) place().textContent = word("live-stopped");
}

const stop = () => {
  stopped = true;
  clearTimeout(timer);
};

function later() {
  clearTimeout(timer);
  if (!stopped && !(document.hidden && Date.now() - lastInput > 3_600_000)) timer = setTimeout(round, pause());
}

const round = () => ask().finally(later);

if (post || badge) {
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, () => (lastInput = Date.now()), { passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return later();
    lastInput = Date.now();
    return stopped || round();
  });
  if (post) round();
  else later();
}
