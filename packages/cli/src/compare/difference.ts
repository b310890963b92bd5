import type { Shape } from "./shape.ts";

/** What can differ. */
export type DifferenceKind =
  | "no-answer"
  | "status"
  | "reason-code"
  | "value"
  | "type"
  | "missing-member"
  | "extra-member"
  | "member-order"
  | "header-missing"
  | "header-extra"
  | "header-value";

/** One thing that the two services do not do alike. */
export interface Difference {
  readonly scenario: string;
  readonly step: string;
  readonly kind: DifferenceKind;
  /** Path of a member, or name of a header; empty for the whole answer. */
  readonly at: string;
  /** What Amazon has. */
  readonly live: string;
  /** What the sandbox has. */
  readonly ours: string;
}

type Found = Omit<Difference, "scenario" | "step">;

/** What differs between two answers; nothing where both are alike. */
export function differences(live: Shape | undefined, ours: Shape | undefined): Found[] {
  if (live === undefined || ours === undefined) {
    if (live === ours) return [];
    return [{ kind: "no-answer", at: "", live: answered(live), ours: answered(ours) }];
  }
  const found: Found[] = [];
  if (live.status !== ours.status)
    found.push({ kind: "status", at: "", live: String(live.status), ours: String(ours.status) });
  for (const name of [...new Set([...Object.keys(live.headers), ...Object.keys(ours.headers)])].sort()) {
    const [left, right] = [live.headers[name], ours.headers[name]];
    if (right === undefined) found.push({ kind: "header-missing", at: name, live: left ?? "", ours: "" });
    else if (left === undefined) found.push({ kind: "header-extra", at: name, live: "", ours: right });
    else if (left !== right) found.push({ kind: "header-value", at: name, live: left, ours: right });
  }
  compare(live.body, ours.body, "", found);
  return found;
}

function compare(live: unknown, ours: unknown, at: string, found: Found[]): void {
  if (Array.isArray(live) && Array.isArray(ours)) {
    const entries = Math.max(live.length, ours.length);
    // An empty list says nothing about its entries, except where entries are words of the API.
    const known = typeof (live[0] ?? ours[0]) === "string" || at.endsWith("constraints");
    if ((live.length === 0 || ours.length === 0) && !known) return;
    for (let index = 0; index < entries; index++) compare(live[index], ours[index], `${at}[${index}]`, found);
    return;
  }
  if (isRecord(live) && isRecord(ours)) {
    const [left, right] = [Object.keys(live), Object.keys(ours)];
    for (const name of left) {
      const path = at === "" ? name : `${at}.${name}`;
      if (name in ours) compare(live[name], ours[name], path, found);
      else found.push({ kind: "missing-member", at: path, live: shown(live[name]), ours: "" });
    }
    for (const name of right.filter((each) => !(each in live)))
      found.push({ kind: "extra-member", at: at === "" ? name : `${at}.${name}`, live: "", ours: shown(ours[name]) });
    const [inLive, inOurs] = [left.filter((name) => name in ours), right.filter((name) => name in live)];
    if (inLive.join() !== inOurs.join())
      found.push({ kind: "member-order", at, live: inLive.join(", "), ours: inOurs.join(", ") });
    return;
  }
  if (live === ours) return;
  if (live === undefined || ours === undefined) {
    const kind = ours === undefined ? "missing-member" : "extra-member";
    found.push({ kind, at, live: shown(live), ours: shown(ours) });
  } else if (kindName(live) !== kindName(ours)) found.push({ kind: "type", at, live: shown(live), ours: shown(ours) });
  else
    found.push({
      kind: /(^|\.)reasonCode$/.test(at) ? "reason-code" : "value",
      at,
      live: shown(live),
      ours: shown(ours),
    });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const kindName = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "list"
      : value === "<number>"
        ? "number"
        : typeof value === "string" && value.startsWith("<time")
          ? value
          : typeof value;

const shown = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);

const answered = (shape: Shape | undefined): string => (shape === undefined ? "no answer" : `status ${shape.status}`);
