// Search: reads the static index beside the pages. Its analyzer is the twin of plugins/search/analyzer.py, folding.py
// and query.py, and its scores are those of plugins/search/searching.py; tests hold both equal.

const HAN = "\\u3005-\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const LETTER =
  "0-9a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0370-\\u1fff\\u3041-\\u3096\\u30a1-\\u30fa\\u3105-\\u312f\\ua000-\\ud7a3";
const NUMERAL = "[0-9]{1,5}|[一二三四五六七八九十廿卅]{1,3}";
const LONGEST_CODE = 6;
export const LONGEST_QUERY = 200;
const LONG_WORD = 9;
const MOST_LOOKUPS = 10;
const LONGEST_SYLLABLE = 6;
const MOST_READINGS = 4;
const NAMED_WEIGHT = 2;
const SEVERAL_WEIGHT = 0.25;
const QUOTED_WEIGHT = 3;
const ENDED_WEIGHT = 0.5;
const FEWEST_LOOKED_AT = 5;
const MOST_LOOKED_AT = 9;
const MOST_PLACES = 20;
const MOST_PARTS = 4;
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
const SEAM = /^(?:[民市]政[府协]|市政务)/u;
// Of a number, a word, a rare character.
const INSIDE = /^(?:[\w.,:%/-]{2}|.[\udc00-\udfff])/;
const FIGURES = /^[0-9]+$/u;
const YEAR = /^(?:19|20)[0-9]{2}$/u;
const NUMBER_OR_DAY = /^(?:[@№]|=(?:19|20)[0-9]{2}$)/u;

// ---- folding ----

const IGNORED = /[\u00ad\u200b-\u200d\u2060\ufeff]/u;
const folded1 = new Map();
const simplified = new Map([..."○◯"].map((one) => [one, "〇"]));

const within = (code, ...ranges) => ranges.some(([first, end]) => code >= first && code < end);
const isFolded = (code) =>
  code < 0x10000
    ? !within(code, [0x1c80, 0x1c90], [0xa640, 0xa800], [0xd800, 0xe000])
    : within(code, [0x1d400, 0x1d800], [0x1f100, 0x1f200], [0x2f800, 0x2fa20]);

