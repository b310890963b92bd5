import { createHmac, timingSafeEqual } from "node:crypto";
import { MINUTE, readInstant } from "@amazon-pay-kit/money";
import { encodeComponent } from "@amazon-pay-kit/sdk/signing";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import type { Call } from "../../http/call.ts";
import { MwsError } from "../mws-error.ts";
import { type Parameters, requiredParameter } from "./read-parameters.ts";

/** Ways of signing, by the name in `SignatureMethod`. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ["HmacSHA256", "sha256"],
  ["HmacSHA1", "sha1"],
]);

/** All parameters but the signature, by the bytes of their names. */
function canonicalParameters(parameters: Parameters): string {
  return [...parameters]
    .filter(([name]) => name !== "Signature")
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`)
    .join("&");
}

/**
 * The four lines that Signature Version 2 signs: method, host in lower case, path, parameters.
 *
 * @param host as the caller wrote it, or without its port
 */
function stringToSign(call: Call, host: string, parameters: Parameters): string {
  const path = call.path === "" ? "/" : call.path;
  return [call.method, host.toLowerCase(), path, canonicalParameters(parameters)].join("\n");
}

/** Clients disagree about whether a port belongs to the host that is signed. */
function hostsOf(call: Call): string[] {
  const host = call.headers["host"] ?? new URL(call.origin).host;
  return [...new Set([host, host.replace(/:\d+$/, "")])];
}

/**
 * Verifies Signature Version 2.
 *
 * @throws MwsError `SignatureDoesNotMatch` with the string that the sandbox signed, which is the best help there is
 */
export function verifySignature(call: Call, parameters: Parameters, secretKey: string): void {
  const version = requiredParameter(parameters, "SignatureVersion");
  if (version !== "2") throw new MwsError("InvalidParameterValue", "SignatureVersion must be 2.");
  const algorithm = METHODS.get(requiredParameter(parameters, "SignatureMethod"));
  if (algorithm === undefined) {
    throw new MwsError("InvalidParameterValue", `SignatureMethod must be ${[...METHODS.keys()].join(" or ")}.`);
  }
  const given = Buffer.from(requiredParameter(parameters, "Signature"), "base64");
  const texts = hostsOf(call).map((host) => stringToSign(call, host, parameters));
  const matches = texts.some((text) => {
    const expected = createHmac(algorithm, secretKey).update(text).digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (matches) return;
  throw new MwsError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your secret key and signing " +
      `method. The string to sign was: ${redacted(texts[0] ?? "")}`,
  );
}

/** The token is a secret of the seller's and does not belong into messages. */
function redacted(text: string): string {
  return text.replace(/(^|[&\n])(MWSAuthToken)=[^&\n]*/g, "$1$2=[hidden]");
}

/** How far a call's Timestamp may be from the clock. */
const SKEW = 15 * MINUTE;

/** Longest User-Agent header. */
const LONGEST_AGENT = 500;

/**
 * Finds out who calls: access key, signature, time, seller, and the token where one is sent.
 *
 * @throws MwsError for each of them that is wrong
 */
export function authorize(engine: Engine, call: Call, parameters: Parameters): Merchant {
  const agent = call.headers["user-agent"] ?? "";
  if (agent.length > LONGEST_AGENT) {
    throw new MwsError("UserAgentHeaderMalformed", `The User-Agent header is longer than ${LONGEST_AGENT} characters.`);
  }
  const merchant = merchantOfKey(engine, requiredParameter(parameters, "AWSAccessKeyId"));
  verifySignature(call, parameters, merchant.mws.secretKey);
  requireTime(engine, requiredParameter(parameters, "Timestamp"));
  const seller = parameters.get("SellerId") ?? requiredParameter(parameters, "Merchant");
  const token = parameters.get("MWSAuthToken");
  const isSeller = seller === merchant.mws.sellerId && (token === undefined || token === merchant.mws.authToken);
  if (!isSeller) {
    throw new MwsError("AccessDenied", "Access to the seller's reports is denied: check SellerId and MWSAuthToken.");
  }
  return merchant;
}

function merchantOfKey(engine: Engine, accessKeyId: string): Merchant {
  for (const merchant of engine.state.merchants.values()) {
    if (merchant.mws.accessKeyId === accessKeyId && merchant.status === "active") return merchant;
  }
  throw new MwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.");
}

/** Clients sign with their machine's time, which the sandbox's clock may have left behind: either will do. */
function requireTime(engine: Engine, text: string): void {
  const at = readInstant(text) ?? readInstant(`${text}Z`);
  if (at === null) throw new MwsError("InvalidParameterValue", "Timestamp must be a time in ISO 8601.");
  if (Math.abs(at - engine.now()) <= SKEW || Math.abs(at - engine.realNow()) <= SKEW) return;
  throw new MwsError("RequestExpired", "Timestamp must be within 15 minutes of the service's time.");
}
