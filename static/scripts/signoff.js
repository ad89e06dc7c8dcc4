// Ticks the lines of a requirement with its "Select all", and unticks that when one of its lines is unticked.
"use strict";

function linesOf(form, group) {
  return [...form.querySelectorAll("input[name=line]")].filter((line) => line.dataset.group === group);
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.form) return;
  if (box.name === "group") {
    linesOf(box.form, box.value).forEach((line) => { line.checked = box.checked; });
  } else if (box.name === "line") {
    const all = [...box.form.querySelectorAll("input[name=group]")].find((one) => one.value === box.dataset.group);
    if (all) all.checked = linesOf(box.form, box.dataset.group).every((line) => line.checked);
  }
});
