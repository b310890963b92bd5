import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { ZipFile } from "yazl";
import type { Engine } from "../../engine/engine.ts";
import type { ReportDocument } from "../../engine/objects/index.ts";
import type { Answer, Call } from "../../http/call.ts";
import { checkUrl } from "./signed-url.ts";

/** Zip entries carry a date; the same document must have the same bytes whenever it is fetched. */
const ENTRY_DATE = new Date(Date.UTC(2020, 0, 1));

/** The bytes of a document in the way that its listing promises. */
export async function packed(document: ReportDocument, name: string): Promise<Uint8Array> {
  switch (document.compressionAlgorithm) {
    case "GZIP":
      return gzipSync(document.bytes);
    case "ZIP":
      return zipped(document.bytes, name);
    default:
      return document.bytes;
  }
}

async function zipped(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(bytes), name, { mtime: ENTRY_DATE });
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const TYPES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  GZIP: "application/gzip",
  ZIP: "application/zip",
};

/** What the storage says instead of a document. */
const REFUSALS = {
  expired: [403, "AccessDenied", "Request has expired"],
  unsigned: [403, "AccessDenied", "Access Denied"],
  "wrong-signature": [
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ],
  "two-mechanisms": [
    400,
    "InvalidArgument",
    "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified",
  ],
  gone: [404, "NoSuchKey", "The specified key does not exist."],
} as const;

/**
 * Gives out the bytes of a report document, as the storage behind a pre-signed address does: XML errors, no Amazon Pay
 * headers wanted.
 */
export async function serveDocument(engine: Engine, call: Call, documentId: string): Promise<Answer> {
  const verdict = checkUrl(engine, documentId, new URLSearchParams(call.query));
  if (verdict !== "valid") return refusal(call, verdict);
  if (call.headers["authorization"] !== undefined) return refusal(call, "two-mechanisms");
  const document = engine.state.reportDocuments.get(documentId);
  if (document === undefined) return refusal(call, "gone");
  const body = await packed(document, "report.csv");
  return {
    status: 200,
    headers: {
      "content-type": TYPES[document.compressionAlgorithm] ?? "text/csv;charset=UTF-8",
      "content-length": String(body.length),
    },
    body: call.method === "HEAD" ? undefined : body,
  };
}

function refusal(call: Call, reason: keyof typeof REFUSALS): Answer {
  const [status, code, message] = REFUSALS[reason];
  return storageError(status, code, message, `${call.path}?${call.query}`);
}

/** An error as S3 writes it. */
function storageError(status: number, code: string, message: string, subject: string): Answer {
  const requestId = createHash("sha256").update(subject).digest("hex").slice(0, 16).toUpperCase();
  return {
    status,
    headers: { "content-type": "application/xml", "x-amz-request-id": requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
  };
}

/** How a fault that was asked for looks here: S3 has its own words. */
export function storageRefusal(status: number, _reasonCode: string, message: string): Answer {
  const throttled = status === 429 || status === 503;
  const code = throttled ? "SlowDown" : status >= 500 ? "InternalError" : "AccessDenied";
  return storageError(status === 429 ? 503 : status, code, message, message);
}
