import { verifyRequestSync, type Verification } from "@amazon-pay-kit/sdk/signing";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { SignatureFinding } from "../events/event.ts";
import type { CallNote } from "../events/event-log.ts";
import type { Call } from "../http/call.ts";
import type { Settings } from "../settings.ts";
import { explainFailure } from "./explain-signature.ts";
import type { KeyIndex, KnownKey } from "./key-index.ts";
import { readRequiredHeaders } from "./required-headers.ts";
import { ServiceError } from "./service-error.ts";

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
