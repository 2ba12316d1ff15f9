// The search page: shows what search.js finds. Everything asked stands in the address, so that it can be shared.

import { LONGEST_QUERY, fold, marked, openIndex, skeleton } from "./search.js";

const SIZE = 10;
const MOST_PLACES = 4;
// Milliseconds after the last key.
const WAIT = 200;
const SNIPPET = 96;
const FACETS = ["organ", "kind", "topic", "validity"];

const at = (id) => document.getElementById(id);
const form = at("search");
const { sort, from, to } = form.elements;
const box = at("search-words");
const filters = at("search-filters");
const places = at("search-places");
const known = at("search-known").content;
const results = at("search-results");
const root = form.dataset.root;
let index = null;
let turn = 0;
let timer = 0;

function make(name, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

const withMarks = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? make("mark", {}, text) : text));

// ---- the address holds what is asked ----

function asked() {
  const address = new URLSearchParams(location.search);
  const day = (name) => /^\d{4}-\d\d-\d\d$/.exec(address.get(name))?.[0] ?? "";
  return {
    words: address.get("q") ?? "",
    page: Math.max(1, Math.trunc(address.get("page")) || 1),
    byDate: address.get("sort") === "date",
    from: day("from"),
    to: day("to"),
    filters: Object.fromEntries(FACETS.map((facet) => [facet, address.getAll(facet)])),
  };
}

function addressOf(wish) {
  const address = new URLSearchParams();
  if (wish.words) address.set("q", wish.words);
  for (const facet of FACETS) for (const value of wish.filters[facet]) address.append(facet, value);
  if (wish.from) address.set("from", wish.from);
  if (wish.to) address.set("to", wish.to);
  if (wish.byDate) address.set("sort", "date");
  if (wish.page > 1) address.set("page", wish.page);
  return `${location.pathname}?${address}`;
}

function go(wish, { typing = false } = {}) {
  history[typing ? "replaceState" : "pushState"](null, "", addressOf(wish));
  return answer();
}

const change = (changes) => go({ ...asked(), page: 1, ...changes });

// ---- asking and showing ----

const said = at("search-messages").content;

/** A message of the page, its gaps filled in order. */
function words(name, ...gaps) {
  return said.querySelector(`[data-name=${name}]`).textContent.replaceAll("…", () => gaps.shift());
}

function say(...messages) {
  at("search-status").textContent = messages.join("");
}

async function answer() {
  const wish = asked();
  const mine = ++turn;
  if (box !== document.activeElement || !timer) box.value = wish.words;
  showWish(wish);
  const isFiltered = wish.from || wish.to || FACETS.some((facet) => wish.filters[facet].length);
  const isOdd = wish.words.trim() && !/[\p{L}\p{N}]/u.test(wish.words);
  if (isOdd || (!wish.words.trim() && !isFiltered)) {
    clear();
    say(words(isOdd ? "signs" : "empty"), showPlaces(wish));
    return;
  }
  try {
    const { server } = form.dataset;
    const more = isFiltered || filters.open ? await import("./search_filters.js") : null;
    if (mine === turn) more?.showChosen(wish, page);
    index ??= server ? (await import("./search_server.js")).openServer(server) : openIndex(`${root}search/`);
    index.catch(() => (index = null));
    const ready = await index;
    const found = await ready.search(wish.words, wish);
    const hits = await ready.show(found, wish.page, SIZE);
    if (mine !== turn) return;
    showHits(hits, found, wish);
    const here = { ...page, index: ready, isCurrent: () => mine === turn };
    if (!found.total || (wish.page < 2 && /^[a-z ]+$/i.test(wish.words))) await (await import("./search_filters.js")).showNearest(found, here);
    if (filters.open) await more?.showCounts(found, wish, here);
  } catch (trouble) {
    if (mine !== turn) return;
    clear();
    say(words(trouble.kind ?? (navigator.onLine ? "damaged" : "offline")), showPlaces(wish));
  }
}

function clear() {
  results.hidden = at("search-pages").hidden = true;
  results.replaceChildren();
}

