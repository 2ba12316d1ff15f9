// What the search page seldom needs: the filters, with how many of the found have which value, and what comes nearest
// where nothing is found.

import { numbersIn, read, readText, unpack, wordings } from "./search.js";

const LAST_DAY = 100000; // days after 1970 are counted back from it, so that newest first is rising

/** The rising numbers of a file, list by list, as `make` makes of them. */
function lists(segment, name, make) {
  return segment.keep(`f/${name}.bin`, async (url) => {
    const values = numbersIn(await unpack(await read(url), url));
    const found = [];
    for (let at = 0; at < values.length; ) {
      let number = 0;
      const list = [];
      for (let left = values[at++]; left > 0; left--) list.push((number += values[at++]));
      found.push(list);
    }
    return make(found);
  });
}

/** Of one facet, for each value the records that have it. */
async function members(segment, facet) {
  if (facet !== "year") return lists(segment, facet, (all) => new Map(segment.facts.facets[facet].map((value, at) => [value, all[at] ?? []])));
  const found = new Map();
  (await daysOf(segment)).forEach((day, record) => {
    const year = day.slice(0, 4);
    if (year) found.get(year)?.push(record) ?? found.set(year, [record]);
  });
  return found;
}

/** The day of each record, empty where it has none: the first list tells the days, the second where each ends. */
const daysOf = (segment) =>
  lists(segment, "day", ([days, ends]) => {
    const found = new Array(segment.count).fill("");
    let record = 0;
    days.forEach((day, at) => {
      const text = new Date((LAST_DAY - day) * 864e5).toISOString().slice(0, 10);
      while (record < ends[at]) found[record++] = text;
    });
    return found;
  });

/** For each segment a mask of the records that have a wanted value of every facet, from day to day. */
export async function allowed(segments, filters, from, to) {
  return Promise.all(
    segments.map(async (segment) => {
      const mask = new Uint8Array(segment.count).fill(1);
      if (from || to) {
        const days = await daysOf(segment);
        days.forEach((day, record) => (mask[record] = day && day >= from && day <= (to || "9") ? 1 : 0));
      }
      for (const [facet, values] of Object.entries(filters)) {
        if (!values.length) continue;
        const found = await members(segment, facet);
        const own = new Uint8Array(segment.count);
        for (const value of values) for (const record of found.get(value) ?? []) own[record] = 1;
        own.forEach((has, record) => (mask[record] &= has));
      }
      return mask;
    }),
  );
}

/** Without words, everything the filters leave, newest first. */
export function listed(segments, allowed) {
  const matches = segments.flatMap((one, segment) =>
    Array.from(allowed[segment], (_, record) => ({ whole: 1, score: 0, segment, record })).filter(
      ({ record }) => allowed[segment][record] && !one.dead.has(record),
    ),
  );
  return { matches, exact: true, incomplete: false };
}

