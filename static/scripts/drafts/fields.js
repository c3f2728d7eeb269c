// What a form holds that somebody typed, and how it is put back.
const NOT_TYPED = new Set(["csrf_token", "idempotency_key", "kept", "on_behalf_of", "parent_id"]);
const WORDS = ["title", "standfirst", "body", "place", "link", "starts_at", "ends_at", "deadline", "topics", "image", "image_alt"];

const plain = (value) => JSON.stringify([value ?? ""].flat().map((one) => one.replaceAll("\r\n", "\n").trimEnd()).filter(Boolean));

export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NOT_TYPED.has(name) || typeof value !== "string") continue;
    if (name === "topics") (fields.topics ??= []).push(value);
    else fields[name] = value;
  }
  return fields;
}

export const hasWords = (fields) => ["title", "standfirst", "body"].some((name) => fields[name]?.trim());

export const same = (one, other) => WORDS.every((name) => plain(one[name]) === plain(other[name]));

function carry(form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

// Everything comes back, also what this kind of form has no field for; who speaks is asked anew.
export function fill(form, fields) {
  for (const [name, kept] of Object.entries(fields)) {
    if (NOT_TYPED.has(name)) continue;
    const values = [kept].flat();
    const controls = [...form.elements].filter((control) => control.name === name && control.type !== "submit");
    for (const control of controls) {
      if (control.type === "checkbox") control.checked = (name === "topics" ? values.slice(1) : values).includes(control.value);
      else if (control.type === "radio") control.checked = control.value === values[0];
      else if (control.type !== "file") control.value = values[0] ?? "";
    }
    if (!controls.length && values[0]) carry(form, name, values[0]);
  }
}
