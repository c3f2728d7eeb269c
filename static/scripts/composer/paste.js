// Pasting: rich text and tables become Markdown, an address on selected words becomes their link. The browser's own
// undo takes it back, and Ctrl+Shift+V pastes plain text as ever.
const ADDRESS = /^https?:\/\/\S+$/;
const RICH = /<(?:a\s|b\b|strong|i\b|em\b|h[1-6]|ul|ol|li|table|blockquote|pre|code)/i;

// As if it was typed, so that undo knows of it.
export function insert(field, text) {
  field.focus();
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function linked(field, data) {
  const address = data.getData("text/plain").trim();
  const words = field.value.slice(field.selectionStart, field.selectionEnd);
  if (!ADDRESS.test(address) || !words.trim() || words.includes("\n") || ADDRESS.test(words.trim())) return "";
  return `[${words.replaceAll("]", "\\]")}](${address})`;
}

async function pasteRich(field, html, plain) {
  const { toMarkdown } = await import("./rich.js");
  insert(field, toMarkdown(html) || plain);
}

export function startPasting(box) {
  const field = box.querySelector("textarea[name=body]");
  let isPlain = false;
  field?.addEventListener("keydown", (event) => {
    isPlain = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === "v";
  });
  field?.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data || isPlain) return void (isPlain = false);
    const link = linked(field, data);
    const html = data.getData("text/html");
    if (link) insert(field, link);
    else if (RICH.test(html)) pasteRich(field, html, data.getData("text/plain"));
    else return undefined;
    return event.preventDefault();
  });
}
