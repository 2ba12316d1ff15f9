// Asks a server instead of the index, where site.yaml names one; the contract is plugins/search/server_answer.py.

import { Trouble, readQuery } from "./search.js";

const SIZE = 10;
const PATIENCE = 15000;
const PLAIN = /^\w[\w./-]*$/;

async function ask(url) {
  let answer;
  try {
    answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (fault) {
    throw new Trouble(fault.name === "TimeoutError" ? "server" : "offline", url);
  }
  if (!answer.ok) throw new Trouble("server", url);
  try {
    return checked(await answer.json());
  } catch {
    throw new Trouble("server", url);
  }
}

/** What the server says, as far as it is what a server of ours says; an address can only lead into this site. */
function checked({ total, exact, hits, counts }) {
  if (!Number.isInteger(total) || !hits.every(({ address }) => PLAIN.test(address))) throw new TypeError();
  const cards = hits.map((hit) => ({
    whole: hit.whole,
    card: [hit.key, hit.address, hit.title, hit.number, hit.organ, hit.kind, hit.published_on, hit.validity, hit.facts, hit.text],
  }));
  const counted = { organ: [], kind: [], topic: [], validity: [], year: [], ...counts };
  return { total, exact, likely: total, incomplete: false, hits: cards, counts: counted };
}

/** What `openIndex` gives, answered by a server: `search` asks for a page, `show` has it already. */
export async function openServer(address) {
  return {
    async search(words, { page = 1, byDate = false, from = "", to = "", filters = {} } = {}) {
      const asked = new URLSearchParams({ q: words, page, size: SIZE, from, to, sort: byDate ? "date" : "" });
      for (const [facet, values] of Object.entries(filters)) for (const value of values) asked.append(facet, value);
      return { ...(await ask(`${address}?${asked}`)), query: readQuery(words) };
    },
    async show(found) {
      return found.hits;
    },
  };
}
