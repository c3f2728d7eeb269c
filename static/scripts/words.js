// The words of the scripts come with the page, in the reader's language.
const words = document.getElementById("words")?.content;

export const word = (name) => words?.querySelector(`[data-word="${name}"]`)?.textContent ?? "";

export const part = (name) => words?.querySelector(`[data-part="${name}"]`)?.cloneNode(true);