function foldCharacter(character) {
  let found = folded1.get(character);
  if (found === undefined) {
    found = character;
    if (IGNORED.test(character)) found = "";
    else if (isFolded(character.codePointAt(0))) {
      found = "";
      for (const one of character.normalize("NFKC").toLowerCase()) {
        found += simplified.get(one) ?? one;
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
  if (simplified.size > 2) return false;
  if (!common) {
    const bytes = [];
    for (let row = 0xb0; row < 0xf8; row++) for (let cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
    common = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)) + "々〆〇");
    for (const character of "後徵於甯菸麽") common.delete(character);
  }
  return [...text].some((character) => HAN_ALONE.test(character) && !common.has(character));
}

export function setTable(lines) {
  for (const line of lines.split("\n")) {
    const [first, ...others] = line;
    for (const other of others) simplified.set(other, first);
  }
  folded1.clear();
}

// ---- what a text is found by ----

export function setWords(synonyms, syllables, [first, anywhere, last]) {
  questions = expression(`^(?:${first})|(?:${anywhere})|(?:${last})$`);
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
let questions;
export let wordings = new Map();
let knownSyllables = new Set();

export function pairs(bare) {
  const characters = [...bare];
  return characters.slice(1).map((_, at) => pairAt(characters, at));
}

function pairAt(characters, at) {
  const three = characters.slice(at, at + 3).join("");
  return SEAM.test(three) ? three : characters[at] + characters[at + 1];
}

/** Where a word stands in a text, but not at a seam with what comes behind it. */
function placeOf(word, bare, from = 0) {
  let at = bare.indexOf(word, from);
  while (at >= 0 && word[1] && SEAM.test(bare.slice(at + word.length - 2))) at = bare.indexOf(word, at + 1);
  return at;
}

export function named(folded, bare) {
  return [...spans(folded).flatMap((span) => span[2]), ...concepts(bare).map((found) => "§" + found[2])];
}

function spans(folded, asked = false) {
  return [
    ...numbers(folded, asked),
    ...each(ORDER, folded, (match) => numbered("№令", match[1] ?? match[2])),
    ...each(DAY, folded, writtenDay),
    ...each(SPELT_DAY, folded, speltDay),
    ...each(ORDINAL, folded, (match) => numbered("#", match[1], match[2])),
  ];
}

function* each(pattern, folded, name) {
  for (const match of folded.matchAll(pattern)) {
    const names = name(match);
    if (names) yield [match.index, match.index + match[0].length, names];
  }
}

function numbered(sign, text, unit = "") {
  const number = FIGURES.test(text) ? Number(text) : numeral(text);
  return number === null ? null : [sign + number + unit];
}

function* numbers(folded, asked) {
  for (const match of folded.matchAll(NUMBER)) {
    const end = match.index + match[0].length;
    const before = BEFORE_NUMBER.exec([...folded.slice(Math.max(0, match.index - 40), match.index)].slice(-20).join(""));
    const careless = asked && (match[2] || before) && end === folded.length;
    if (match[4] || (match[2] && before) || careless) {
      const number = `${match[1]}-${Number(match[3])}`;
      const code = before ? [...before[1]] : [];
      const codes = [];
      for (let length = 2; length <= Math.min(code.length, LONGEST_CODE); length++) codes.push("№" + code.slice(-length).join(""));
      const found = ["№" + number, ...codes.map((one) => one + match[1]), ...codes.map((one) => one + number)];
      yield [match.index - (before ? before[0].length : 0), end, found];
    }
  }
}

const writtenDay = ([, year, sign, month, date]) => (date || sign === "年" ? day(+year, +month, +(date ?? 0)) : null);

function speltDay([, figures, month, date]) {
  const year = +[...figures].map((one) => (/[零0〇]/u.test(one) ? 0 : digit(one))).join("");
  if (!month) return ["=" + year];
  return ["=" + year, ...day(year, month === "元" ? 1 : numeral(month), date ? numeral(date) || 99 : 0)];
}

function day(year, month, date) {
  if (!(month >= 1 && month <= 12 && date >= 0 && date <= 31)) return [];
  const [first, last] = [month, date].map((number) => String(number).padStart(2, "0"));
  return [`@${year}-${first}`, ...(date ? [`@${year}-${first}-${last}`] : [])];
}

const digit = (text) => "零一二三四五六七八九".indexOf(text);

/** 十二, 二十五, 廿五; null for what is no number. */
function numeral(text) {
  const [, tens, ones] = /^(?:(.?)十)?(.?)$/u.exec(text.replace(/^廿/u, "二十").replace(/^卅/u, "三十")) ?? ["", "十"];
  const [ten, one] = [tens === "" ? 1 : tens && digit(tens), ones && digit(ones)].map((value) => value || 0);
  return ten < 0 || one < 0 ? null : ten * 10 + one;
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
  text = [...text].slice(0, LONGEST_QUERY).join("");
  const found = queryWords(text);
  const namedOnes = [];
  const plain = [];
  found.forEach((word, number) => {
    if (word.exact) {
      const bare = word.parts[0].bare;
      const all = pairs(bare);
      for (const term of all.length ? all : [bare]) plain.push(lookup(term, number));
      return;
    }
    for (const { terms } of word.parts) {
      if (!terms.length) continue;
      // Of a day that may be cut off (3月2 of 3月21日) the month is sure.
      const isCut = /月[1-3]$/u.test(word.bare);
      if (isCut) namedOnes.push(lookup(terms[0], number));
      namedOnes.push(lookup(terms.at(-1), number, isCut ? [] : nearest(terms), !isCut));
    }
    if (word.parts.some((part) => !part.terms.length && part.bare)) plain.push(...lookups(word, number));
  });
  return { words: found, lookups: chosen(once(namedOnes), once(plain), often), quoted: quotedIn(text, namedOnes) };
}

function quotedIn(text, names) {
  const folded = oneSpace(fold(text)).replace(/\?+$/u, "");
  const ofNames = names.some(({ term }) => /[№@]/u.test(term));
  return ofNames || folded.includes(" ") || folded.search(BETWEEN_PARTS) < 0 ? "" : folded;
}

const nearest = (terms) => (terms.length > 1 ? [[terms[0], terms[(terms.length - 1) >> 1]]] : []);
const lookup = (term, word, instead = [], needed = true) => ({ term, word, instead, needed });
const plainPart = (bare) => ({ bare, terms: [] });
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
  const all = spans(folded, true).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  for (const [start, end, names] of all) {
    if (start < endBefore || !names.length) continue;
    rest.push(folded.slice(endBefore, start));
    endBefore = end;
    const bare = skeleton(folded.slice(start, end));
    found.push({ bare, parts: [{ bare, terms: names }], exact: false });
  }
  rest.push(folded.slice(endBefore));
  for (const asked of rest.join(" ").split(BETWEEN_WORDS)) {
    const pieces = asked.split(questions).filter(skeleton);
    const longer = pieces.filter((piece) => [...skeleton(piece)].length > 1);
    for (const chunk of longer.length ? longer : pieces.length ? pieces : [asked].filter(skeleton)) {
      found.push({
        bare: skeleton(chunk),
        parts: chunk.split(BETWEEN_PARTS).flatMap((piece) => namedParts(skeleton(piece))),
        exact: false,
      });
    }
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
  const add = (term, needed = true, other = []) => found.push(lookup(term, number, other, needed));
  const characters = [...word.bare];
  const count = characters.length;
  const isLong = count >= LONG_WORD;
  const han = characters.map((one) => HAN_ALONE.test(one));
  const free = outsideNames(word, characters);
  const joined = (start, end) => characters.slice(start, end).join("");
  const letters = characters.map((one, at) => (han[at] ? " " : one)).join("");
  for (const { 0: run, index: start } of letters.matchAll(/[^ ]+/gu)) {
    if (!free[start]) continue;
    const end = start + run.length;
    const figures = FIGURES.test(run);
    const several = figures && run.length > 1;
    const three = [];
    for (let at = Math.max(1, start); several && at < Math.min(end, count - 1); at++) {
      if (free[at - 1] && free[at + 1]) three.push(joined(at - 1, at + 2));
    }
    if (figures && !YEAR.test(run) && run.length < count && (!start || end === count)) {
      for (const term of three.length ? three : pairs(run)) add(term);
      add("=" + run, false);
    } else {
      add("=" + run, true, instead(run).map((way) => way.slice(0, MOST_LOOKUPS)));
      if (several && run.length === count && !YEAR.test(run)) for (const term of threes(run)) add(term, false);
      for (const term of three) if (isLong && !FIGURES.test(term)) add(term, false);
    }
    for (const [at, beside, isCut] of [[start - 1, start - 2, end === count], [end - 1, end + 1, !start]]) {
      if (!free[at] || !free[at + 1]) continue;
      const needed = !han[beside] || (isCut && !several);
      if (needed || (isLong && !several)) add(joined(at, at + 2), needed);
    }
  }
  for (let at = 0; at + 1 < count; at++) {
    if (han[at] && han[at + 1] && (free[at] || free[at + 1])) add(pairAt(characters, at), free[at] && free[at + 1]);
  }
  if (count === 1 && han[0]) add(word.bare);
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
  const read = spellings(letters).map((way) => way.slice(1).map((two, at) => `~${way[at]} ${two}`));
  if (read.length || letters.length < 2) return read;
  if (/^[a-z]{3,}$/u.test(letters)) return [threes(letters).map((three) => "~" + three)];
  return [/^[0-9]{4,}$/u.test(letters) ? threes(letters) : pairs(letters)];
}

function spellings(letters) {
  const ways = [...[...letters].map(() => []), [[]]];
  for (let at = letters.length - 1; at >= 0; at--) {
    const found = [];
    for (let end = Math.min(at + LONGEST_SYLLABLE, letters.length); end > at; end--) {
      const syllable = letters.slice(at, end);
      if (knownSyllables.has(syllable)) found.push(...ways[end].map((rest) => [syllable, ...rest]));
    }
    ways[at] = found.sort((a, b) => a.length - b.length).slice(0, MOST_READINGS);
  }
  const several = ways[0].filter((way) => way.length > 1);
  return several.filter((way) => way.length === several[0].length);
}

const threes = (letters) => [...letters].slice(2).map((_, at) => letters.slice(at, at + 3));

function once(found) {
  const seen = new Map();
  for (const one of found) if (!seen.has(one.term)) seen.set(one.term, one);
  return [...seen.values()];
}

function chosen(namedOnes, plain, often) {
  namedOnes = namedOnes.slice(0, MOST_LOOKUPS);
  const room = MOST_LOOKUPS - namedOnes.length;
  if (plain.length <= room) return [...namedOnes, ...plain];
  const isCommon = ({ term }) => often.has(hashTerm(term)) || /^[0-9]{2}$/u.test(term);
  const rare = plain.filter((one) => !isCommon(one));
  const usual = plain.filter(isCommon);
  let firsts = [];
  for (const word of new Set(plain.map((one) => one.word))) {
    let own = rare.filter((one) => one.word === word);
    if (!own.length) own = usual.filter((one) => one.word === word);
    firsts.push(own[own.length >> 1]);
  }
  const mixed = rare.filter(({ term }) => term[0] === "=" || [...term].length > 2 || HAN_ALONE.test([...term][0]) !== HAN_ALONE.test([...term].at(-1)));
  firsts = [...new Set([...firsts, ...evenly(mixed, room >> 1)])].slice(0, room);
  const left = usual.filter((one) => !firsts.includes(one));
  const others = evenly(rare.filter((one) => !firsts.includes(one)), Math.max(0, room - firsts.length - Math.min(left.length, 2)));
  const wanted = new Set([...firsts, ...others, ...evenly(left, room - firsts.length - others.length)]);
  return [...namedOnes, ...plain.filter((one) => wanted.has(one))];
}

function evenly(found, count) {
  if (found.length <= count) return found;
  return Array.from({ length: count }, (_, at) => found[Math.floor(((2 * at + 1) * found.length) / (2 * count))]);
}

// ---- reading the index ----

/** Something that should be there is not, or is not whole. `kind`: missing, damaged or offline. */
export class Trouble extends Error {
  constructor(kind, path) {
    super(path);
    this.kind = kind;
  }
}

export async function read(url) {
  let answer;
  try {
    answer = await fetch(url);
  } catch {
    throw new Trouble("offline", url);
  }
  if (!answer.ok) throw new Trouble("missing", url);
  return new Uint8Array(await answer.arrayBuffer());
}

export async function unpack(data, url, format = "gzip") {
  // The server has unpacked it already.
  if (format === "gzip" && data[0] !== 0x1f) return data;
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream(format));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new Trouble("damaged", url);
  }
}

