import { HOUR, formatCompact } from "@amazon-pay-kit/money";
import { alphanumeric, hex } from "@amazon-pay-kit/sdk/random";
import type { Handlers } from "./handlers.ts";

/** A file that a merchant may hand over as evidence. */
export interface EvidenceFile {
  readonly id: string;
  readonly merchantId: string;
  readonly type: string;
  readonly purpose: string;
  /** Part of the address that only the merchant knows. */
  readonly token: string;
  readonly uploadedAt: number;
  readonly urlExpiresAt: number;
  size: number;
}

/** How long the address for the bytes is good; the service's figure is unknown (decisions/0030-sandbox-unknowns.md). */
const UPLOAD_TIME = HOUR;

/** Longest file, in bytes. */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** docs/amazon-pay/operations.md: the answer names a place for the bytes, to which they are PUT. */
export const fileHandlers = {
  uploadFile: ({ engine, merchant, body, origin }) => {
    const now = engine.now();
    const file: EvidenceFile = {
      id: alphanumeric(engine.random, 24).toLowerCase(),
      merchantId: merchant.merchantId,
      type: String(body["type"]),
      purpose: String(body["purpose"]),
      token: hex(engine.random, 16),
      uploadedAt: now,
      urlExpiresAt: now + UPLOAD_TIME,
      size: 0,
    };
    engine.state.extra<EvidenceFile>("files").put(file.id, file);
    return {
      body: {
        id: file.id,
        type: file.type,
        purpose: file.purpose,
        url: `${origin}/evidence-files/${file.id}?token=${file.token}`,
        size: file.size,
        uploadTimestamp: formatCompact(file.uploadedAt),
        urlExpirationTimestamp: formatCompact(file.urlExpiresAt),
      },
    };
  },
} satisfies Handlers;
