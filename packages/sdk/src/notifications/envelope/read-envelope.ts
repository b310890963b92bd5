import { NotificationError } from "../errors.ts";
import type { EnvelopeType, SnsEnvelope } from "./envelope.ts";
import { usualMistake, usualText } from "./wrong-body.ts";
import { isText } from "../../kind.ts";

/** What a body may be: the text or bytes as they came, or the object that a body parser already made of them. */
export type NotificationBody = string | Uint8Array | object;

interface Member {
  readonly form: RegExp;
  readonly what: string;
  readonly needed: boolean;
}

const TYPES: readonly string[] = ["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"];
const LONGEST_BODY = 1_048_576;

// The signed text is lines without quoting, so a line feed inside a member could move the border between two members.
// Only `Message`, the first member of that text, may hold one: all others have a form that excludes it.
const ONE_LINE = /^[^\r\n]+$/;
const optional = (form: RegExp, what: string): Member => ({ form, what, needed: false });
const needed = (form: RegExp, what: string): Member => ({ form, what, needed: true });

const MEMBERS: Readonly<Record<string, Member>> = {
  __proto__: null as never,
  Type: needed(/^(Notification|SubscriptionConfirmation|UnsubscribeConfirmation)$/, TYPES.join(", ")),
  MessageId: needed(/^[0-9A-Za-z-]{1,64}$/, "a UUID"),
  TopicArn: needed(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,256}$/, "the ARN of an SNS topic"),
  Message: needed(/^[\s\S]+$/, "a text"),
  Subject: optional(ONE_LINE, "one line of text"),
  Timestamp: needed(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/, "an ISO 8601 instant in UTC"),
  SignatureVersion: needed(/^\d{1,3}$/, "a number in a text"),
  Signature: needed(/^[A-Za-z0-9+/]+={0,2}$/, "base64"),
  SigningCertURL: needed(/^[^\s]+$/, "an address"),
  UnsubscribeURL: optional(/^[^\s]*$/, "an address"),
  Token: optional(ONE_LINE, "one line of text"),
  SubscribeURL: optional(/^[^\s]+$/, "an address"),
};

// The spellings that SNS uses where it hands the same envelope to Lambda.
const OTHER_SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["SigningCertUrl", "SigningCertURL"],
  ["UnsubscribeUrl", "UnsubscribeURL"],
  ["SubscribeUrl", "SubscribeURL"],
]);

function unreadable(why: string): NotificationError {
  return new NotificationError("notification.unreadable-envelope", `this is no notification of SNS: ${why}`);
}

function parsed(body: NotificationBody): Readonly<Record<string, unknown>> {
  const given = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  const value = isText(given) || given instanceof Uint8Array ? json(given) : given;
  if (value === undefined || value === null) throw unreadable("there is none: nothing has read the request's body");
  if (isText(value))
    throw unreadable("it is JSON that holds a text: what was sent is JSON already, so do not stringify it again");
  if (typeof value !== "object" || Array.isArray(value)) throw unreadable("it is no JSON object");
  return value as Readonly<Record<string, unknown>>;
}

function json(body: string | Uint8Array): unknown {
  if (body.length > LONGEST_BODY) throw unreadable(`its body is longer than ${LONGEST_BODY} bytes`);
  let text = "";
  try {
    text = isText(body) ? body : new TextDecoder("utf-8", { fatal: true }).decode(body);
    // A byte order mark is no part of what was sent.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's own message quotes the text, which may hold a buyer's data.
    throw unreadable(usualText(text) ?? "its body is not JSON in UTF-8");
  }
}

/**
 * Reads the envelope of a delivery and checks the form of each member; members it does not know are left out.
 *
 * @throws NotificationError `notification.unreadable-envelope`
 */
export function readEnvelope(body: NotificationBody): SnsEnvelope {
  const given = parsed(body);
  const mistake = usualMistake(given);
  if (mistake !== undefined) throw unreadable(mistake);
  const envelope: Record<string, string> = {};
  for (const [spelling, value] of Object.entries(given)) {
    const name = OTHER_SPELLINGS.get(spelling) ?? spelling;
    const member = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
    if (member === undefined || value === null) continue;
    if (Object.hasOwn(envelope, name)) throw unreadable(`the member ${name} is there twice`);
    if (!isText(value) || !member.form.test(value)) throw unreadable(`${name} must be ${member.what}`);
    envelope[name] = value;
  }
  const confirmation = envelope["Type"] !== undefined && (envelope["Type"] as EnvelopeType) !== "Notification";
  for (const [name, member] of Object.entries(MEMBERS)) {
    const wanted = member.needed || (confirmation && (name === "Token" || name === "SubscribeURL"));
    if (wanted && envelope[name] === undefined) throw unreadable(`the member ${name} is missing`);
  }
  if (Number.isNaN(Date.parse(envelope["Timestamp"] ?? ""))) throw unreadable("Timestamp is not an instant");
  return envelope as unknown as SnsEnvelope;
}