export const readText = async (url) => new TextDecoder().decode(await unpack(await read(url), url));

async function readJson(url) {
  const text = await readText(url);
  try {
    return JSON.parse(text);
  } catch {
    throw new Trouble("damaged", url);
  }
}

export function numbersIn(data) {
  const found = [];
  let at = 0;
  while (at < data.length) {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = data[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte & 128);
    found.push(value);
  }
  return found;
}

/** The terms of a shard: hash to [count in all, records, codes]. */
function readShard(data, number, bits) {
  const values = numbersIn(data);
  const found = new Map();
  let hash = number * 2 ** (32 - bits);
  let at = 1;
  for (let left = values[0]; left > 0; left--) {
    hash += values[at];
    let count = values[at + 1] >> 1;
    const cut = values[at + 1] & 1;
    const total = cut ? values[at + 2] : count;
    at += 2 + cut;
    const records = [];
    const codes = [];
    if (count === 1) {
      records.push(Math.floor(values[at] / 16));
      codes.push(values[at++] & 15);
      count = 0;
    }
    while (count > 0) {
      const code = values[at] & 15;
      let record = 0;
      for (let size = values[at++] >> 4; size > 0; size--, count--) {
        record += values[at++];
        records.push(record);
        codes.push(code);
      }
    }
    found.set(hash, { total, records, codes });
  }
  return found;
}

