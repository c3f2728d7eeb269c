// Everything here is an addition: each form and link it touches works without it.
import "./time.js";
import "./acts.js";
import "./thread.js";
import "./reading.js";
import "./quote.js";
import "./live.js";
import "./reply.js";
import "./drafts.js";
import "./video.js";
import "./menu.js";
import "./keys.js";
import "./queue.js";
import "./suggest.js";
import "./later.js";
import { start } from "./composer-loader.js";

document.querySelector(".errsum")?.focus();
if (document.querySelector(".composer")) start(document);
if (document.querySelector("[data-crop]")) import("./crop.js").then((crop) => crop.start());
if (document.querySelector("[data-passkey]")) import("./passkeys.js");
