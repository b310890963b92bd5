import { readInstant } from "@amazon-pay-kit/money";
import { environmentOfKey, findRegion, type Region, REGIONS } from "@amazon-pay-kit/sdk/operations";
import { type Verification, verifyRequestSync } from "@amazon-pay-kit/sdk/signing";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { CallNote } from "../events/event-log.ts";
import type { SignatureFinding } from "../events/event.ts";
import type { Call } from "../http/call.ts";
import type { Settings } from "../settings.ts";
import { explainFailure } from "./explain-signature.ts";
import type { KeyIndex, KnownKey } from "./key-index.ts";
import { ServiceError } from "./service-error.ts";

/** What the headers that every call must have say. */
export interface RequiredHeaderValues {
  /** In lower case: one official client sends it in capitals. */
  readonly region: Region;
  /** `x-amz-pay-date` in milliseconds; both ISO forms are in use. */
  readonly signedAt: number;
}

const REQUIRED = ["authorization", "x-amz-pay-region", "x-amz-pay-host", "x-amz-pay-date"] as const;

/**
 * Reads the headers without which no call is understood (docs/amazon-pay/requests.md).
 *
 * @throws ServiceError `MissingHeader`, `MissingHeaderValue`, `InvalidHeaderValue`
 */
function readRequiredHeaders(call: Call): RequiredHeaderValues {
  for (const name of REQUIRED) {
    const value = call.headers[name];
    if (value === undefined) throw new ServiceError("MissingHeader", `The header [${name}] is missing.`);
    if (value.trim() === "") {
      throw new ServiceError("MissingHeaderValue", `The value for the header [${name}] is missing.`);
    }
  }
  const region = call.headers["x-amz-pay-region"] ?? "";
  const row = findRegion(region);
  if (row === undefined || row.region !== region.trim().toLowerCase())
    throw invalid("x-amz-pay-region", `one of ${REGION_WORDS}`);
  const signedAt = readInstant((call.headers["x-amz-pay-date"] ?? "").trim());
  if (signedAt === null) throw invalid("x-amz-pay-date", "a moment in UTC such as 20260131T235959Z");
  return { region: row.region, signedAt };
}

const REGION_WORDS = REGIONS.map(({ region }) => region).join(", ");

const invalid = (name: string, right: string): ServiceError =>
  new ServiceError(
    "InvalidHeaderValue",
    `The value provided for the header [${name}] is invalid. It must be ${right}.`,
  );

/** Who called. */
export interface Caller {
  readonly merchant: Merchant;
  readonly publicKeyId: string;
}

/** What authentication needs to know. */
export interface Authentication {
  readonly engine: Pick<Engine, "now" | "realNow">;
  readonly settings: Settings;
  readonly keys: KeyIndex;
}

/**
 * Establishes who signed a call. Exactly the headers listed in `SignedHeaders` are verified; the date may be near the
 * sandbox's clock or near the machine's, because unmodified clients sign with the machine's after the sandbox's was moved.
 *
 * What was found goes into the note for the event log, with the likeliest cause of a failure.
 *
 * @throws ServiceError
 */
export function authenticate(call: Call, note: CallNote, context: Authentication): Caller {
  const required = readRequiredHeaders(call);
  const claimed = /\bPublicKeyId\s*=\s*([^,\s]+)/.exec(call.headers["authorization"] ?? "")?.[1];
  const found = claimed === undefined ? undefined : context.keys.find(claimed);
  const outcome = verifyWith(call, found?.key);
  if (!outcome.valid) requireReadable(outcome, claimed, note);
  if (found === undefined) {
    note.signature = finding(claimed ?? null, outcome, {
      cause: "unknown-key",
      advice:
        "No merchant of this sandbox has this public key id. Take one from the ready file or GET /_sandbox/merchants, or add yours with POST /_sandbox/merchants.",
    });
    throw new ServiceError("InvalidAuthentication", `The public key id [${claimed}] is not known.`);
  }
  if (!outcome.valid) throw refuse(call, note, context, found.key, outcome);
  note.merchantId = found.merchant.merchantId;
  note.signature = finding(claimed ?? null, outcome, null);
  if (found.merchant.region !== required.region) {
    note.signature = finding(claimed ?? null, outcome, {
      cause: "region",
      advice: `The merchant is registered in region ${found.merchant.region}, but the call was signed for ${required.region}: set the client's region to ${found.merchant.region}.`,
    });
    throw new ServiceError(
      "InvalidAuthentication",
      `The public key id [${claimed}] is not known in region [${required.region}].`,
    );
  }
  const skew = Math.min(
    Math.abs(required.signedAt - context.engine.now()),
    Math.abs(required.signedAt - context.engine.realNow()),
  );
  if (skew > context.settings.clockSkewMillis) {
    note.signature = finding(claimed ?? null, outcome, {
      cause: "clock",
      advice: `x-amz-pay-date is ${Math.round(skew / 1000)} seconds away from the service's clock; at most ${Math.round(context.settings.clockSkewMillis / 1000)} are allowed. Set the machine's clock, and sign right before sending.`,
    });
    throw new ServiceError(
      "InvalidRequestSignature",
      "The request has expired: x-amz-pay-date is too far from the present.",
    );
  }
  if (found.merchant.status !== "active") {
    throw new ServiceError(
      "InvalidAccountStatus",
      "The merchant account is not in an appropriate state to execute this request.",
    );
  }
  return { merchant: found.merchant, publicKeyId: claimed ?? "" };
}

