import { digits, seededRandom } from "@amazon-pay-kit/sdk/random";
import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";
import type { Call } from "../http/call.ts";
import type { FaultHit, FaultRule } from "./fault.ts";

/**
 * Whether a path fits a pattern, segment by segment: `{name}` stands for one segment, `*` for any characters of one
 * (`/v2/charge*` also stands for `/v2/chargePermissions`). The environment segment and
 * the version may be left out of the pattern, a slash at the end does not matter, and what lies below the path fits too
 * (`/v2/charges` also stands for `/v2/charges/S01-…/capture`), save for the pattern `/`.
 *
 * @example fitsPattern("/v2/charges/{chargeId}/capture", "/sandbox/v2/charges/S01-1-1-C1/capture") // true
 */
export function fitsPattern(pattern: string, path: string): boolean {
  const wanted = segmentsOf(pattern);
  const whole = segmentsOf(path);
  if (wanted.length === 0) return whole.length === 0;
  const bare = whole[0] === "live" || whole[0] === "sandbox" ? whole.slice(1) : whole;
  return [whole, bare, bare[0] === "v2" ? bare.slice(1) : bare].some(
    (segments) =>
      segments.length >= wanted.length && wanted.every((part, index) => fitsSegment(part, segments[index] ?? "")),
  );
}

function fitsSegment(part: string, segment: string): boolean {
  if (/^\{.*\}$/.test(part)) return true;
  const [first = "", ...others] = part.split("*");
  if (others.length === 0) return first === segment;
  if (!segment.startsWith(first)) return false;
  let at = first.length;
  const last = others.pop() ?? "";
  for (const piece of others) {
    const found = segment.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return segment.length - last.length >= at && segment.endsWith(last);
}

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

/** Calls that were made to go wrong. */
export const faultHits = (engine: Engine): Collection<FaultHit> => engine.state.extra<FaultHit>("faultHits");

/** The rules in force, in the order in which they were made, and the calls that they hit. */
export class FaultBook {
  readonly #engine: Engine;
  readonly #rules: Collection<FaultRule>;
  readonly #hits: Collection<FaultHit>;
  readonly #seed: string;

  /** @param seed for rules that ask for chance; their draws do not touch the engine's */
  constructor(engine: Engine, seed: string) {
    this.#engine = engine;
    this.#rules = engine.state.extra<FaultRule>("faults");
    this.#hits = faultHits(engine);
    this.#seed = seed;
  }

  /** Adds a rule. */
  add(rule: Omit<FaultRule, "faultId" | "draws">): FaultRule {
    const faultId = `fault-${digits(this.#engine.random, 8)}`;
    return this.#rules.put(faultId, { faultId, ...rule, draws: 0 });
  }

  /** Every rule in force. */
  list(): FaultRule[] {
    return [...this.#rules.values()];
  }

  /** Every call that was made to go wrong, oldest first. */
  hits(): FaultHit[] {
    return [...this.#hits.values()];
  }

  /** Takes all rules out of force. @returns how many there were */
  clear(): number {
    const count = this.#rules.size;
    this.#rules.clear();
    return count;
  }

  /** The first rule by which this call goes wrong; it is counted. */
  take(call: Call): FaultRule | undefined {
    if (this.#rules.size === 0) return undefined;
    for (const rule of this.#rules.values()) if (this.#strikes(rule, call)) return rule;
    return undefined;
  }

  #strikes(rule: FaultRule, call: Call): boolean {
    const { method, path } = rule.match;
    if (method !== null && method !== call.method) return false;
    if (path !== null && !fitsPattern(path, call.path)) return false;
    if (rule.skip > 0) {
      rule.skip -= 1;
      this.#rules.put(rule.faultId, rule);
      return false;
    }
    if (rule.probability !== null) {
      rule.draws += 1;
      const lucky = seededRandom(`${this.#seed}/${rule.faultId}/${rule.draws}`).fraction() >= rule.probability;
      this.#rules.put(rule.faultId, rule);
      if (lucky) return false;
    }
    if (rule.times !== null) rule.times -= 1;
    if (rule.times === 0) this.#rules.delete(rule.faultId);
    else this.#rules.put(rule.faultId, rule);
    this.#hits.put(String(this.#hits.size + 1).padStart(9, "0"), {
      at: this.#engine.now(),
      faultId: rule.faultId,
      fault: rule.fault,
      method: call.method,
      path: call.path,
    });
    return true;
  }
}