const NOTHING = { total: 0, records: [], codes: [] };
const isThere = (row) => row.some((postings) => postings.total);

/** What to go on with when some of the data cannot be had. */
const noted = (found, instead) => (trouble) => {
  found.incomplete = true;
  found.trouble = trouble;
  return instead;
};

class Segment {
  constructor(base, facts) {
    this.base = base + facts.path + "/";
    this.facts = facts;
    this.count = facts.n;
    this.dead = new Set(facts.dead);
    this.kept = new Map();
  }

  keep(address, make) {
    if (!this.kept.has(address)) {
      const promise = make(this.base + address);
      promise.catch(() => this.kept.delete(address));
      this.kept.set(address, promise);
    }
    return this.kept.get(address);
  }

  async postings(term) {
    const { bits } = this.facts;
    const hash = hashTerm(term);
    const number = bits ? hash >>> (32 - bits) : 0;
    const name = number.toString(16).padStart((bits + 3) >> 2, "0");
    const shard = await this.keep(`h/${name}.bin`, async (url) =>
      readShard(await unpack(await read(url), url, "deflate"), number, bits),
    );
    return shard.get(hash) ?? NOTHING;
  }

  async card(record) {
    const { per } = this.facts;
    return (await this.keep(`t/${Math.floor(record / per).toString(16)}.bin`, readJson))[record % per];
  }

