// Shows how far an upload has come. Without it the form is sent by the browser itself and does the same.
(() => {
  "use strict";

  function say(form, words, share) {
    const place = form.querySelector("[data-progress]");
    place.hidden = false;
    place.querySelector("progress").value = share;
    const said = place.querySelector("[data-words]");
    if (said.textContent !== words) said.textContent = words;
  }

  function isElsewhere(form, address) {
    return new URL(address, location.href).pathname !== new URL(form.action).pathname;
  }

  // A refusal comes back as a whole page: its main part takes the place of ours, the new form works as the old one did.
  function showAnswer(request) {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const main = page.getElementById("main");
    if (!main) return location.reload();
    document.title = page.title;
    document.getElementById("main").replaceWith(document.adoptNode(main));
    prepare();
    (main.querySelector(".govuk-error-summary") || main).focus();
  }

  function send(event) {
    const form = event.currentTarget;
    const file = form.querySelector("input[type=file]");
    if (!file.files.length) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const request = new XMLHttpRequest();
    const stop = () => {
      button.disabled = false;
      say(form, "The upload did not arrive. Nothing was changed. Check your connection and try again.", 0);
    };
    request.upload.addEventListener("progress", (moved) => {
      if (!moved.lengthComputable) return;
      const share = Math.floor((moved.loaded / moved.total) * 100);
      say(form, share < 100 ? `Uploading: ${share - (share % 10)}%` : "Uploaded. The workbook is being read.", share);
    });
    request.addEventListener("load", () => {
      if (request.status < 400 && isElsewhere(form, request.responseURL)) location.assign(request.responseURL);
      else showAnswer(request);
    });
    request.addEventListener("error", stop);
    request.addEventListener("abort", stop);
    request.open("POST", form.action);
    say(form, "Uploading: 0%", 0);
    request.send(new FormData(form));
    button.disabled = true;
  }

  function prepare() {
    for (const form of document.querySelectorAll("form[data-upload]")) form.addEventListener("submit", send);
  }

  prepare();
})();
