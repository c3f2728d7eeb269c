// The search box suggests while somebody types: an ARIA combobox with a listbox. Without this it's a plain form.
const PAUSE = 150;

class Suggest {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.id = `suggest-${number}`;
    Object.assign(this.input, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list", ariaHasPopup: "listbox" });
    this.input.setAttribute("aria-controls", this.id);
    this.list = document.createElement("ul");
    this.show();
    this.form.append(this.list);
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.close());
    this.form.addEventListener("submit", () => this.close());
    this.form.addEventListener("mousedown", (event) => event.target.closest(".suggest") && event.preventDefault());
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  show(list = this.list) {
    list.id = this.id;
    list.className = "suggest";
    list.setAttribute("role", "listbox");
    list.hidden = !list.children.length;
    list.querySelectorAll("[role=option]").forEach((option, at) => (option.id = `${this.id}-${at}`));
    if (this.list !== list) this.list.replaceWith(list);
    this.list = list;
    this.input.ariaExpanded = String(!list.hidden);
    this.choose(-1);
  }

  // Also of an answer that is still under way: it mustn't open the list again.
  close() {
    this.stop();
    this.list.hidden = true;
    this.input.ariaExpanded = "false";
    this.choose(-1);
  }

  stop() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.timer = this.asked = undefined;
  }

  // What was chosen was chosen for other words: Enter now searches for these.
  later() {
    this.stop();
    this.choose(-1);
    const words = this.input.value.trim();
    if (words.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    const asked = (this.asked = new AbortController());
    const address = `/search/suggest?q=${encodeURIComponent(words)}`;
    const answer = await fetch(address, { signal: asked.signal }).catch(() => undefined);
    const text = answer?.ok ? await answer.text().catch(() => "") : "";
    if (this.asked !== asked) return;
    this.timer = this.asked = undefined;
    const list = new DOMParser().parseFromString(text, "text/html").querySelector("ul");
    if (list && document.activeElement === this.input) this.show(document.adoptNode(list));
  }

  choose(at) {
    this.at = at;
    this.options.forEach((option, place) => (option.ariaSelected = String(place === at)));
    const option = this.options[at];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const count = this.options.length;
    const open = !this.list.hidden && count;
    if (event.isComposing) return;
    // Elsewhere Escape leaves the field; here first the list, or the wait for it.
    if (event.key === "Escape" && (open || this.timer)) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      event.preventDefault();
      this.list.hidden = false;
      this.input.ariaExpanded = "true";
      const by = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.at + by + 1 + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.options[this.at].querySelector("a").click();
    }
  }
}

document.querySelectorAll("[data-suggest]").forEach((form, number) => new Suggest(form, number));