/**
 * Verifies in the documented form and as sent; one more form for the client that encodes an encoded path once more
 * (docs/amazon-pay/requests.md).
 */
function verifyWith(call: Call, key: KnownKey | undefined): Verification {
  const request = {
    method: call.method,
    path: call.path,
    query: call.query,
    headers: call.headers,
    body: call.body,
  };
  const verifier = key?.verifier ?? NOBODY;
  const outcome = verifyRequestSync(request, verifier);
  if (outcome.valid || !call.path.includes("%")) return outcome;
  const twice = verifyRequestSync({ ...request, path: call.path.replaceAll("%", "%25") }, verifier);
  return twice.valid ? twice : outcome;
}

const NOBODY = { verify: () => false };

type Failure = Extract<Verification, { valid: false }>;

/**
 * A header that cannot be read is a bad value, from any caller (docs/amazon-pay/errors.md): no key is looked at.
 *
 * @throws ServiceError `InvalidHeaderValue`
 */
function requireReadable(outcome: Failure, claimed: string | undefined, note: CallNote): void {
  const unknownAlgorithm = outcome.reason === "algorithm-unknown";
  if (!unknownAlgorithm && outcome.reason !== "authorization-malformed") return;
  note.signature = finding(claimed ?? null, outcome, {
    cause: unknownAlgorithm ? "algorithm" : "authorization",
    advice: `${outcome.message}.`,
  });
  throw new ServiceError(
    "InvalidHeaderValue",
    "The value provided for the header [authorization] is invalid: it must read <algorithm> PublicKeyId=..., SignedHeaders=..., Signature=...",
  );
}

function refuse(call: Call, note: CallNote, context: Authentication, key: KnownKey, outcome: Failure): ServiceError {
  note.signature = finding(key.publicKeyId, outcome, explainFailure(call, outcome, key, context.keys));
  const claim = outcome.authorization?.signature ?? "";
  return new ServiceError(
    "InvalidRequestSignature",
    outcome.stringToSign === undefined
      ? `Unable to verify signature, ${outcome.message}`
      : `Unable to verify signature, signing String [${outcome.stringToSign}] , signature [${claim}]`,
  );
}

function finding(
  publicKeyId: string | null,
  outcome: Verification | undefined,
  explanation: SignatureFinding["explanation"],
): SignatureFinding {
  return {
    valid: outcome?.valid === true && explanation === null,
    publicKeyId,
    algorithm: outcome?.authorization?.algorithm ?? null,
    canonicalRequest: outcome?.canonicalRequest ?? null,
    stringToSign: outcome?.stringToSign ?? null,
    explanation,
  };
}

/**
 * The environment of a call: a prefixed key carries it, a plain key needs it in the path (docs/amazon-pay/requests.md). What the
 * service answers where the two disagree is unknown; decisions/0030-sandbox-unknowns.md.
 *
 * @throws ServiceError `UnauthorizedAccess` for a contradiction, `InvalidRequest` where neither says it
 */
export function environmentOf(
  publicKeyId: string,
  pathEnvironment: "live" | "sandbox" | undefined,
): "live" | "sandbox" {
  const keyEnvironment = environmentOfKey(publicKeyId);
  if (keyEnvironment !== undefined && pathEnvironment !== undefined && keyEnvironment !== pathEnvironment) {
    throw new ServiceError(
      "UnauthorizedAccess",
      `The public key id is for the ${keyEnvironment} environment and the path names ${pathEnvironment}. With such a key the path has no environment segment.`,
    );
  }
  const environment = keyEnvironment ?? pathEnvironment;
  if (environment === undefined) {
    throw new ServiceError(
      "InvalidRequest",
      "The public key id names no environment, so the path must: /sandbox/v2/... or /live/v2/...",
    );
  }
  return environment;
}
