// Rich text as this site's Markdown. Fetched when somebody pastes some.
import TurndownService from "turndown";

const service = new TurndownService({ headingStyle: "atx", bulletListMarker: "-", codeBlockStyle: "fenced", emDelimiter: "*" });
service.remove(["style", "script", "title", "meta", "noscript"]);
service.addRule("struck", { filter: ["del", "s"], replacement: (words) => (words.trim() ? `~~${words.trim()}~~` : "") });
// Pictures of other sites aren't shown here; where they were is said by their description.
service.addRule("picture", { filter: "img", replacement: (_words, node) => node.getAttribute("alt") ?? "" });
// One office program wraps a whole text in what isn't emphasis, and says emphasis by style.
const styled = (pattern) => (node) => node.nodeName === "SPAN" && pattern.test(node.dataset.style ?? "");
const around = (mark) => (words) => (words.trim() ? words.replace(/^(\s*)([\s\S]*?)(\s*)$/, `$1${mark}$2${mark}$3`) : words);
service.addRule("wrapper", { filter: (node) => node.nodeName === "B" && node.id.startsWith("docs-internal-guid"), replacement: (words) => words });
service.addRule("bold", { filter: styled(/font-weight:\s*(?:bold|[6-9]00)/), replacement: around("**") });
service.addRule("italic", { filter: styled(/font-style:\s*italic/), replacement: around("*") });
service.addRule("table", { filter: "table", replacement: (_words, node) => table(node) });

const cell = (node) => service.turndown(node.innerHTML).replaceAll(/\s*\n+\s*/g, " ").replaceAll("|", "\\|").trim();

function table(node) {
  const rows = [...node.rows].map((row) => [...row.cells].map(cell)).filter((row) => row.some(Boolean));
  if (!rows.length) return "";
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
  const rule = `|${" --- |".repeat(width)}`;
  return `\n\n${[lines[0], rule, ...lines.slice(1)].join("\n")}\n\n`;
}

// A table of one cell is a box around a text, as mail programs make them.
export function toMarkdown(html) {
  // Styles are read and never applied, handlers neither: this site's policy allows none inside a text.
  const inert = html.replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(/([\s"'/])(style|on\w+)\s*=/gi, "$1 data-$2="));
  const page = new DOMParser().parseFromString(inert, "text/html");
  for (const one of page.querySelectorAll("table")) {
    if (one.rows.length === 1 && one.rows[0].cells.length === 1) one.replaceWith(...one.rows[0].cells[0].childNodes);
  }
  const markdown = service.turndown(page.body.innerHTML).replaceAll(/\u00a0/g, " ");
  return markdown.replaceAll(/^(\s*(?:-|\d+\.)) {2,3}(?=\S)/gm, "$1 ").trim();
}
