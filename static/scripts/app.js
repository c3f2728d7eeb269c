// Everything here is an addition: each form and link it touches works without it.
import "./time.js";
import "./acts.js";
import "./thread.js";
import "./reply.js";
import "./drafts.js";
import "./video.js";
import "./menu.js";
import "./keys.js";
import { start } from "./composer-loader.js";

document.querySelector(".errsum")?.focus();
if (document.querySelector(".composer")) start(document);
