// This file makes the pages quicker to use with a keyboard; everything works without it.
"use strict";

(() => {
  const NOT_SAVED =
    "This could not be saved just now. Your words are still here: keep the page open, wait a moment and save again.";

  const unsaved = (form) =>
    [...form.querySelectorAll("textarea, input[type=text]")].some((input) => input.value !== input.defaultValue);
  const unsavedWithin = (element, butFor = null) =>
    [...element.querySelectorAll("form[data-unsaved]")].some((form) => form !== butFor && unsaved(form));

  let leavingOnPurpose = false;

  document.addEventListener("announce", (event) => {
    const announcer = document.getElementById("announcer");
    announcer.textContent = "";
    // Said twice in a row, the same words would not be read out again without the pause.
    window.setTimeout(() => { announcer.textContent = event.detail.value; }, 50);
  });

  document.addEventListener("click", (event) => {
    const value = event.target.closest(".app-field__value--opens");
    const selecting = !window.getSelection().isCollapsed;
    if (!value || selecting || event.target.closest("a, button, input, summary")) return;
    value.closest(".app-field").querySelector(".app-field__change")?.click();
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".app-field__form");
    if (!form) return;
    if (event.key === "Escape") {
      event.preventDefault();
      form.querySelector("[data-cancel]").click();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  document.addEventListener("submit", (event) => {
    leavingOnPurpose = true;
    if (event.target.matches("form[data-unsaved]") && !event.target.hasAttribute("hx-post")) {
      if (event.target.dataset.sent) event.preventDefault();
      event.target.dataset.sent = "yes";
    }
  });
  document.addEventListener("htmx:afterRequest", () => { leavingOnPurpose = false; });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    // What is added to a requirement shows the whole card anew, with all that stands open in it.
    const block = elt.matches(".app-add") ? elt.closest(".app-requirement") ?? target : target;
    if (block.matches("#results, .app-requirement") && unsavedWithin(block, elt)) {
      const go = window.confirm("You have typed something that is not saved. Go on and lose it?");
      if (!go) event.preventDefault();
    }
  });

  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      const form = event.target.closest?.(".app-field__form");
      if (!form) return;
      form.querySelector(".app-not-saved")?.remove();
      const words = document.createElement("p");
      words.className = "govuk-error-message app-not-saved";
      words.setAttribute("role", "alert");
      words.textContent = NOT_SAVED;
      form.prepend(words);
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (!leavingOnPurpose && unsavedWithin(document)) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    leavingOnPurpose = false;
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
})();