  async wholeText(record, card) {
    const names = Array.from({ length: Math.min(card[10], MOST_PARTS) }, (_, at) => `t/${record.toString(16)}-${at + 1}.bin`);
    return [card[9], ...(await Promise.all(names.map((name) => this.keep(name, readJson))))].join("\n");
  }
}

/** The index of a site; `base` is the address of its folder, ending in a slash. */
export async function openIndex(base) {
  const start = await readJson(base + "start.bin");
  if (start.format !== 2) throw new Trouble("damaged", base);
  setWords(start.synonyms, start.syllables, start.questions);
  return new Index(base, start);
}

class Index {
  constructor(base, start) {
    this.base = base;
    this.segments = start.segments.map((facts) => new Segment(base, facts));
    this.often = new Set(this.segments[0]?.facts.often);
    this.count = this.segments.reduce((sum, one) => sum + one.count - one.dead.size, 0);
  }

  async ready(text) {
    if (!needsTable(text)) return;
    this.table ??= readText(this.base + "traditional.bin");
    setTable(await this.table);
  }

  /** All that is found for a query, best first; `show` a page of it afterwards. */
  async search(text, { filters = {}, from = "", to = "", byDate = false } = {}) {
    await this.ready(text);
    const query = readQuery(text, this.often);
    const isFiltered = from || to || Object.values(filters).some((values) => values.length);
    const more = isFiltered ? await import("./search_filters.js") : null;
    const allowed = await more?.allowed(this.segments, filters, from, to);
    const listed = more && !text.trim();
    const found = listed ? more.listed(this.segments, allowed) : await this.scored(query, allowed);
    found.query = query;
    found.byDate = byDate;
    const nearer = (a, b) => (byDate ? 0 : b.score - a.score);
    found.matches.sort((a, b) => b.whole - a.whole || nearer(a, b) || a.segment - b.segment || a.record - b.record);
    found.likely = found.matches.filter((one) => one.whole).length;
    return found;
  }

