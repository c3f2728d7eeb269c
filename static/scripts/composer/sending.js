// Sends one file to the site while a form goes on being written.
import { word } from "../words.js";

const ADDRESS = "/media";

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function bar(file) {
  const made = element("progress", { max: 1, value: 0 });
  made.setAttribute("aria-label", file.name);
  return made;
}

// `onPart` hears how much of it has gone, from 0 to 1. Answers what the server says.
export function send(file, token, onPart) {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("csrf_token", token);
  body.append("alt", "");
  body.append("file", file, file.name || "picture");
  const answer = new Promise((resolve) => {
    const told = () => {
      try {
        return JSON.parse(request.responseText);
      } catch {
        return {};
      }
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => onPart(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve({ ...told(), isTaken: request.status === 201 }));
    request.addEventListener("error", () => resolve({ message: word("not-saved") }));
    request.addEventListener("abort", () => resolve({ isStopped: true }));
  });
  request.open("POST", ADDRESS);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
  return { answer, stop: () => request.abort() };
}

// Why it wasn't taken, with its name.
export const problemOf = (file, kept) => `${file.name}: ${Object.values(kept.fields ?? {})[0] ?? kept.message ?? word("not-saved")}`;
