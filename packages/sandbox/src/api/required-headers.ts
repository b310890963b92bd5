import { readInstant } from "@amazon-pay-kit/money";
import { findRegion, type Region } from "@amazon-pay-kit/sdk/operations";
import type { Call } from "../http/call.ts";
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
export function readRequiredHeaders(call: Call): RequiredHeaderValues {
  for (const name of REQUIRED) {
    const value = call.headers[name];
    if (value === undefined) throw new ServiceError("MissingHeader", `The header [${name}] is missing.`);
    if (value.trim() === "") {
      throw new ServiceError("MissingHeaderValue", `The value for the header [${name}] is missing.`);
    }
  }
  const region = call.headers["x-amz-pay-region"] ?? "";
  const row = findRegion(region);
  if (row === undefined || row.region !== region.trim().toLowerCase()) throw invalid("x-amz-pay-region");
  const signedAt = readInstant((call.headers["x-amz-pay-date"] ?? "").trim());
  if (signedAt === null) throw invalid("x-amz-pay-date");
  return { region: row.region, signedAt };
}

const invalid = (name: string): ServiceError =>
  new ServiceError("InvalidHeaderValue", `The value provided for the header [${name}] is invalid.`);
