import { checkRequest, matchOperation, type OperationMatch, type OperationRow } from "@amazon-pay-kit/sdk/operations";
import type { Call } from "../http/call.ts";
import type { JsonObject } from "./operation-call.ts";
import { ServiceError } from "./service-error.ts";

/**
 * The operation of a call by method and path.
 *
 * @throws ServiceError `InvalidAPIVersion`, `ResourceNotFound`, `UnsupportedOperation`
 */
export function findOperation(call: Call): OperationMatch {
  const match = matchOperation(call.method, call.path);
  if (match.operation !== undefined) return match;
  switch (match.reason) {
    case "version":
      throw new ServiceError("InvalidAPIVersion", "The API version specified is not valid: it is v2.");
    case "path":
      throw new ServiceError("ResourceNotFound", "The requested resource was not found.");
    case "method":
      throw new ServiceError(
        "UnsupportedOperation",
        `The method ${call.method} is not supported for this resource; it takes ${match.methods.join(", ")}.`,
      );
  }
}

/** Whether a path is meant for API v2, in any version: `/v2/…`, `/live/v2/…`, `/sandbox/v1/…`. */
export function isApiPath(path: string): boolean {
  return /^\/(?:(?:live|sandbox)(?:\/|$)|v\d)/.test(path);
}

/**
 * Tells apart the operations that share a method and path (docs/amazon-pay/operations.md): merchants register with fewer members than
 * solution providers create accounts with, and solution providers act with an auth token.
 */
export function chooseAlternative(
  match: OperationMatch,
  body: JsonObject,
  headers: Readonly<Record<string, string>>,
): OperationRow {
  const all = [match.operation, ...match.alternatives];
  const named = (name: string): OperationRow => all.find((row) => row.name === name) ?? match.operation;
  if (match.alternatives.length === 0) return match.operation;
  if (all.some((row) => row.name === "registerAmazonPayAccount")) {
    const register = named("registerAmazonPayAccount");
    const unknown = checkRequest(register, body).some((issue) => issue.reasonCode === "UnrecognizedField");
    return unknown ? named("createMerchantAccount") : register;
  }
  return named(headers["x-amz-pay-authtoken"] === undefined ? "updateAmazonPayAccount" : "updateMerchantAccount");
}
