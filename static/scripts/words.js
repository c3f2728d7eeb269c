// The words of the scripts come with the page, in the reader's language.
const words = document.getElementById("words")?.content;

export const word = (name) => words?.querySelector(`[data-word="${name}"]`)?.textContent ?? "";

// For bare "en" a browser would write dates as in the United States; the pages write "14 November".
export const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || "en-GB";

export const part = (name) => words?.querySelector(`[data-part="${name}"]`)?.cloneNode(true);
