// Passkeys: the browser is asked for one, and its answer is sent as any form is.
const bytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
};

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const list = (known = []) => known.map((one) => ({ ...one, id: bytes(one.id) }));

// Browsers have their own words for this, but some that know passkeys don't know them yet.
function read(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = list(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = list(options.allowCredentials);
  return asked;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
  const answer = await fetch(form.dataset.start, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function use(form, failed) {
  failed.hidden = true;
  try {
    const publicKey = read(await optionsOf(form));
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = written(credential);
  } catch {
    failed.hidden = false;
    return;
  }
  if (form.dataset.to) form.action = form.dataset.to;
  form.submit(); // as it stands: a password isn't needed beside it
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("[data-passkey-button]");
  const failed = form.querySelector("[data-passkey-failed]");
  form.querySelector("[data-passkey-plain]").hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => use(form, failed));
}
