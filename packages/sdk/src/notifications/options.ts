import { NotificationError } from "./errors.ts";
import { isText } from "../kind.ts";

type Kind = readonly [fits: (value: unknown) => boolean, what: string];

const lacks = (value: unknown, name: string): boolean =>
  typeof (value as Readonly<Record<string, unknown>> | null)?.[name] !== "function";

const TEXTS: Kind = [(value) => Array.isArray(value) && value.every(isText), "a list of texts"];
const CALL: Kind = [(value) => typeof value === "function", "a function"];
const MILLIS: Kind = [(value) => typeof value === "number" && value >= 0, "a number of milliseconds, 0 or more"];
const FLAG: Kind = [(value) => typeof value === "boolean", "true or false"];

/** All options, also those that only handlers have: the same object may serve both. */
const KINDS = {
  topics: TEXTS,
  merchantIds: TEXTS,
  signatureVersions: TEXTS,
  trustedHosts: TEXTS,
  ca: [(value) => isText(value) || TEXTS[0](value), "PEM text, or a list of such"],
  chain: [(value) => value === "anchored" || value === "https", '"anchored" or "https"'],
  certificates: CALL,
  fetch: CALL,
  timeoutMs: MILLIS,
  maxAgeMs: MILLIS,
  maxSkewMs: MILLIS,
  leaseMs: MILLIS,
  replayStore: [
    (value) => ["claim", "complete", "release"].every((name) => !lacks(value, name)),
    "a replay store: an object with claim, complete and release",
  ],
  clock: [(value) => !lacks(value, "now"), "a clock: an object with now and sleep"],
  onChange: CALL,
  onSubscription: CALL,
  onError: CALL,
  confirmSubscriptions: FLAG,
} as const satisfies Readonly<Record<string, Kind>>;

/** Names of the options that are known. */
export type OptionName = keyof typeof KINDS;

/**
 * Refuses options that are not known or of the wrong type. A single text where a list belongs would be searched for parts of a name,
 * and a misspelt condition would not be asked at all.
 *
 * @throws NotificationError `notification.bad-option`
 */
export function checkOptions(options: object): void {
  const wrong = (why: string): NotificationError => new NotificationError("notification.bad-option", why);
  if (Object(options) !== options) throw wrong("the options of notifications must be an object");
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue;
    if (!Object.hasOwn(KINDS, name))
      throw wrong(`unknown option \`${name}\`: known are ${Object.keys(KINDS).join(", ")}`);
    const [fits, what] = KINDS[name as OptionName];
    if (!fits(value)) throw wrong(`\`${name}\` must be ${what}`);
  }
}
