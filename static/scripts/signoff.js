// This file counts the lines that are selected for sign-off, and selects all of a group at once.
"use strict";

(() => {
  const form = document.querySelector("form[data-signoff]");
  if (!form) return;
  const lines = [...form.querySelectorAll("input[name=line]")];
  const groups = new Map([...form.querySelectorAll("input[name=group]")].map((box) => [box.value, box]));
  const of = new Map([...groups.keys()].map((id) => [id, lines.filter((line) => line.dataset.group === id)]));

  const say = () => {
    const count = lines.filter((line) => line.checked).length;
    const words = count ? `${count.toLocaleString("en-GB")} of ${lines.length.toLocaleString("en-GB")} lines` : "the lines you select";
    form.querySelector("[data-selected]").textContent = words;
    form.querySelectorAll("[data-count]").forEach((place) => { place.textContent = count ? `${count.toLocaleString("en-GB")} ` : ""; });
  };

  form.addEventListener("change", ({ target }) => {
    if (target.name === "group") of.get(target.value).forEach((line) => { line.checked = target.checked; });
    const group = target.name === "line" ? groups.get(target.dataset.group) : null;
    if (group) group.checked = of.get(group.value).every((line) => line.checked);
    say();
  });
  // Enter in a tick box would send the form; it is a slip of the finger more often than a wish.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "checkbox") event.preventDefault();
  });
  // Back brings the ticks of before without saying that they changed.
  window.addEventListener("pageshow", say);
})();
