// Reload the page when the site was built anew, and show what stands in the way when it could not be.
// Only the preview server adds this script; no file on disk has it.
"use strict";

const shown = new URL(document.currentScript.src).searchParams.get("build");

function banner(text) {
  document.getElementById("gongkai-preview-banner")?.remove();
  if (!text) {
    return;
  }
  const box = document.createElement("pre");
  box.id = "gongkai-preview-banner";
  box.setAttribute("role", "alert");
  box.textContent = text;
  Object.assign(box.style, {
    position: "sticky",
    top: "0",
    zIndex: "2147483647",
    margin: "0",
    padding: "1rem",
    maxHeight: "50vh",
    overflow: "auto",
    whiteSpace: "pre-wrap",
    font: "1rem/1.6 monospace",
    color: "#5c0011",
    background: "#fff1f0",
    borderBottom: "3px solid #a8071a",
  });
  document.body.prepend(box);
}

new EventSource("/-preview/events").addEventListener("state", (event) => {
  const state = JSON.parse(event.data);
  if (state.build !== shown) {
    location.reload();
  } else {
    banner(state.problems);
  }
});
