// Which part of a picture becomes a face or a logo, seen while it is chosen: the sliders say it, dragging moves them.
function startCrop(form) {
  const frame = form.querySelector("[data-crop-frame]");
  const picture = frame.querySelector("img");
  const { x, y, zoom } = form.elements;
  const width = Number(picture.getAttribute("width"));
  const height = Number(picture.getAttribute("height"));

  // Points of the frame for each of the picture's, and how far the picture reaches beyond the frame.
  function measures() {
    const scale = (frame.clientWidth / Math.min(width, height)) * (Number(zoom.value) / 100);
    return { scale, beyondX: width * scale - frame.clientWidth, beyondY: height * scale - frame.clientWidth };
  }

  function draw() {
    const { scale, beyondX, beyondY } = measures();
    Object.assign(picture.style, {
      width: `${width * scale}px`,
      height: `${height * scale}px`,
      left: `${(-beyondX * Number(x.value)) / 100}px`,
      top: `${(-beyondY * Number(y.value)) / 100}px`,
    });
  }

  let held;
  function drag(event) {
    const { beyondX, beyondY } = measures();
    if (beyondX > 0) x.value = Number(x.value) - ((event.clientX - held.clientX) / beyondX) * 100;
    if (beyondY > 0) y.value = Number(y.value) - ((event.clientY - held.clientY) / beyondY) * 100;
    held = event;
    draw();
  }

  // Between the steps of a slider a slow hand would move nothing.
  for (const slider of [x, y]) slider.step = "any";
  frame.classList.add("crop--live");
  form.querySelector("[data-crop-hint]").hidden = false;
  frame.addEventListener("pointerdown", (event) => {
    held = event;
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => frame.hasPointerCapture(event.pointerId) && drag(event));
  form.addEventListener("input", draw);
  addEventListener("resize", draw);
  draw();
}

export const start = () => document.querySelectorAll("[data-crop]").forEach(startCrop);
