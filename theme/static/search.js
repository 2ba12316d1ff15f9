// Search: reads the static index beside the pages. Its analyzer is the twin of plugins/search/analyzer.py, folding.py
// and query.py, and its scores are those of plugins/search/searching.py; tests hold both equal.

const HAN = "\\u3005-\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTER =
  "0-9a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0370-\\u1fff\\u3041-\\u3096\\u30a1-\\u30fa\\u3105-\\u312f\\ua000-\\ud7a3";
const NUMERAL = "[0-9]{1,5}|[一二三四五六七八九十百零〇廿卅]{1,6}";
const LONGEST_WORD = 64;
const LONGEST_CODE = 6;
export const LONGEST_QUERY = 200;
const MOST_LOOKUPS = 8;
const NAMED_WEIGHT = 2;
const FEWEST_LOOKED_AT = 5;
const MOST_PLACES = 20;
const IN_TITLE = 8;
const IN_FACTS = 4;
const WEIGHTS = Array.from(
  { length: 16 },
  (_, code) => [0, 0.9, 1.2, 1.4][code & 3] + (code & IN_TITLE ? 1.6 : 0) + (code & IN_FACTS ? 1.1 : 0),
);

const expression = (source, flags = "gu") => new RegExp(source, flags);
const HAN_ALONE = expression(`^[${HAN}]$`, "u");
const SEARCHED = expression(`[${HAN}${LETTER}]`, "u");
const SIGNS = expression(`[^${HAN}${LETTER}]+`);
const JOINED = expression(`[${LETTER}]+(?:[._\\-][${LETTER}]+)*`);
const LETTERS = expression(`[${LETTER}]+`);
const NUMBER =
  /(?<![0-9])((?:19|20)[0-9]{2}) {0,2}(?:年 {0,2})?([)\]〕】〙}]?) {0,2}第? {0,2}([0-9]{1,6})(?![0-9]) {0,2}(号?)/gu;
const BEFORE_NUMBER = expression(`([${HAN}]{1,12}) {0,2}[(\\[〔【〘{]? {0,2}$`, "u");
const ORDER = expression(`令 {0,2}\\(?第 {0,2}(${NUMERAL}) {0,2}号|第 {0,2}(${NUMERAL}) {0,2}号 {0,2}令`);
const DAY =
  /(?<![0-9])((?:19|20)[0-9]{2}) {0,2}([年./-]) {0,2}([0-9]{1,2})(?![0-9])(?: {0,2}[月./-] {0,2}([0-9]{1,2})(?![0-9])(?: {0,2}[日号])?| {0,2}月)/gu;
const SPELT_DAY =
  /([一二][〇零一二三四五六七八九0]{3}) {0,2}年(?: {0,2}([元一二三四五六七八九十]{1,2}) {0,2}月(?: {0,2}([一二三四五六七八九十廿卅]{1,3}) {0,2}日)?)?/gu;
