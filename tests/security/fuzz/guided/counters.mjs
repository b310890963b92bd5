/** Started before anything else (`--import`): lays the counters, and has the sources loaded with them. */
import { register } from "node:module";
import { COUNTERS } from "./instrument.mjs";

const hits = new Uint8Array(COUNTERS);
/** Numbers of the counters that are not 0, in the order in which they were passed: few of all that there are. */
const touched = new Uint32Array(COUNTERS);
let passed = 0;
const words = new Set();
let placed = 0;

globalThis.__apayFuzz = {
  hits,
  words,
  get placed() {
    return placed;
  },
  touched,
  get passed() {
    return passed;
  },
  clear() {
    for (let at = 0; at < passed; at += 1) hits[touched[at]] = 0;
    passed = 0;
  },
  hit(number) {
    const count = hits[number];
    if (count === 0) touched[passed++] = number;
    if (count !== 255) hits[number] = count + 1;
  },
  /** Compares, and counts how far they agree: each further letter is a place of its own. */
  same(number, one, other) {
    if (one === other) {
      if (hits[number] === 0) touched[passed++] = number;
      hits[number] = 255;
      return true;
    }
    if (typeof one !== "string") return false;
    let length = 0;
    while (length < 7 && length < one.length && one.charCodeAt(length) === other.charCodeAt(length)) length += 1;
    const level = length === 0 ? 0 : 1 << (length - 1);
    if (hits[number] >= level) return false;
    if (hits[number] === 0) touched[passed++] = number;
    hits[number] = level;
    return false;
  },
  speaksOf(texts, count) {
    for (const text of texts) words.add(text);
    placed = Math.max(placed, count);
  },
};

register("./loader.mjs", import.meta.url);
