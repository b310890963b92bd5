import { jsonOf, type Told } from "./side.ts";

/** An answer without anything that is of one merchant, one buyer or one moment. */
export interface Shape {
  readonly status: number;
  /** Headers that are part of the API, and not of a gateway in front of it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Members in their order, with what kind of value each has; null where the body is no JSON. */
  readonly body: unknown;
}

/** Members whose values are words of the API, the same for every merchant. */
const WORDS = new Set([
  "amount",
  "channel",
  "chargeInitiator",
  "chargePermissionType",
  "checkoutMode",
  "compressionAlgorithm",
  "constraintId",
  "currencyCode",
  "description",
  "disputeType",
  "message",
  "paymentIntent",
  "presentmentCurrency",
  "processingStatus",
  "productType",
  "reasonCode",
  "reasonDescription",
  "releaseEnvironment",
  "reportType",
  "scheduleFrequency",
  "specialRestrictions",
  "state",
  "unit",
  "value",
]);

const HEADERS = /^(?:content-type|retry-after|location|allow|x-amz-pay-.*)$/;

/** What of a text belongs to one merchant, call or moment, inside of a sentence. */
const OWN = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<id>"],
  [/\b[SPCB]0\d-\d{7}-\d{7}(?:-[A-Z]\d{6})?\b/g, "<id>"],
  [/\b(?:SANDBOX|LIVE)-[A-Z0-9]{16,}\b/g, "<key id>"],
  [/\bamzn1\.[\w.-]+/g, "<amazon id>"],
  [/\b[0-9a-f]{64}\b/g, "<sha-256>"],
  [/\b\d{8}T\d{6}Z\b/g, "<time>"],
  [/[A-Za-z0-9+/]{80,}={0,2}/g, "<signature>"],
  [/\bA[A-Z0-9]{12,14}\b/g, "<merchant id>"],
] as const;

/** Takes everything out of an answer that belongs to somebody, so that it can be shown to others. */
export function shapeOf({ answer }: Told): Shape | undefined {
  if (answer === undefined) return undefined;
  const headers = Object.entries(answer.headers)
    .filter(([name]) => HEADERS.test(name))
    .map(([name, value]) => [name, name === "content-type" ? value.toLowerCase().replaceAll(" ", "") : kindOf(value)]);
  const body = jsonOf(answer.body);
  return {
    status: answer.status,
    headers: Object.fromEntries(headers.sort()) as Record<string, string>,
    body: answer.body === "" ? "" : body === undefined ? null : valueOf("", body),
  };
}

function valueOf(name: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    // Lists differ in length from account to account: what an entry looks like is what counts.
    const [first] = value;
    return value.length === 0
      ? []
      : name === "constraints" || name === "specialRestrictions"
        ? value.map((each) => valueOf(name, each))
        : [valueOf(name, first)];
  }
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, valueOf(member, inner)]));
  if (typeof value !== "string") return typeof value === "number" ? "<number>" : value;
  return WORDS.has(name) ? redacted(value) : kindOf(value);
}

/** What kind of text it is. */
function kindOf(text: string): string {
  if (/^\d{8}T\d{6}Z$/.test(text)) return "<time: basic>";
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)) return "<time: extended>";
  if (/^https?:/.test(text)) return "<address>";
  const short = redacted(text);
  return short !== text && /^<[^>]+>$/.test(short) ? short : "<text>";
}

const redacted = (text: string): string => OWN.reduce((done, [own, word]) => done.replaceAll(own, word), text);
