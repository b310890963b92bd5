import { findApiRegion, type Region, type RegionName } from "../operations/api-regions.ts";

/** What the required headers are made of. */
export interface RequiredHeaders {
  /** The service's code: `na`, `eu` or `jp`. */
  readonly region: RegionName;
  /** API host without scheme. Default: the region's. */
  readonly host?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** 1 to 32 characters; POST only. */
  readonly idempotencyKey?: string;
  /** A solution provider's token for a merchant. */
  readonly authToken?: string;
}

/**
 * The headers that the service wants to be signed (docs/amazon-pay/requests.md).
 *
 * @example requiredHeaders({ region: "eu", now: Date.UTC(2018, 4, 24, 22, 37, 10) })["x-amz-pay-date"] // "20180524T223710Z"
 */
export function requiredHeaders(options: RequiredHeaders): Record<string, string> {
  const row = findApiRegion(options.region);
  const region: Region = row?.region ?? "na";
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/json",
    "x-amz-pay-date": basicDate(options.now),
    "x-amz-pay-host": options.host ?? row?.apiHost ?? "",
    "x-amz-pay-region": region,
  };
  if (options.idempotencyKey !== undefined) headers["x-amz-pay-idempotency-key"] = options.idempotencyKey;
  if (options.authToken !== undefined) headers["x-amz-pay-authtoken"] = options.authToken;
  return headers;
}

/** `20180524T223710Z`, the form of the documentation (docs/amazon-pay/requests.md). */
export function basicDate(millis: number): string {
  const text = new Date(millis).toISOString();
  return `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8, 13)}${text.slice(14, 16)}${text.slice(17, 19)}Z`;
}
