// Recommend, bookmark and follow change at once, and go back with a word where the server didn't take them.
import { toast } from "./toast.js";
import { language, word } from "./words.js";

function show(button, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.value = isOn ? "off" : "on";
}

function shift(button, by) {
  const count = button.querySelector(".act__n");
  if (!count) return;
  const now = Number(count.textContent.replace(/\D/g, "")) + by;
  count.textContent = now ? new Intl.NumberFormat(language).format(now) : "";
}

// What the server says of a refusal; where it says nothing of use, we do.
async function reasonOf(answer) {
  if (answer.status === 401) return word("signed-out");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(".errpage__lead")?.textContent || word("not-saved");
}

// Returns why it wasn't taken, or nothing.
async function send(button, value) {
  const body = new URLSearchParams(new FormData(button.form));
  body.set(button.name, value);
  const headers = { "X-Requested-With": "fetch" };
  // A reader who goes on to the next page at once has acted all the same.
  const options = { method: "POST", body, headers, redirect: "manual", keepalive: true };
  const answer = await fetch(button.formAction, options).catch(() => undefined);
  if (!answer) return word("not-saved");
  // What is done is answered with a redirect, which is not followed here.
  return answer.type === "opaqueredirect" || answer.ok ? "" : reasonOf(answer);
}

// `value` is what is sent: by itself the other of on and off, else how much is followed.
async function toggle(button, value = button.value) {
  const isOn = button.getAttribute("aria-pressed") === "true";
  const same = `button[formaction="${button.getAttribute("formaction")}"]`;
  const twins = [...document.querySelectorAll(`${same}[aria-pressed]`)];
  const level = document.querySelector(`${same}[aria-current]`)?.value;
  const turn = (to) => twins.forEach((twin) => (show(twin, to), shift(twin, to ? 1 : -1)));
  button.dataset.busy = "";
  turn(!isOn);
  const reason = await send(button, value);
  if (reason) {
    turn(isOn);
    toast(reason);
  }
  delete button.dataset.busy;
  if (reason || !isOn || !same.includes("/follow")) return;
  toast(word("unfollowed"), () => [button.focus(), toggle(button, level)]);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[aria-pressed][formaction]");
  // A signed-out reader's form has no token: it is sent as it is, and the server asks them to sign in.
  if (!button?.form?.elements.csrf_token) return;
  event.preventDefault();
  if (!("busy" in button.dataset)) toggle(button);
});
