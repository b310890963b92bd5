import { concat } from "./byte-reader.ts";
import type { Compression } from "./sniff.ts";

/**
 * A report document being downloaded: a stream of its unpacked bytes. Read it once, as a stream, in chunks or as a whole.
 *
 * @example
 * const download = await client.reportDocuments.download(id);
 * for await (const chunk of download) file.write(chunk);
 */
export class ReportDownload implements AsyncIterable<Uint8Array> {
  /** Id of the document whose bytes these are. */
  readonly reportDocumentId: string;
  /** The bytes. Reading fails with DownloadError if the document is truncated or corrupt; discard what was read. */
  readonly stream: ReadableStream<Uint8Array>;
  /** How the document was packed. */
  readonly compression: Compression;

  constructor(reportDocumentId: string, stream: ReadableStream<Uint8Array>, compression: Compression) {
    this.reportDocumentId = reportDocumentId;
    this.stream = stream;
    this.compression = compression;
  }

  /** All bytes. */
  async bytes(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const part of this) parts.push(part);
    return concat(parts);
  }

  /** All text, read as UTF-8. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  /** The bytes, unpacked, piece by piece as they arrive; at most once. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = this.stream.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        yield value;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
}
