// "12 minutes ago" up to a day; older dates keep the page's words, without the year if it is this one.
import { language, word } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const shortDate = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const fullTime = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

function relative(age) {
  if (age < MINUTE) return word("just-now");
  return age < HOUR ? ago.format(-Math.floor(age / MINUTE), "minute") : ago.format(-Math.floor(age / HOUR), "hour");
}

class RelativeTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const date = new Date(time?.dateTime);
    if (Number.isNaN(date.getTime())) return;
    time.title = fullTime.format(date);
    this.write(time, date);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  write(time, date) {
    const now = Date.now();
    const age = now - date;
    if (age >= 0 && age < DAY) {
      time.textContent = relative(age);
      this.timer = setTimeout(() => this.write(time, date), age < HOUR ? MINUTE : HOUR);
    } else if (date.getFullYear() === new Date(now).getFullYear()) {
      time.textContent = shortDate.format(date);
    }
  }
}

customElements.define("relative-time", RelativeTime);