/** The sections, organs and pages that are called what was asked, begin or end with it, or are the most of it. */
function showPlaces(wish) {
  const asked = wish.page > 1 ? "" : skeleton(fold(wish.words));
  const ways = [` ${asked} `, ` ${asked}`, `${asked} `];
  for (let size = asked.length; --size > 2 && 3 * size >= asked.length; ) ways.push(` ${asked.slice(0, size)} `, ` ${asked.slice(-size)} `);
  const called = ways.map((way) => known.querySelectorAll(`[data-names*="${way}"]`)).find((all) => all[0]) ?? [];
  const found = asked[1] && called.length <= MOST_PLACES ? [...called] : [];
  places.replaceChildren(...found.map((place) => place.cloneNode(true)));
  places.hidden = !found[0];
  return found[0] ? words("places", found.length) : "";
}

function summary(hits, found, wish) {
  const told = [];
  if ([...wish.words].length > LONGEST_QUERY) told.push(words("long", LONGEST_QUERY));
  if (found.incomplete) told.push(words("incomplete"));
  if (found.total) told.push(words(found.exact ? "found" : "about", found.total));
  else if (hits.length) told.push(words("partly", hits.length));
  else told.push(words("nothing", wish.words.slice(0, 40)));
  return told;
}

function showHits(hits, found, wish) {
  const count = Math.ceil(Math.max(found.likely, found.total) / SIZE);
  say(...summary(hits, found, wish), wish.page > 1 ? words("page", wish.page, count) : "", showPlaces(wish));
  results.replaceChildren(...hits.map((hit) => showHit(hit, found)));
  results.hidden = !results.childElementCount;
  showPages(count, wish);
}

function showHit({ card, whole }, found) {
  const [, address, title, number, organ, kind, published, validity, , text] = card;
  const link = make("a", { href: root + address }, ...withMarks(marked(title, found.query)));
  const name = make("p", { className: "row-title" }, link);
  const mark = said.querySelector(`[data-state="${validity}"] > *`);
  if (mark) name.append(" ", mark.cloneNode(true));
  const notes = [kind, number, organ].filter(Boolean).map((note) => make("span", {}, ...withMarks(marked(note, found.query))));
  if (!whole && found.total) notes.push(make("span", {}, words("part")));
  const hit = make("li", { className: "row" }, name);
  if (published) hit.append(make("time", { className: "row-date", dateTime: published }, published));
  hit.append(make("p", { className: "row-note" }, ...notes));
  const around = marked(text.replace(/\s+/g, " "), found.query, SNIPPET);
  if (text) hit.append(make("p", { className: "search-snippet" }, ...withMarks(around)));
  return hit;
}

function showPages(count, wish) {
  const leadTo = (page, label) => {
    const link = make("a", { className: "button", href: addressOf({ ...wish, page }) }, label);
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await go({ ...wish, page });
      at("search-status").focus();
    });
    return make("li", {}, link);
  };
  const row = make("ul", { className: "pager-row" });
  if (wish.page > 1) row.append(leadTo(wish.page - 1, words("before")));
  row.append(make("li", { className: "pager-here" }, words("page", wish.page, count)));
  if (wish.page < count) row.append(leadTo(wish.page + 1, words("after")));
  at("search-pages").replaceChildren(row);
  at("search-pages").hidden = count < 2;
}

// ---- filters ----

function showWish(wish) {
  at("search-options").hidden = false;
  sort.value = wish.byDate ? "date" : "";
  from.value = wish.from;
  to.value = wish.to;
  at("search-chosen").hidden = true;
}

const page = { form, box, results, known, root, facets: FACETS, make, words, change };

form.addEventListener("change", ({ target }) => {
  if (target === box) return;
  const { facet } = target.closest("fieldset").dataset;
  if (!facet) return change({ byDate: sort.value === "date", from: from.value, to: to.value });
  const values = [...form.querySelectorAll(`[data-facet=${facet}] :checked`)].map((one) => one.value);
  return change({ filters: { ...asked().filters, [facet]: values } });
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  timer = 0;
  change({ words: box.value });
});
box.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.isComposing) return;
  timer = setTimeout(() => go({ ...asked(), page: 1, words: box.value }, { typing: true }), WAIT);
});
box.addEventListener("compositionend", () => box.dispatchEvent(new Event("input")));
filters.addEventListener("toggle", answer);
addEventListener("popstate", answer);
answer();
