// What is typed is kept on this device at once, and in the account every few seconds, until the server has it as a text.
import { clock, choice, isAsking, say } from "./drafts/ask.js";
import { look, placeOf, send } from "./drafts/account.js";
import { copiesOf, forget, keep, keyOf } from "./drafts/device.js";
import { fieldsOf, fill, hasWords, same } from "./drafts/fields.js";
import { tab } from "./store.js";

const DELAY = 800;
const EVERY = 10_000;
const LATER = 30_000;
const SENT = "draft-sent";
const WANTED = "draft-wanted";
const NEW_POST = "post:new";
const states = new WeakMap();

const forms = () => [...document.querySelectorAll("form[data-draft]")];
const random = () => [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");

// `base` is the number of the account's draft that this page knows, undefined until it looked.
function stateOf(form) {
  if (!states.has(form)) {
    const known = /:(\d+)$/.exec(form.elements.kept?.value ?? "");
    states.set(form, { writer: random(), base: known ? Number(known[1]) : undefined, turn: Math.trunc(Date.now() / 1000 - 1.7e9), dirty: false, asked: undefined, discarded: [] });
  }
  return states.get(form);
}

// The form itself tells the server which copy is sent with it.
function name(form) {
  const { writer, base } = stateOf(form);
  if (form.elements.kept) form.elements.kept.value = `${writer}:${base ?? 0}`;
}

const ownKey = (form) => keyOf(form, stateOf(form).writer);

// Words of another kind of new post belong into that kind's form, which has their fields.
function isOfAnotherKind(form, { kind }) {
  const own = form.elements.kind?.value;
  return Boolean(own && kind) && own !== kind && placeOf(form) === NEW_POST;
}

function putBack(form, fields) {
  fill(form, fields);
  const text = form.querySelector("textarea[name=body]");
  text?.dispatchEvent(new Event("input", { bubbles: true }));
  flush(form);
  say(form, "draft-restored");
  text?.focus();
}

function takeCopy(form, { key, fields }) {
  if (isOfAnotherKind(form, fields) && tab.set(WANTED, key)) return location.assign(`/posts/new?kind=${encodeURIComponent(fields.kind)}`);
  forget(key);
  return putBack(form, fields);
}

// Offers the newest copy on this device that the form doesn't hold, then what the account has. Returns whether it asks.
function ask(form) {
  const { asked } = stateOf(form);
  const here = fieldsOf(form);
  const copy = copiesOf(form).find(({ key, fields }) => key !== ownKey(form) && !same(fields, here));
  if (copy) askOfDevice(form, copy);
  else if (asked?.open && same(asked.fields, here)) return void learn(form, asked);
  else if (asked) askOfAccount(form, asked);
  return Boolean(copy ?? asked);
}

function askOfDevice(form, copy) {
  const restore = choice("draft-restore", () => takeCopy(form, copy));
  const discard = choice("draft-discard", () => {
    forget(copy.key);
    stateOf(form).discarded.push(copy.fields);
    say(form, "");
    ask(form);
    lookOnce(form);
  });
  say(form, "draft-found", { time: clock(copy.at) }, restore, discard);
}

// `asked` is the account's draft: nothing goes there until it is clear whose words stay.
function askOfAccount(form, asked) {
  const state = stateOf(form);
  const settle = (fields) => {
    if (fields && isOfAnotherKind(form, fields)) return location.assign(`/drafts/${asked.id}`);
    state.asked = undefined;
    state.base = asked.sequence;
    state.dirty = true;
    name(form);
    if (fields) putBack(form, fields);
    return toAccount(form);
  };
  const keepMine = () => (say(form, ""), settle());
  if (!asked.open) return say(form, "draft-closed", {}, choice("draft-new", keepMine));
  const time = clock(asked.at);
  const isEmpty = !hasWords(fieldsOf(form));
  const use = choice(asked.first ? "draft-restore" : "draft-use", () => settle(asked.fields));
  const mine = choice(asked.first && isEmpty ? "draft-discard" : "draft-mine", keepMine);
  return say(form, asked.first ? "draft-found-account" : "draft-conflict", { time }, use, mine);
}

// What the account holds becomes known: the same words need no question.
function learn(form, told, first = false) {
  const state = stateOf(form);
  const isSame = told.open && same(told.fields, fieldsOf(form));
  const isOwn = told.open && told.writer === state.writer;
  const isDiscarded = told.open && state.discarded.some((fields) => same(told.fields, fields));
  if (isSame || isOwn || isDiscarded || (first && !told.open)) {
    state.base = told.sequence;
    state.asked = undefined;
    if (told.open && !isSame) state.dirty = true;
    name(form);
    if (isDiscarded) toAccount(form);
  } else {
    state.asked = { ...told, first };
    ask(form);
  }
}

async function lookOnce(form) {
  const state = stateOf(form);
  if (state.base !== undefined || state.asked) return;
  // Who comes meanwhile waits for the same answer.
  state.looking ??= look(form);
  const told = await state.looking;
  state.looking = undefined;
  if (told && state.base === undefined && !state.asked) learn(form, told, true);
}

function schedule(form, wait = EVERY) {
  const state = stateOf(form);
  if (state.sender) return;
  state.sender = setTimeout(() => {
    state.sender = undefined;
    toAccount(form);
  }, wait);
}

async function toAccount(form, leaving = false) {
  const state = stateOf(form);
  if (!state.dirty || state.asked || state.isSent || (state.sending && !leaving)) return;
  if (state.base === undefined && !leaving) await lookOnce(form);
  if (state.asked) return;
  if (state.base === undefined && !leaving) return schedule(form, LATER);
  const fields = fieldsOf(form);
  if (!hasWords(fields) && !state.base) return;
  state.dirty = false;
  state.sending = true;
  state.turn += 1;
  const answer = await send(form, fields, { ...state, base: state.base ?? 0 }, leaving);
  state.sending = false;
  settleAnswer(form, answer);
}

function settleAnswer(form, answer) {
  const state = stateOf(form);
  const time = clock(Date.now());
  if (answer.status === 200) {
    state.base = Math.max(state.base ?? 0, answer.sequence);
    name(form);
    const kept = state.isUnkept ? "draft-kept-account" : "draft-kept";
    if (!isAsking(form)) say(form, hasWords(fieldsOf(form)) && kept, { time: clock(answer.at) });
    return state.dirty ? schedule(form) : undefined;
  }
  state.dirty = true;
  if (answer.status === 409 && answer.sequence) return learn(form, answer);
  if (answer.status === 409) state.base = 0; // it was swept away
  if (state.isUnkept) say(form, "draft-lost");
  else if (answer.status === 401) say(form, "draft-signed-out");
  else if (answer.status === 0) say(form, "draft-offline", { time });
  else if (answer.status >= 500 || answer.status === 429) say(form, "draft-busy", { time });
  else return say(form, "draft-refused", { time, why: answer.message ?? "" }); // said until the words change
  return schedule(form, Math.max(answer.wait * 1000, LATER));
}

function save(form) {
  const state = stateOf(form);
  const fields = fieldsOf(form);
  const has = hasWords(fields);
  state.isUnkept = has && !keep(ownKey(form), fields, state.base);
  if (!has) forget(ownKey(form));
  if (!ask(form)) say(form, has && !state.isUnkept && "draft-saved", { time: clock(Date.now()) });
}

// At once on this device, if there is anything new.
export function flush(form) {
  const state = form && states.get(form);
  if (!state?.timer) return;
  clearTimeout(state.timer);
  state.timer = undefined;
  save(form);
}

// A form that goes away without the page.
export function leave(form) {
  flush(form);
  if (form?.dataset.draft) toAccount(form);
}

// A form that was opened: what is kept for it is offered. The account is asked when somebody is about to write.
export function offer(form, { now = true } = {}) {
  if (!form?.dataset.draft) return;
  stateOf(form);
  name(form);
  ask(form);
  if (now) lookOnce(form);
}

// Copies of the very words that the form holds are this page's from now on; where they are stored words, none is needed.
function adopt(form, isAnswer) {
  const here = fieldsOf(form);
  for (const { key, fields, base } of copiesOf(form)) {
    if (key === ownKey(form) || !same(fields, here)) continue;
    const isWanted = isAnswer || !form.elements.revision;
    if (!isWanted || keep(ownKey(form), fields, base)) forget(key);
  }
}

// A form that was taken is answered with a redirect; anything else brings its words back, or keeps them for another form.
function settle() {
  const sent = tab.take(SENT);
  if (!sent) return "";
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.redirectCount > 0 && !document.querySelector("[aria-invalid]")) return forget(sent) ?? "";
  for (const form of document.querySelectorAll("form[data-kept]")) form.dataset.kept = sent;
  return sent;
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest?.("form[data-draft]");
  if (!form) return;
  const state = stateOf(form);
  state.dirty = true;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => flush(form), DELAY);
  schedule(form);
});
document.addEventListener("focusin", ({ target }) => {
  const form = target.closest?.("form[data-draft]");
  if (form) lookOnce(form);
});
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.dataset.kept) tab.set(SENT, target.dataset.kept);
  if (!target.dataset.draft || submitter?.name === "preview") return;
  flush(target);
  if (!navigator.onLine) {
    event.preventDefault();
    return say(target, stateOf(target).isUnkept ? "draft-lost" : "unsent-offline");
  }
  stateOf(target).isSent = true;
  tab.set(SENT, ownKey(target));
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  tab.remove(SENT);
  forms().forEach((form) => (stateOf(form).isSent = false));
});
addEventListener("pagehide", () => forms().forEach(flush));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") forms().forEach((form) => (flush(form), toAccount(form, true)));
});
addEventListener("online", () => forms().forEach((form) => toAccount(form)));

const sent = settle();
const wanted = tab.take(WANTED);
for (const form of forms()) {
  adopt(form, Boolean(sent) && sent.startsWith(keyOf(form, "")));
  const copy = copiesOf(form).find(({ key }) => key === wanted);
  if (copy) takeCopy(form, copy);
  // Below a discussion most readers write nothing: there the account is asked when the field is entered.
  offer(form, { now: !(form.id === "write" && form.matches(".composer")) });
}
