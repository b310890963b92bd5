import { algorithmOf } from "../keys/algorithm.ts";
import { assemble } from "../signing/canonical-request.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import { changes, type CanonicalParts } from "./changes.ts";
import type { RefusedSignature, SignatureDiagnosis } from "../errors/diagnosis.ts";

/** A clock may be this far off before it is named as the cause, in minutes. The service's own limit is not published. */
const CLOCK_TOLERANCE = 5;

/**
 * Explains why the service refused a signature: compares the local string to sign with the one in the service's message
 * and, if they differ, looks for a change in transit that explains the difference.
 *
 * @example
 * const { explanation, advice } = diagnoseSignature({ canonicalRequest, algorithm, body, serviceMessage });
 */
export function diagnoseSignature(refused: RefusedSignature): SignatureDiagnosis {
  const own = stringToSign(refused.canonicalRequest, refused.algorithm);
  const service = serviceStringToSign(refused.serviceMessage);
  const common = { ownStringToSign: own, serviceStringToSign: service, canonicalRequest: refused.canonicalRequest };
  const minutes = service === undefined || service === own ? minutesAhead(refused) : 0;
  if (Math.abs(minutes) > CLOCK_TOLERANCE) {
    return {
      ...common,
      cause: "clock",
      explanation: `This machine's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? "ahead of" : "behind"} the service's.`,
      advice: "Set it right: a request whose date is too far from the service's present is refused.",
    };
  }
  if (service === undefined) {
    return {
      ...common,
      cause: "unknown",
      explanation: "The service did not show its string to sign.",
      advice:
        "Check that private key and public key id belong together, and that nothing changes requests on their way.",
    };
  }
  if (service === own) {
    return {
      ...common,
      cause: "key",
      explanation: "Both sides built the same string to sign, so the keys do not belong together.",
      advice: `Check that the private key belongs to the public key id, that the id is of this region and environment, and that a signer of your own uses ${algorithmOf(refused.algorithm).saltLength} bytes of salt.`,
    };
  }
  const [serviceAlgorithm, serviceHash] = service.split("\n");
  if (own.endsWith(serviceHash ?? "-")) {
    return {
      ...common,
      cause: "algorithm",
      explanation: `The service verified with ${serviceAlgorithm}, but ${refused.algorithm} was signed with.`,
      advice: "Set `algorithm` to the one that the service expects, and let the Authorization header pass unchanged.",
    };
  }
  const parts = splitCanonical(refused.canonicalRequest, refused.body);
  for (const change of changes()) {
    for (const candidate of change.apply(parts)) {
      const canonical = assemble(
        candidate.method,
        candidate.path,
        candidate.query,
        candidate.headers,
        candidate.signedHeaders,
        candidate.body,
      );
      if (stringToSign(canonical, refused.algorithm).endsWith(serviceHash ?? "-")) {
        return { ...common, cause: change.cause, explanation: change.explanation, advice: change.advice };
      }
    }
  }
  return {
    ...common,
    cause: "unknown-change",
    explanation: "The service built another string to sign, so the request was changed after it was signed.",
    advice:
      "Look for a proxy that changes method, path, query, body or a signed header: compare the canonical request with what arrives.",
  };
}

/** How far the clock that signed was ahead of the service's, in whole minutes; 0 where either is not known. */
function minutesAhead({ canonicalRequest, serviceDate }: RefusedSignature): number {
  const signed = /^x-amz-pay-date:(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)/m.exec(canonicalRequest);
  if (signed === null || serviceDate === undefined) return 0;
  const [year, month, day, hour, minute, second] = signed.slice(1).map(Number) as [number, ...number[]];
  const ahead = Date.UTC(year, (month ?? 1) - 1, day, hour, minute, second) - Date.parse(serviceDate);
  return Number.isNaN(ahead) ? 0 : Math.round(ahead / 60_000);
}

/** The two lines inside `signing String [AMZN-PAY-RSASSA-PSS\n<hash>]`; the line feed may come as two characters. */
function serviceStringToSign(message: string): string | undefined {
  const found = /\[\s*(AMZN-PAY-RSASSA-PSS(?:-V2)?)(?:\\n|\s)+([0-9a-f]{64})\s*\]/i.exec(message);
  return found?.[1] === undefined || found[2] === undefined ? undefined : `${found[1]}\n${found[2].toLowerCase()}`;
}

function splitCanonical(canonical: string, body: string): CanonicalParts {
  const [method = "", path = "", query = "", ...rest] = canonical.split("\n");
  const headers = rest.slice(0, -3).map((line): readonly [string, string] => {
    const at = line.indexOf(":");
    return [line.slice(0, at), line.slice(at + 1)];
  });
  return { method, path, query, headers, signedHeaders: rest.at(-2) ?? "", body };
}
