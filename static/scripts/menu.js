// A menu closes when the reader goes elsewhere.
const closeExcept = (inside) =>
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => menu.contains(inside) || (menu.open = false));

document.addEventListener("click", (event) => closeExcept(event.target));
document.addEventListener("focusin", (event) => closeExcept(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
