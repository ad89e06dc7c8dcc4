// This file warns before a session ends, and when it has ended keeps on the page what was typed.
"use strict";

(() => {
  const WARN_SECONDS = 120;
  const CHECK_AGAIN_SECONDS = 10;
  const warning = document.getElementById("session-warning");
  if (!warning) return;
  const words = warning.querySelector(".app-session__words");
  const stay = warning.querySelector(".app-session__stay");
  let timer = null;
  let lastSaid = "";

  const again = (seconds) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(1, seconds) * 1000);
  };

  const minutes = (seconds) => (seconds < 90 ? "about a minute" : `about ${Math.round(seconds / 60)} minutes`);

  const say = (sentence, { canStay, signIn = false }) => {
    words.textContent = lastSaid = sentence;
    if (signIn) {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = warning.dataset.signIn;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "Sign in again (opens in a new tab)";
      words.append(" ", link);
    }
    stay.hidden = !canStay;
    warning.hidden = false;
    document.dispatchEvent(new CustomEvent("announce", { detail: { value: sentence } }));
  };

  const ended = () => {
    again(CHECK_AGAIN_SECONDS);
    if (!warning.hidden && stay.hidden && words.querySelector("a")) return;
    say(
      "Your session has ended. What you saved is safe, and what you typed is still on this page: sign in again in a new tab, then come back here and save it.",
      { canStay: false, signIn: true },
    );
  };

  const told = ({ left, at_most: atMost }) => {
    if (left > WARN_SECONDS) {
      warning.hidden = true;
      again(left - WARN_SECONDS);
    } else {
      const canStay = atMost > left;
      const sentence = canStay
        ? `You will be signed out in ${minutes(left)}, because nothing was asked of the plan for a while.`
        : `You will be signed out in ${minutes(left)}, for nobody stays signed in longer than that. Save what you typed now; then sign in again.`;
      if (warning.hidden || lastSaid !== sentence) say(sentence, { canStay });
      again(Math.min(left, CHECK_AGAIN_SECONDS));
    }
  };

  const ask = async (method) => {
    const headers = { Accept: "application/json" };
    if (method === "POST") headers["X-CSRFToken"] = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    try {
      const answer = await fetch(warning.dataset.address, { method, headers, redirect: "error" });
      if (answer.status === 401) ended();
      else if (answer.ok) told(await answer.json());
      else again(CHECK_AGAIN_SECONDS);
    } catch {
      again(CHECK_AGAIN_SECONDS); // the network is away; what is typed stays where it is
    }
  };
  const look = () => ask("GET");

  stay.addEventListener("click", () => ask("POST"));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401 && !event.detail.xhr.getResponseHeader("HX-Redirect")) ended();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  again(1);
})();
