// Remembers how a reader wants to read (large text, high contrast, dark or light) and copies a citation.
// Nothing here is needed to read, browse or print.
(function () {
  "use strict";

  const root = document.documentElement;
  const KEY = "gongkai-reading";
  const MEDIA = { contrast: "(prefers-contrast: more)", scheme: "(prefers-color-scheme: dark)" };
  const ON = { text: "large", contrast: "more", scheme: "dark" };
  const OFF = { text: "standard", contrast: "standard", scheme: "light" };
  let wishes = {};

  // Storage may be closed to us (private windows, pages opened from a disk): then nothing is remembered.
  try {
    wishes = JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    wishes = {};
  }

  function isOn(name) {
    if (wishes[name]) return wishes[name] === ON[name];
    return Boolean(MEDIA[name]) && matchMedia(MEDIA[name]).matches;
  }

  function show() {
    for (const name of Object.keys(ON)) {
      if (wishes[name]) root.dataset[name] = wishes[name];
    }
    for (const button of document.querySelectorAll("[data-reading]")) {
      button.setAttribute("aria-pressed", String(isOn(button.dataset.reading)));
    }
  }

  function change(name) {
    wishes[name] = isOn(name) ? OFF[name] : ON[name];
    try {
      localStorage.setItem(KEY, JSON.stringify(wishes));
    } catch {
      // not remembered, but done for this page
    }
    show();
  }

  async function copy(button) {
    const text = document.getElementById(button.dataset.copy);
    const answer = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(text.textContent);
      answer.textContent = "已复制";
    } catch {
      getSelection().selectAllChildren(text);
      answer.textContent = "已选中，请按复制键";
    }
  }

  root.classList.add("scripted");
  show();
  document.addEventListener("DOMContentLoaded", function () {
    show();
    for (const button of document.querySelectorAll("[data-reading]")) {
      button.addEventListener("click", () => change(button.dataset.reading));
    }
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.addEventListener("click", () => copy(button));
    }
  });
})();
