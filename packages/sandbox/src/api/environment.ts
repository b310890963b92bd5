import { environmentOfKey } from "@amazon-pay-kit/sdk/operations";
import { ServiceError } from "./service-error.ts";

/**
 * The environment of a call: a prefixed key carries it, a plain key needs it in the path (docs/amazon-pay/requests.md). What the
 * service answers where the two disagree is unknown; decisions/0075-sandbox-unknowns.md.
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
