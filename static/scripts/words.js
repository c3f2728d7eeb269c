// The words of the scripts come with the page, in the reader's language.
const shelves = () => ["words", "composer-words"].map((id) => document.getElementById(id)?.content).filter(Boolean);

const find = (selector) => shelves().map((shelf) => shelf.querySelector(selector)).find(Boolean);

export const word = (name) => find(`[data-word="${name}"]`)?.textContent ?? "";

// For bare "en" a browser would write dates as in the United States; the pages write "14 November".
export const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || "en-GB";

export const part = (name) => find(`[data-part="${name}"]`)?.cloneNode(true);
