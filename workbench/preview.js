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

// What is wrong with the record of this page, at its field where the page shows it, else above its text.
function files() {
  const match = /\/([a-z_]+)\/([a-z0-9-]+)\.html$/.exec(location.pathname);
  return match ? [`drafts/${match[1]}/${match[2]}.md`, `${match[1]}/${match[2]}.md`] : [];
}

function placeOf(field) {
  const name = (field || "").split("·")[0];
  const label = [...document.querySelectorAll("main dt")].find((one) => one.textContent.trim() === name);
  if (label) {
    const isWrapped = label.parentElement.tagName === "DIV";
    return (isWrapped && label.parentElement.querySelector("dd")) || label.nextElementSibling || label;
  }
  return document.querySelector("main h1") || document.querySelector("main") || document.body;
}

function note(problem) {
  const made = document.createElement("p");
  made.className = "gongkai-preview-problem";
  const mark = problem.severity === "error" ? "要改" : "提醒";
  const words = `${problem.message_zh}${problem.hint}`;
  const field = problem.field && !words.startsWith(problem.field) ? `“${problem.field}”` : "";
  made.textContent = `${mark}：${field}${words}`;
  const isError = problem.severity === "error";
  Object.assign(made.style, {
    margin: "0.5rem 0",
    padding: "0.35rem 0.75rem",
    font: "1rem/1.6 system-ui, sans-serif",
    color: isError ? "#5c0011" : "#4d2d00",
    background: isError ? "#fff1f0" : "#fff8e6",
    borderLeft: `5px solid ${isError ? "#a8071a" : "#9a6700"}`,
  });
  return made;
}

function ribbon(text) {
  const made = note({ severity: "warning", field: "", message_zh: text, hint: "" });
  made.textContent = text;
  document.querySelector("main")?.prepend(made);
}

async function showProblems() {
  const names = files();
  if (!names.length) {
    return;
  }
  const answer = await fetch("/-preview/problems.json");
  const found = await answer.json();
  document.querySelectorAll(".gongkai-preview-problem").forEach((one) => one.remove());
  const name = names.find((one) => found.some((problem) => problem.file === one));
  const mine = found.filter((problem) => problem.file === name);
  for (const problem of mine.filter((one) => one.severity !== "note")) {
    const place = placeOf(problem.field);
    if (place.tagName === "DD") {
      place.append(note(problem));
    } else {
      place.after(note(problem));
    }
  }
  for (const told of mine.filter((one) => one.severity === "note")) {
    ribbon(`${told.message_zh} / ${told.message_en}`);
  }
}

new EventSource("/-preview/events").addEventListener("state", (event) => {
  const state = JSON.parse(event.data);
  if (state.build !== shown) {
    location.reload();
  } else {
    banner(state.problems);
    showProblems();
  }
});
