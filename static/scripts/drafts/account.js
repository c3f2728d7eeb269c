// The copy in the member's account.
const HEADERS = { "X-Requested-With": "fetch" };

export const placeOf = (form) => form.dataset.draft.slice(form.dataset.draft.indexOf(":") + 1);

// What the account holds for a form; undefined where that can't be known now.
export async function look(form) {
  const answer = await fetch(`/drafts/kept?desk=${encodeURIComponent(placeOf(form))}`, { headers: HEADERS }).catch(() => undefined);
  return answer?.ok && !answer.redirected ? answer.json() : undefined;
}

async function post(form, fields, { base, writer, turn }, leaving) {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "", desk: placeOf(form), base, writer, turn });
  for (const [name, value] of Object.entries(fields)) [value].flat().forEach((one) => body.append(name, one));
  // A browser lets a page that goes away send 64 kB; what is longer stays on the device.
  const options = { method: "POST", body, headers: HEADERS, redirect: "manual", keepalive: leaving };
  const answer = await fetch("/drafts/kept", options).catch(() => undefined);
  if (!answer) return { status: 0 };
  const told = await answer.json().catch(() => ({}));
  return { ...told, status: answer.status, wait: Number(answer.headers.get("Retry-After") ?? 0) };
}

// Once more where only the token is old: somebody signed in again in another window.
export async function send(form, fields, state, leaving) {
  const answer = await post(form, fields, state, leaving);
  const token = form.elements.csrf_token;
  if (answer.status !== 403 || !answer.csrf || !token || token.value === answer.csrf) return answer;
  token.value = answer.csrf;
  return post(form, fields, state, leaving);
}