/** How many of the found have each value of a facet, most first: of those that have everything asked, or all where none has. */
async function counts(index, found, facet) {
  if (found.counts) return found.counts[facet];
  const total = new Map();
  const shown = found.matches.filter((one) => one.whole || !found.likely);
  for (const [number, segment] of index.segments.entries()) {
    const own = new Set(shown.filter((one) => one.segment === number).map((one) => one.record));
    if (!own.size) continue;
    for (const [value, records] of await members(segment, facet)) {
      const count = records.filter((record) => own.has(record)).length;
      if (count) total.set(value, (total.get(value) ?? 0) + count);
    }
  }
  return [...total].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The chosen filters, each with a button that takes it back. */
export function showChosen(wish, { form, make, words, change, box }) {
  const list = form.querySelector("#search-chosen");
  const remove = (label, changes) => {
    const button = make("button", { type: "button", className: "button", ariaLabel: words("remove", label) }, `${label} ×`);
    button.addEventListener("click", () => change(changes).then(() => box.focus()));
    return make("li", {}, button);
  };
  const chosen = Object.entries(wish.filters).flatMap(([facet, values]) =>
    values.map((value) => remove(value, { filters: { ...wish.filters, [facet]: values.filter((other) => other !== value) } })),
  );
  if (wish.from || wish.to) chosen.push(remove(`${wish.from} – ${wish.to}`, { from: "", to: "" }));
  list.replaceChildren(...chosen);
  list.hidden = !chosen.length;
}

// Where nothing has all of it: the way to the numbers of a year; words that sound like what was asked is (底保, dibao,
// gjj), where there is something to find for them; titles that sound like its first word.
export async function showNearest(found, { index, results, known, root, make, words, isCurrent }) {
  const likely = [];
  const { words: asked } = found.query;
  const [, year] = /№((?:19|20)\d\d)-/.exec(asked.flatMap((word) => word.parts.flatMap((part) => part.terms))) ?? [];
  const numbers = `number/${year}.html`;
  if (year && (await fetch(root + numbers, { method: "HEAD" })).ok) likely.push([words("numbers", year), numbers]);
  const bare = asked.map((word) => word.bare).join(" ");
  if (/^([a-z ]+|[\u3400-\u9fff ]+)$/.test(bare) && (bare < "~" || !results.childElementCount)) {
    const table = await readText(`${root}search/pinyin.bin`);
    const sounds = new Map();
    for (const [, sound, all] of table.matchAll(/(.+) (.+)/g)) {
      for (const one of all) sounds.set(one, `${sounds.get(one) ?? sound[0]}|${sound}`);
    }
    const letters = bare.replace(/[^a-z ]/g, (one) => sounds.get(one)?.split("|")[1] ?? one);
    const isLike = (word) => RegExp("^" + word.replace(/./gu, (one) => "(" + (sounds.get(one) ?? one) + ") ?") + "$").test(letters);
    const names = [...known.children].flatMap((place) => place.dataset.names.split(" "));
    for (const word of new Set([...wordings.values(), names].flat(2).filter(isLike))) {
      if ((await index.search(word)).likely) likely.push([word, `search.html?q=${word}`]);
    }
    const alike = letters === bare ? [] : await index.show(await index.search(letters.split(" ")[0]));
    for (const { whole, card } of alike) if (whole) likely.push([card[2], card[1]]);
    if (!isCurrent() || !likely[0]) return;
    document.getElementById("search-status").append(words("alike"));
  }
  results.prepend(...likely.slice(0, 5).map(([label, address]) => make("li", { className: "row" }, make("a", { href: root + address }, label))));
  results.hidden = !results.childElementCount;
}

/** Fill the filters: the years as buttons, the values of each facet as boxes to tick. */
export async function showCounts(found, wish, { index, form, facets, make, words, change, isCurrent }) {
  const years = (await counts(index, found, "year")).sort().reverse();
  const buttons = years.map(([year, count]) => {
    const button = make("button", { type: "button", className: "button" }, `${year}（${count}）`);
    button.addEventListener("click", () => change({ from: `${year}-01-01`, to: `${year}-12-31` }));
    return button;
  });
  const all = await Promise.all(facets.map((facet) => counts(index, found, facet)));
  if (!isCurrent()) return;
  form.querySelector("#search-years").replaceChildren(...buttons);
  facets.forEach((facet, number) => showFacet(form.querySelector(`[data-facet=${facet}]`), facet, all[number], wish, make, words));
}

function showFacet(group, facet, found, wish, make, words) {
  const known = new Map(found);
  const labels = [...new Set([...wish.filters[facet], ...known.keys()])].map((value) => {
    const box = make("input", { type: "checkbox", name: facet, value, checked: wish.filters[facet].includes(value) });
    return make("label", {}, box, ` ${value}（${known.get(value) ?? 0}）`);
  });
  const rest = labels.splice(12);
  const open = group.querySelector("details")?.open;
  if (rest[0]) labels.push(make("details", { open }, make("summary", {}, words("rest", rest.length)), ...rest));
  group.replaceChildren(group.firstElementChild, ...labels);
  group.hidden = !labels.length;
}
