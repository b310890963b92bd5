import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import { KeyError } from "../errors/key-error.ts";
import { formatAuthorization } from "../signing/authorization.ts";
import { toBase64 } from "../signing/base64.ts";
import { assemble, namesOf } from "../signing/canonical-request.ts";
import { basicDate } from "../signing/required-headers.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import type { Settings } from "./settings.ts";
import { USER_AGENT } from "./user-agent.ts";

/** A call as it will be sent, before any attempt. */
export interface PreparedCall {
  readonly operation: string;
  readonly method: string;
  /** Whole path, canonical already. */
  readonly path: string;
  /** Canonical query, empty for none. */
  readonly query: string;
  readonly body: string | undefined;
  /** Fixed for all attempts. */
  readonly idempotencyKey: string | undefined;
  readonly authToken: string | undefined;
  /** Unsigned. */
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** For events: made only where somebody listens. */
  readonly shownPath: () => string;
}

/** One attempt, signed. */
export interface SignedAttempt {
  readonly headers: Record<string, string>;
  readonly canonicalRequest: string;
}

/**
 * Signs one attempt with the present time.
 *
 * @throws KeyError `key.signing-failed` when a signer of the user's own fails
 */
export async function signAttempt(call: PreparedCall, settings: Settings): Promise<SignedAttempt> {
  // In code-point order, as they are signed.
  const signed: [string, string][] = [
    ["accept", "application/json"],
    ["content-type", "application/json"],
  ];
  if (call.authToken !== undefined) signed.push(["x-amz-pay-authtoken", call.authToken]);
  signed.push(["x-amz-pay-date", basicDate(settings.clock.now())], ["x-amz-pay-host", settings.region.apiHost]);
  if (call.idempotencyKey !== undefined) signed.push(["x-amz-pay-idempotency-key", call.idempotencyKey]);
  signed.push(["x-amz-pay-region", settings.region.region]);
  const signedHeaders = namesOf(signed);
  const canonicalRequest = assemble(call.method, call.path, call.query, signed, signedHeaders, call.body);
  const { algorithm, publicKeyId } = settings;
  const signature = toBase64(await signatureOf(stringToSign(canonicalRequest, algorithm), settings));
  return {
    canonicalRequest,
    headers: {
      ...call.extraHeaders,
      ...Object.fromEntries(signed),
      "user-agent": USER_AGENT,
      authorization: formatAuthorization({ algorithm, publicKeyId, signedHeaders, signature }),
    },
  };
}

const UTF8 = /* @__PURE__ */ new TextEncoder();

async function signatureOf(text: string, { signer, algorithm, traffic }: Settings): Promise<Uint8Array> {
  const message = UTF8.encode(text);
  let signature: unknown;
  try {
    signature = await (traffic.attempts > 1 && signer.signAside !== undefined
      ? signer.signAside(message, algorithm)
      : signer.sign(message, algorithm));
  } catch (error) {
    if (error instanceof AmazonPayError) throw error;
    throw new KeyError("key.signing-failed", "the signer failed to sign; its own error is the cause", { cause: error });
  }
  if (!(signature instanceof Uint8Array)) {
    throw new KeyError(
      "key.signing-failed",
      "the signer gave no bytes: sign() must give the raw signature as a Uint8Array",
    );
  }
  return signature;
}
