import { isText } from "../kind.ts";
/** What an error answer says: the service's two members, or what can be made of a gateway's page. */
export interface ServiceAnswer {
  readonly reasonCode: string | null;
  readonly message: string;
}

/**
 * Reads the body of an error answer. Gateways answer with HTML or with nothing (docs/amazon-pay/errors.md); neither is quoted, since it says nothing about the call.
 */
export function readErrorBody(status: number, body: string, packed = ""): ServiceAnswer {
  const text = body.trim();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const kind = text === "" ? "empty" : text.startsWith("<") ? "an HTML or XML page" : "no JSON";
    return { reasonCode: null, message: `the answer is ${kind}${packed}: a gateway answered in place of the service` };
  }
  const { reasonCode, message } = Object(parsed) as Record<string, unknown>;
  return {
    reasonCode: isText(reasonCode) && reasonCode !== "" ? reasonCode : null,
    message:
      isText(message) && message !== ""
        ? message.replaceAll(QUOTED_SIGNATURE, "$1[redacted]")
        : `no message was given with status ${status}`,
  };
}

/** Longest service message that is kept. */
const LONGEST_MESSAGE = 1000;

/** Controls and signs that turn the direction of a line: a message ends on terminals and in logs. Line ends stay. */
const ACTING = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A service message as an error carries it: without what the request held in secret, printable, and no longer than a screen.
 * Anyone who answers, the service or a proxy before it, may echo what it was sent.
 *
 * @param secrets of the request: each is replaced wherever it stands
 */
export function safeMessage(message: string, secrets: readonly string[]): string {
  // The longest first, so that no part of one is left standing.
  const replaced = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .toSorted((left, right) => right.length - left.length)
    .reduce((text, secret) => text.replaceAll(secret, "[redacted]"), message);
  const printable = replaced.replaceAll(ACTING, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\n") return character;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
  if (printable.length <= LONGEST_MESSAGE) return printable;
  return `${printable.slice(0, LONGEST_MESSAGE)}… (${message.length} characters)`;
}

/** Shorter texts stand in any message by chance. */
const SHORTEST_SECRET = 4;

/** The service quotes a signature that it refuses. It is of no help, and messages end in logs, where no signature belongs. */
const QUOTED_SIGNATURE = /(\bsignature\s*)\[[A-Za-z0-9+/=\s]{40,}\]/gi;
