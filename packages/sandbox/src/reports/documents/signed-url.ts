import { createHmac, timingSafeEqual } from "node:crypto";
import { formatCompact, SECOND } from "@amazon-pay-kit/money";
import type { Engine } from "../../engine/engine.ts";

/** How long an address lives. Source: getReportDocument. */
const URL_LIFE_SECONDS = 30;

/** Path below which documents are fetched. */
export const DOCUMENT_PATH = "/report-files";

/** Why an address does not open. */
export type UrlVerdict = "valid" | "unsigned" | "expired" | "wrong-signature";

/** The merchant's own secret seals the addresses of its documents: drawing one would change what the seed leads to. */
function secretOf(engine: Engine, documentId: string): string {
  const merchantId = engine.state.reportDocuments.get(documentId)?.merchantId ?? "";
  return engine.state.merchants.get(merchantId)?.mws.secretKey ?? "";
}

function signatureOf(engine: Engine, documentId: string, date: string, expires: string): string {
  return createHmac("sha256", `documents of ${secretOf(engine, documentId)}`)
    .update(`${documentId}\n${date}\n${expires}`)
    .digest("hex");
}

/**
 * The address of a document in the form of a pre-signed S3 address: anyone who has it can fetch the bytes, without any
 * other sign, for 30 seconds of the sandbox's clock.
 */
export function signedUrl(engine: Engine, origin: string, documentId: string): string {
  const date = formatCompact(engine.now());
  const expires = String(URL_LIFE_SECONDS);
  const query = new URLSearchParams([
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Date", date],
    ["X-Amz-SignedHeaders", "host"],
    ["X-Amz-Expires", expires],
    ["X-Amz-Credential", `AKIASANDBOX/${date.slice(0, 8)}/us-east-1/s3/aws4_request`],
    ["X-Amz-Signature", signatureOf(engine, documentId, date, expires)],
  ]);
  return `${origin}${DOCUMENT_PATH}/${encodeURIComponent(documentId)}?${query.toString()}`;
}

/** Whether an address opens its document now. */
export function checkUrl(engine: Engine, documentId: string, query: URLSearchParams): UrlVerdict {
  const [date, expires, given] = ["X-Amz-Date", "X-Amz-Expires", "X-Amz-Signature"].map((name) => query.get(name));
  if (!date || !expires || !given) return "unsigned";
  const expected = signatureOf(engine, documentId, date, expires);
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected))) {
    return "wrong-signature";
  }
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  const [year = 0, month = 0, day = 0, hour, minute, second] = (match ?? []).slice(1).map(Number);
  const issuedAt = Date.UTC(year, month - 1, day, hour, minute, second);
  return engine.now() < issuedAt + (Number(expires) + 1) * SECOND ? "valid" : "expired";
}
