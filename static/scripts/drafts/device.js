// Copies on this device: one for each form and page that writes, so that no page writes over another's.
import { device } from "../store.js";

const PREFIX = "draft:";
const COPIES = 5;
const OLD = 60 * 24 * 3600 * 1000;

export const keyOf = (form, writer) => `${PREFIX}${form.dataset.draft}|${writer}`;

const read = (key) => {
  try {
    return JSON.parse(device.get(key));
  } catch {
    return null;
  }
};

// Those of a form, newest first; what is past keeping goes.
export function copiesOf(form) {
  const start = keyOf(form, "");
  const keys = device.keys().filter((key) => key.startsWith(start));
  const copies = keys.map((key) => ({ key, ...read(key) })).filter((copy) => copy.fields);
  copies.sort((one, other) => other.at - one.at);
  const past = copies.filter((copy, place) => place >= COPIES || copy.at < Date.now() - OLD);
  past.forEach(({ key }) => forget(key));
  return copies.filter((copy) => !past.includes(copy));
}

// False where the browser keeps nothing, as when its room is full.
export const keep = (key, fields, base) => device.set(key, JSON.stringify({ at: Date.now(), fields, base }));

export const forget = (key) => device.remove(key);