const ORDINAL = expression(`第 {0,2}(${NUMERAL}) {0,2}([条章节款项次届批期])`);
const SPACE = "[ \\t\\n\\r\\f\\v\\u001c-\\u001f\\u0085\\u00a0\\u2028\\u2029]+";
const SPACES = expression(SPACE);
const BETWEEN_WORDS = expression(`(?:${SPACE}|[|+])+`);
const BETWEEN_PARTS = /[,。;:!?、/…]+/gu;
const PHRASE = /["＂]([^"＂]*)["＂]/gu;
const YEAR = /^(?:19|20)[0-9]{2}$/u;
const NUMBER_OR_DAY = /^(?:[@№]|=(?:19|20)[0-9]{2}$)/u;

// ---- folding ----

const IGNORED = /[\u00ad\u200b-\u200d\u2060\ufeff]/u;
const folded1 = new Map();
let simplified = new Map();

function isFolded(code) {
  if (code >= 0x10000) {
    return (code >= 0x1d400 && code < 0x1d800) || (code >= 0x1f100 && code < 0x1f200) || (code >= 0x2f800 && code < 0x2fa20);
  }
  return !((code >= 0x1c80 && code < 0x1c90) || (code >= 0xa640 && code < 0xa800) || (code >= 0xd800 && code < 0xe000));
}

function foldCharacter(character) {
  let found = folded1.get(character);
  if (found === undefined) {
    found = character;
    if (IGNORED.test(character)) found = "";
    else if (isFolded(character.codePointAt(0))) {
      found = "";
      for (const one of character.normalize("NFKC").toLowerCase()) {
        found += one === "○" || one === "◯" ? "〇" : (simplified.get(one) ?? one);
      }
    }
    folded1.set(character, found);
  }
  return found;
}

export function fold(text) {
  let found = "";
  for (const character of text) found += foldCharacter(character);
  return found;
}

export const skeleton = (folded) => folded.replace(SIGNS, "");

// Only rare characters can be traditional ones; the table is fetched when one is met.
let common = null;
export function needsTable(text) {
  if (simplified.size) return false;
  if (!common) {
    const bytes = [];
    for (let row = 0xb0; row < 0xf8; row++) for (let cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
    common = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
    for (const character of "後徵於甯菸麽") common.delete(character);
  }
  for (const character of text) {
    if (character > "\u33ff" && !common.has(character) && (HAN_ALONE.test(character) || character > "\u9fff")) return true;
  }
  return false;
}

export function setTable(lines) {
  simplified = new Map();
  for (const line of lines.split("\n")) {
    const [first, ...others] = line;
    for (const other of others) simplified.set(other, first);
  }
  folded1.clear();
}

// ---- what a text is found by ----

export function setWords(synonyms, syllables) {
  wordings = new Map();
  for (const line of synonyms) {
    for (const wording of line) {
      const bare = skeleton(fold(wording));
      const same = wordings.get(bare[0]) ?? [];
      same.push([bare, line[0]]);
      wordings.set(bare[0], same);
    }
  }
  for (const same of wordings.values()) same.sort((a, b) => b[0].length - a[0].length);
  knownSyllables = new Set(syllables);
}
let wordings = new Map();
let knownSyllables = new Set();

export function terms(text) {
  const folded = fold(text);
  const bare = skeleton(folded);
  const characters = [...bare];
  return [...pairs(bare), ...characters.filter((one) => HAN_ALONE.test(one)), ...words(folded), ...named(folded, bare)];
}

function pairs(bare) {
  const characters = [...bare];
  return characters.slice(1).map((two, at) => characters[at] + two);
}

const cutWord = (word) => "=" + [...word].slice(0, LONGEST_WORD).join("");

function* words(folded) {
  for (const [whole] of folded.matchAll(JOINED)) {
    const parts = whole.split(/[._-]/u);
    if (parts.length > 1) yield cutWord(parts.join(""));
    yield* parts.map(cutWord);
  }
}

function named(folded, bare) {
  return [...spans(folded).flatMap((span) => span[2]), ...concepts(bare).map((found) => "§" + found[2])];
}

function spans(folded, asked = false) {
  return [...numbers(folded, asked), ...orders(folded), ...days(folded), ...ordinals(folded)];
}

function* numbers(folded, asked) {
  for (const match of folded.matchAll(NUMBER)) {
    const end = match.index + match[0].length;
    const before = BEFORE_NUMBER.exec([...folded.slice(Math.max(0, match.index - 40), match.index)].slice(-20).join(""));
    const careless = asked && (match[2] || before) && end === folded.length;
    if (match[4] || (match[2] && before) || careless) {
      const number = `${match[1]}-${Number(match[3])}`;
      const code = before ? [...before[1]] : [];
      const found = ["№" + number];
      for (let length = 2; length <= Math.min(code.length, LONGEST_CODE); length++) {
        found.push("№" + code.slice(-length).join("") + number);
      }
      yield [match.index - (before ? before[0].length : 0), end, found];
    }
  }
}

function* orders(folded) {
  for (const match of folded.matchAll(ORDER)) {
    const number = anyNumber(match[1] ?? match[2]);
    if (number !== null) yield [match.index, match.index + match[0].length, ["№令" + number]];
  }
}

function* days(folded) {
  for (const match of folded.matchAll(DAY)) {
    if (match[4] !== undefined || match[2] === "年") {
      yield [match.index, match.index + match[0].length, day(+match[1], +match[3], +(match[4] ?? 0))];
    }
  }
  for (const match of folded.matchAll(SPELT_DAY)) {
    const year = +[...match[1]].map((digit) => "〇一二三四五六七八九".indexOf(/[零0]/u.test(digit) ? "〇" : digit)).join("");
    const found = ["=" + year];
    if (match[2]) {
      const month = match[2] === "元" ? 1 : numeral(match[2]);
      found.push(...day(year, month ?? 0, match[3] ? numeral(match[3]) || 99 : 0));
    }
    yield [match.index, match.index + match[0].length, found];
  }
}

function day(year, month, date) {
  if (!(month >= 1 && month <= 12 && date >= 0 && date <= 31)) return [];
  const two = (number) => String(number).padStart(2, "0");
  const found = [`@${year}-${two(month)}`];
  if (date) found.push(`@${year}-${two(month)}-${two(date)}`);
  return found;
}

function* ordinals(folded) {
  for (const match of folded.matchAll(ORDINAL)) {
    const number = anyNumber(match[1]);
    if (number !== null) yield [match.index, match.index + match[0].length, [`#${number}${match[2]}`]];
  }
}

const DIGITS = "零一二三四五六七八九";
const digit = (text) => (text === "〇" ? 0 : text.length === 1 ? DIGITS.indexOf(text) : -1);
const anyNumber = (text) => (/^[0-9]+$/u.test(text) ? Number(text) : numeral(text));

function numeral(text) {
  const at = text.lastIndexOf("百");
  if (at < 0) return belowHundred(text);
  const above = digit(text.slice(0, at));
  const rest = text.slice(at + 1);
  if (above < 1) return null;
  if (!rest) return above * 100;
  let below = rest[0] === "零" ? Math.max(0, digit(rest.slice(1))) : (belowHundred(rest) ?? 0);
  if (rest[0] !== "零" && below < 10) below = 0;
  return below ? above * 100 + below : null;
}

function belowHundred(text) {
  text = text.replace(/^廿/u, "二十").replace(/^卅/u, "三十");
  const at = text.indexOf("十");
  if (at < 0) return digit(text) > 0 ? digit(text) : null;
  const ten = at ? digit(text.slice(0, at)) : 1;
  const ones = text.slice(at + 1);
  const one = ones ? digit(ones) : 0;
  return ten < 1 || (ones && one < 1) ? null : ten * 10 + one;
}

function concepts(bare) {
  const found = [];
  for (let at = 0; at < bare.length; at++) {
    const hit = wordings.get(bare[at])?.find(([wording]) => bare.startsWith(wording, at));
    if (hit) {
      found.push([at, at + hit[0].length, hit[1]]);
      at += hit[0].length - 1;
    }
  }
  return found;
}

export function hashTerm(term) {
  let found = 2166136261;
  for (const character of term) found = Math.imul(found ^ character.codePointAt(0), 16777619);
  found = Math.imul(found ^ (found >>> 15), 0x2c1b3c6d);
  found = Math.imul(found ^ (found >>> 12), 0x297a2d39);
  return (found ^ (found >>> 15)) >>> 0;
}

// ---- what was asked ----

export function readQuery(text, often = new Set()) {
  const found = queryWords([...text].slice(0, LONGEST_QUERY).join(""));
  const namedOnes = [];
  const plain = [];
  found.forEach((word, number) => {
    if (word.exact) {
      const bare = word.parts[0].bare;
      const all = pairs(bare);
      for (const term of all.length ? all : [bare]) plain.push(lookup(term, number));
      return;
    }
    for (const part of word.parts) {
      if (part.terms.length) {
        namedOnes.push(lookup(part.terms.at(-1), number, part.terms.length > 1 ? part.terms.slice(0, 1) : []));
      }
    }
    if (word.parts.some((part) => !part.terms.length && part.bare)) plain.push(...lookups(word, number));
  });
  return { words: found, lookups: chosen(once(namedOnes), once(plain), often) };
}

const lookup = (term, word, instead = [], needed = true) => ({ term, word, instead, needed });
const plainPart = (bare) => ({ bare, terms: [] });
const trimEnd = (text) => text.replace(expression(`${SPACE}$`, "u"), "");
const oneSpace = (text) => text.replace(SPACES, " ").replace(/^ | $/gu, "");

function queryWords(text) {
  const found = [];
  for (const match of text.matchAll(PHRASE)) {
    const exact = oneSpace(fold(match[1]));
    const bare = skeleton(exact);
    if (bare) found.push({ bare: exact, parts: [plainPart(bare)], exact: true });
  }
  const folded = fold(text.replace(PHRASE, " "));
  const rest = [];
  let endBefore = 0;
  const all = spans(trimEnd(folded), true).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  for (const [start, end, names] of all) {
    if (start < endBefore || !names.length) continue;
    rest.push(folded.slice(endBefore, start));
    endBefore = end;
    const bare = skeleton(folded.slice(start, end));
    found.push({ bare, parts: [{ bare, terms: names }], exact: false });
  }
  rest.push(folded.slice(endBefore));
  for (const chunk of rest.join(" ").split(BETWEEN_WORDS)) {
    const bare = skeleton(chunk);
    if (bare) found.push({ bare, parts: chunk.split(BETWEEN_PARTS).flatMap((piece) => namedParts(skeleton(piece))), exact: false });
  }
  return found;
}

function namedParts(bare) {
  const pieces = [];
  let endBefore = 0;
  for (const [start, end, concept] of concepts(bare)) {
    pieces.push(plainPart(bare.slice(endBefore, start)), { bare: bare.slice(start, end), terms: ["§" + concept] });
    endBefore = end;
  }
  pieces.push(plainPart(bare.slice(endBefore)));
  const several = pieces.length > 1 ? 1 : 0;
  return pieces.filter((piece) => piece.terms.length || [...piece.bare].length > several);
}

function lookups(word, number) {
  const found = [];
  const characters = [...word.bare];
  const han = characters.map((one) => HAN_ALONE.test(one));
  const free = outsideNames(word, characters);
  const runs = [];
  characters.forEach((_, at) => {
    if (han[at]) return;
    if (at && !han[at - 1]) runs.at(-1)[1] = at + 1;
    else runs.push([at, at + 1]);
  });
  for (const [start, end] of runs) {
    const run = characters.slice(start, end).join("");
    const atEdge = end - start < characters.length && (start === 0 || end === characters.length) && !YEAR.test(run);
    if (!free[start]) continue;
    if (atEdge && /^[0-9]+$/u.test(run)) {
      found.push(...pairs(run).map((pair) => lookup(pair, number)), lookup("=" + run, number, [], false));
    } else found.push(lookup("=" + run, number, instead(run)));
  }
  for (let at = 0; at + 1 < characters.length; at++) {
    const pair = characters[at] + characters[at + 1];
    const inner = free[at] && free[at + 1];
    if (han[at] && han[at + 1]) {
      if (free[at] || free[at + 1]) found.push(lookup(pair, number, [], inner));
    } else if (inner && han[at] !== han[at + 1]) {
      const sign = han[at] ? at : at + 1;
      const run = runs.find(([start, end]) => (han[at] ? start === at + 1 : end === at + 1));
      const cut = han[at] ? run[1] === characters.length : run[0] === 0;
      if (cut || !(han[sign - 1] || han[sign + 1])) found.push(lookup(pair, number));
    }
  }
  if (characters.length === 1 && han[0]) found.push(lookup(word.bare, number));
  return found;
}

function outsideNames(word, characters) {
  const free = characters.map(() => true);
  let at = 0;
  for (const part of word.parts) {
    const start = word.bare.indexOf(part.bare, at);
    if (start < 0) continue;
    at = start + part.bare.length;
    const from = [...word.bare.slice(0, start)].length;
    free.fill(!part.terms.length, from, from + [...part.bare].length);
  }
  return free;
}

function instead(letters) {
  if (/^[a-z]+$/u.test(letters)) {
    const spelt = syllablesOf(letters);
    if (spelt.length > 1) return spelt.slice(1).map((two, at) => `~${spelt[at]} ${two}`).slice(0, MOST_LOOKUPS);
    if (letters.length > 2) {
      return Array.from({ length: Math.min(letters.length - 2, MOST_LOOKUPS) }, (_, at) => "~" + letters.slice(at, at + 3));
    }
  }
  return pairs(letters).slice(0, MOST_LOOKUPS);
}

function syllablesOf(letters) {
  for (let length = Math.min(6, letters.length); length > 0; length--) {
    if (!knownSyllables.has(letters.slice(0, length))) continue;
    if (length === letters.length) return [letters];
    const rest = syllablesOf(letters.slice(length));
    if (rest.length) return [letters.slice(0, length), ...rest];
  }
  return [];
}

function once(found) {
  const seen = new Map();
  for (const one of found) if (!seen.has(one.term)) seen.set(one.term, one);
  return [...seen.values()];
}

function chosen(namedOnes, plain, often) {
  namedOnes = namedOnes.slice(0, MOST_LOOKUPS);
  const room = MOST_LOOKUPS - namedOnes.length;
  if (plain.length <= room) return [...namedOnes, ...plain];
  const isCommon = (one) => often.has(hashTerm(one.term));
  const rare = plain.filter((one) => !isCommon(one));
  const usual = plain.filter(isCommon);
  let firsts = [];
  for (const word of new Set(plain.map((one) => one.word))) {
    let own = rare.filter((one) => one.word === word);
    if (!own.length) own = usual.filter((one) => one.word === word);
    firsts.push(own[own.length >> 1]);
  }
  firsts = firsts.slice(0, room);
  const others = evenly(rare.filter((one) => !firsts.includes(one)), room - firsts.length);
  const wanted = new Set([...firsts, ...others]);
  return [...namedOnes, ...plain.filter((one) => wanted.has(one))];
}

function evenly(found, count) {
  if (found.length <= count) return found;
  return Array.from({ length: count }, (_, at) => found[Math.floor(((2 * at + 1) * found.length) / (2 * count))]);
}