  rows(terms, found) {
    return Promise.all(terms.map((term) => Promise.all(this.segments.map((one) => one.postings(term).catch(noted(found, NOTHING))))));
  }

  /** What may stand for a term that nothing has: the ways to read it of which there is everything. */
  async instead({ instead, needed }, found) {
    const terms = [...new Set(instead.flat())];
    const rows = await this.rows(terms, found);
    const isKnown = (term) => isThere(rows[terms.indexOf(term)]);
    let ways = instead.filter((way) => way.every(isKnown));
    if (!ways.length) ways = instead.slice(0, 1);
    const asked = (term, at) => ({ term, row: rows[at], weight: 1, needed: needed && ways.every((way) => way.includes(term)) });
    return terms.map(asked).filter(({ term }) => ways.flat().includes(term));
  }

  async scored(query, allowed) {
    const result = { matches: [], exact: true, incomplete: false };
    const first = await this.rows(query.lookups.map((one) => one.term), result);
    const asked = [];
    for (const [at, one] of query.lookups.entries()) {
      if (!one.instead.length || isThere(first[at])) {
        asked.push({ ...one, row: first[at], weight: /^[№@§#]/u.test(one.term) ? NAMED_WEIGHT : 1 });
        continue;
      }
      if (one.instead[0][0][0] === "~") query.words[one.word].spelt = true;
      asked.push(...(await this.instead(one, result)));
    }
    if (result.incomplete && asked.every((one) => one.row.every((row) => !row.total))) throw result.trouble;
    let total = 0;
    let need = 0;
    for (const one of asked) {
      one.count = one.row.reduce(
        (sum, row, at) => sum + row.total - row.records.reduce((n, record) => n + this.segments[at].dead.has(record), 0),
        0,
      );
      const left = this.count - Math.min(one.count, this.count);
      one.idf = one.count ? one.weight * Math.log(1 + (left + 0.5) / (one.count + 0.5)) : 0;
      one.cut = one.row.some((row) => row.total > row.records.length);
      one.head = IN_TITLE | (NUMBER_OR_DAY.test(one.term) ? IN_FACTS : 0);
      total += one.idf;
      need += one.needed && !one.cut ? 1 : 0;
      if (one.cut) result.exact = false;
    }
    total ||= 1;
    this.segments.forEach((segment, number) => this.scoredIn(segment, number, asked, total, need, allowed?.[number], result));
    return result;
  }

  scoredIn(segment, number, asked, total, need, mask, result) {
    segment.sums ??= Array.from({ length: 6 }, () => new Float64Array(segment.count));
    const [score, cover, titled, headed, have, touched] = segment.sums;
    const seen = [];
    let unseen = 0;
    for (const one of asked) {
      const { total: count, records, codes } = one.row[number];
      const hidden = (one.idf * (count - records.length)) / Math.max(1, segment.count - records.length);
      const sure = one.needed && !one.cut ? 1 : 0;
      unseen += hidden;
      for (let at = 0; at < records.length; at++) {
        const record = records[at];
        const code = codes[at];
        if (!touched[record]) seen.push(record);
        touched[record] = 1;
        score[record] += one.idf * WEIGHTS[code];
        cover[record] += one.idf - hidden;
        if (code & one.head) titled[record] += one.idf;
        if (code & (IN_TITLE | IN_FACTS)) headed[record] += one.idf;
        have[record] += sure;
      }
    }
    for (const record of seen) {
      if (!segment.dead.has(record) && (!mask || mask[record])) {
        const part = (cover[record] + unseen) / total;
        const value =
          (score[record] + unseen) *
          (0.3 + 0.7 * part * part) *
          (1 + 1.2 * (titled[record] / total) ** 2) *
          (1 + 0.6 * (headed[record] / total) ** 2);
        result.matches.push({ whole: have[record] === need ? 1 : 0, score: value, segment: number, record });
      }
      for (const sums of segment.sums) sums[record] = 0;
    }
  }

  /** Does a record really have what was asked, and how near together. */
  async secondLook(query, match) {
    const segment = this.segments[match.segment];
    const card = await segment.card(match.record);
    const written = query.words.filter((word) => !word.spelt);
    for (;;) {
      if (!card.look) {
        const texts = cardFields(card);
        await this.ready(texts.join(""));
        const fields = texts.map(fold);
        card.look = [fields, fields.map(skeleton)];
      }
      const whole = (written.length || match.whole) && written.every((word) => has(word, ...card.look)) ? 1 : 0;
      if (whole || !match.whole || !card[10] || card.isLong) {
        const isQuoted = query.quoted && card.look[0].some((text) => text.replace(SPACES, "").includes(query.quoted));
        const asAsked = whole && (isQuoted || !query.quoted);
        const near = closeness(written.filter((word) => !word.exact), ...card.look);
        return { ...match, card, whole, asAsked, score: match.score * (isQuoted ? QUOTED_WEIGHT : 1) * (/^(?:失效|废止)/u.test(card[7]) ? ENDED_WEIGHT : 1) * near };
      }
      card[9] = await segment.wholeText(match.record, card);
      card.isLong = true;
      card.look = null;
    }
  }

  /** One page of what was found, each looked at again; where none of the first has all of it, the next ones too. */
  async show(found, page = 1, size = 10) {
    const most = page > 1 ? size : Math.min(size, Math.max(FEWEST_LOOKED_AT, found.likely));
    const look = async (start, end) => {
      const all = found.matches.slice(start, end).map((match) => this.secondLook(found.query, match));
      return (await Promise.all(all.map((one) => one.catch(noted(found, null))))).filter(Boolean);
    };
    const start = (page - 1) * size;
    const hits = await look(start, start + most);
    const isFirst = page === 1;
    if (isFirst && !hits.some((hit) => hit.asAsked)) hits.push(...(await look(most, Math.max(MOST_LOOKED_AT, Math.min(found.likely, 2 * size)))));
    if (!hits.length && found.trouble) throw found.trouble;
    const newer = (a, b) => (a < b ? 1 : a > b ? -1 : 0);
    hits.sort((a, b) => b.whole - a.whole || (found.byDate ? newer(a.card[6], b.card[6]) : b.score - a.score));
    const all = Math.min(found.matches.length, found.likely) <= hits.length;
    found.total = all && isFirst ? hits.filter((hit) => hit.whole).length : (found.total ?? found.likely);
    found.exact ||= all;
    return hits.slice(0, size);
  }
}

// ---- the second look ----

const cardFields = (card) => [card[2], [card[3], card[4], card[5], card[6], card[8]].join("\n"), card[9]];

function has(word, fields, bares) {
  if (word.exact) return fields.some((text) => oneSpace(text).includes(word.bare));
  const inside = (bare) => bares.some((one) => placeOf(bare, one) >= 0);
  if (inside(word.bare)) return true;
  const isNamed = word.parts.some((part) => part.terms.length);
  const names = isNamed ? fields.flatMap((text, at) => named(text, bares[at])) : [];
  return (
    (isNamed || word.parts.length > 1) &&
    word.parts.every((part) => (part.terms.length ? names.includes(part.terms.at(-1)) : inside(part.bare)))
  );
}

function closeness(all, fields, bares) {
  if (!all.length) return 1;
  const asked = all.map((word) => word.bare);
  const inTitle = all.filter((word) => has(word, fields.slice(0, heads(word)), bares.slice(0, heads(word)))).length;
  const literal = asked.filter((one) => bares.some((bare) => bare.includes(one))).length;
  const near = inTitle === all.length ? 1 : Math.max(...bares.map((bare) => nearness(asked, bare)));
  const like = likeness(asked.join(""), bares[0]);
  return (
    (1 + 2 * like * like * like) *
    (1 + (0.6 * inTitle) / all.length) *
    (1 + (0.3 * literal) / all.length) *
    (1 + (1 + SEVERAL_WEIGHT * (all.length - 1)) * near)
  );
}

function heads(word) {
  const all = word.parts.flatMap((part) => (part.terms.length ? part.terms : ["=" + part.bare]));
  return all.some((term) => NUMBER_OR_DAY.test(term)) ? 2 : 1;
}

function nearness(asked, bare) {
  const places = [];
  for (const [number, word] of asked.entries()) {
    let at = bare.indexOf(word);
    if (at < 0) return 0;
    for (let times = 0; times < MOST_PLACES && at >= 0; times++) {
      places.push([at, number]);
      at = bare.indexOf(word, at + 1);
    }
  }
  places.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const last = new Map();
  let shortest = bare.length;
  for (const [at, number] of places) {
    last.set(number, at);
    if (last.size === asked.length) {
      const ends = [...last].map(([one, place]) => place + asked[one].length);
      shortest = Math.min(shortest, Math.max(...ends) - Math.min(...last.values()));
    }
  }
  return Math.min(1, asked.reduce((sum, one) => sum + one.length, 0) / shortest);
}

function likeness(...texts) {
  const [one, other] = texts.map((bare) => new Set(pairs(bare).filter((pair) => !FIGURES.test(pair))));
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return shared ? (2 * shared) / (one.size + other.size) : 0;
}

// ---- what is shown of a text ----

/** A text with the places of what was asked: pieces of [text, whether it is marked]; cut to `width` around the first. */
export function marked(text, query, width = 0) {
  const places = [];
  let folded = "";
  const toText = [];
  let place = 0;
  for (const character of text) {
    for (let left = foldCharacter(character).length; left > 0; left--) toText.push(place);
    folded += foldCharacter(character);
    place += character.length;
  }
  toText.push(place);
  let bare = "";
  const toFolded = [];
  let unit = 0;
  for (const character of folded) {
    if (SEARCHED.test(character)) {
      bare += character;
      for (let at = 0; at < character.length; at++) toFolded.push(unit + at);
    }
    unit += character.length;
  }
  const mark = (start, end) => places.push([toText[start], toText[end]]);
  const markBare = (start, length) => mark(toFolded[start], toFolded[start + length - 1] + 1);
  for (const word of query.words) for (const part of [...word.parts, plainPart(word.exact ? "" : word.bare)]) {
    const { bare: wanted, terms } = part;
    for (let at = wanted ? placeOf(wanted, bare) : -1; at >= 0; at = placeOf(wanted, bare, at + 1)) markBare(at, wanted.length);
    if (!terms.length) continue;
    for (const [start, end, names] of spans(folded)) if (names.includes(terms.at(-1))) mark(start, end);
    for (const [start, end, concept] of concepts(bare)) if (terms.includes("§" + concept)) markBare(start, end - start);
  }
  if (!places.length) {
    for (const { term } of query.lookups) {
      const at = term.length === 2 ? bare.indexOf(term) : -1;
      if (at >= 0) markBare(at, term.length);
    }
  }
  places.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  return cutOut(text, places, width);
}

function cutOut(text, places, width) {
  let start = 0;
  let end = text.length;
  if (width && end > width) {
    const [first] = [...places].sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0]);
    start = first ? Math.max(0, Math.min(first[0] - 20, end - width)) : 0;
    end = Math.min(end, start + width);
    for (let most = 20; most > 0 && INSIDE.test(text.slice(start - 1, start + 1)); most--) start--;
    for (let most = 20; most > 0 && INSIDE.test(text.slice(end - 1, end + 1)); most--) end++;
  }
  const pieces = start ? [["…", false]] : [];
  let at = start;
  for (const [from, to] of places) {
    if (to <= at || from >= end) continue;
    const begin = Math.max(from, at);
    if (begin > at) pieces.push([text.slice(at, begin), false]);
    at = Math.min(to, end);
    pieces.push([text.slice(begin, at), true]);
  }
  if (at < end) pieces.push([text.slice(at, end), false]);
  if (end < text.length) pieces.push(["…", false]);
  return pieces;
}
