// Starts the form with the configuration made from the kinds, and shows what is wrong with the open record at its field.
// Only the preview server has this script; no file of the site does.
"use strict";

window.CMS_MANUAL_INIT = true;

let found = [];
let judged = 0;
let savedAt = -1; // how many judgements there were when something was last saved

function openRecord() {
  const match = /^#\/(?:workflow\/)?collections\/([a-z_]+)\/entries\/([a-z0-9-]+)/.exec(location.hash);
  return match ? { kind: match[1], id: match[2] } : null;
}

function problemsOf(record) {
  const name = `${record.kind}/${record.id}.md`;
  const draft = found.filter((one) => one.file === `drafts/${name}`);
  return draft.length ? draft : found.filter((one) => one.file === name);
}

function words(problem) {
  const hint = problem.hint.replace(/(请|建议)加一行“[^”]*”并填写/, "$1填写");
  return `${problem.message_zh.replace("没有这一项。", "没有填写。")}${hint}`;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function waiting() {
  const box = element("section", "gk-panel gk-waiting", "");
  box.setAttribute("role", "status");
  box.setAttribute("aria-label", "核对结果");
  box.append(element("h2", "", "正在核对……"));
  return box;
}

function panel(record, problems) {
  const errors = problems.filter((one) => one.severity === "error").length;
  const box = element("section", errors ? "gk-panel gk-errors" : "gk-panel", "");
  box.setAttribute("role", "status");
  box.setAttribute("aria-label", "核对结果");
  const told = problems.length ? `还有 ${errors} 处要改，${problems.length - errors} 处提醒` : "没有要改的地方";
  box.append(element("h2", "", told));
  const list = document.createElement("ol");
  for (const one of problems) {
    const item = document.createElement("li");
    if (one.field) {
      item.append(element("b", "", `${one.field}：`));
    }
    item.append(words(one));
    list.append(item);
  }
  const link = element("a", "", "看这一页的预览");
  link.href = `../${record.kind}/${record.id}.html`;
  link.target = "preview";
  box.append(...(problems.length ? [list] : []), link);
  return box;
}

function atFields(problems) {
  for (const label of document.querySelectorAll("label")) {
    const name = label.textContent.replace(/\s*[（(].*$/, "").trim();
    const mine = problems.filter((one) => one.field && one.field.split("·")[0] === name);
    for (const one of mine) {
      const note = element("p", `gk-at-field${one.severity === "warning" ? " gk-warning" : ""}`, words(one));
      label.parentElement.append(note);
    }
  }
}

function show() {
  document.querySelectorAll(".gk-panel, .gk-at-field").forEach((one) => one.remove());
  const record = openRecord();
  if (record && judged <= savedAt) {
    document.body.append(waiting());
  } else if (record) {
    const problems = problemsOf(record);
    atFields(problems);
    document.body.append(panel(record, problems));
  }
}

async function refresh(event) {
  judged = JSON.parse(event.data).judged;
  const answer = await fetch("/-preview/problems.json");
  found = (await answer.json()).filter((one) => one.severity !== "note");
  show();
}

// What is saved has to be judged again: until it is, no old verdict is shown.
function watchSaving() {
  const ask = window.fetch;
  window.fetch = async (...given) => {
    const body = given[1] && given[1].body;
    const before = judged;
    const answer = await ask(...given);
    if (typeof body === "string" && body.includes('"persistEntry"') && answer.ok) {
      savedAt = before;
      show();
    }
    return answer;
  };
}

// There is no account here: the form's own front page has nothing to ask.
function enter() {
  const buttons = document.querySelectorAll("section button");
  if (buttons.length === 1 && buttons[0].textContent.trim() === "登录") {
    buttons[0].click();
  }
}

window.addEventListener("hashchange", () => setTimeout(show, 800));

window.addEventListener("DOMContentLoaded", async () => {
  const answer = await fetch("config.json");
  const config = await answer.json();
  window.useOfficeWords();
  if (config.backend.name === "by-file") {
    window.registerCodeHost(config.backend.service);
  }
  window.CMS.init({ config: { ...config, load_config_file: false } });
  if (config.backend.name !== "proxy") {
    return; // a code host checks what is committed; there is no preview to ask
  }
  watchSaving();
  const entering = new MutationObserver(enter);
  entering.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => entering.disconnect(), 30000);
  enter();
  new EventSource("/-preview/events").addEventListener("state", refresh);
});
