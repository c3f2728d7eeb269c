// Recommend, bookmark and follow change at once, and go back with a word where the server didn't take them.
import { toast } from "./toast.js";
import { word } from "./words.js";

const SUCCESS = new Set(["basic", "default"]);

function show(button, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.value = isOn ? "off" : "on";
}

function shift(button, by) {
  const count = button.querySelector(".act__n");
  if (count && /^\d*$/.test(count.textContent)) count.textContent = String(Number(count.textContent) + by || "");
}

async function send(button, value) {
  const body = new URLSearchParams(new FormData(button.form));
  body.set(button.name, value);
  const headers = { "X-Requested-With": "fetch" };
  // A reader who goes on to the next page at once has acted all the same.
  const options = { method: "POST", body, headers, redirect: "manual", keepalive: true };
  const answer = await fetch(button.formAction, options);
  // What is done is answered with a redirect, which is not followed here.
  if (answer.type === "opaqueredirect" || (SUCCESS.has(answer.type) && answer.ok)) return;
  throw new Error(String(answer.status));
}

async function toggle(button) {
  const isOn = button.getAttribute("aria-pressed") === "true";
  const twins = [...document.querySelectorAll(`button[formaction="${button.getAttribute("formaction")}"]`)];
  const value = button.value;
  const turn = (to) => twins.forEach((twin) => (show(twin, to), shift(twin, to ? 1 : -1)));
  button.dataset.busy = "";
  turn(!isOn);
  try {
    await send(button, value);
  } catch (error) {
    turn(isOn);
    toast(word(error.message === "401" ? "signed-out" : "not-saved"));
  }
  delete button.dataset.busy;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[aria-pressed][formaction]");
  // A signed-out reader's form has no token: it is sent as it is, and the server asks them to sign in.
  if (!button?.form?.elements.csrf_token) return;
  event.preventDefault();
  if (!("busy" in button.dataset)) toggle(button);
});
