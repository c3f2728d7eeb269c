// Words to begin with, per ground: put in place without loading the page again.
const list = document.querySelector("[data-canned]");
const form = list?.closest("form");
const facts = form?.elements.namedItem("facts");
const ground = form?.elements.namedItem("ground");
const buttons = [...(list?.querySelectorAll("button") ?? [])];

// Nobody's own words are written over.
const isOwn = () => facts.value.trim() && !buttons.some((button) => button.textContent === facts.value);

function begin(button) {
  if (!isOwn()) facts.value = button.textContent;
  ground.value = button.value;
}

list?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || isOwn()) return;
  event.preventDefault();
  begin(button);
  facts.focus();
});

ground?.addEventListener("change", () => {
  const button = buttons.find((one) => one.value === ground.value);
  if (button) begin(button);
});
