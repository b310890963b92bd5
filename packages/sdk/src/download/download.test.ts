import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { gzipSync, deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AmazonPay } from "../amazon-pay.ts";
import type { AmazonPayOptions } from "../client/options.ts";
import { manualClock } from "../clock/index.ts";
import { TEST_KEY, TEST_NOW } from "../conformance/client-fixture.ts";
import { answer, startPlainService, type LocalService, type Received } from "../conformance/service.ts";
import { seededRandom } from "../random/index.ts";
import { crc32 } from "./unzip.ts";

const REPORT = Buffer.from(
  `"TransactionPostedDate","SettlementId"\n${'"2015-10-01T00:00:00+0000","77"\n'.repeat(5000)}`,
);

/** A ZIP file of one entry, or more. */
function zip(
  contents: Buffer,
  change: {
    readonly method?: 0 | 8;
    readonly streamed?: boolean;
    readonly flags?: number;
    readonly crc?: number;
    readonly count?: number;
  } = {},
): Buffer {
  const { method = 8, streamed = false, flags = streamed ? 8 : 0, crc = crc32(contents), count = 1 } = change;
  const packed = method === 8 ? deflateRawSync(contents) : contents;
  const name = Buffer.from("report.csv");
  const sizes = (known: boolean): Buffer => {
    const buffer = Buffer.alloc(12);
    if (known) [crc, packed.length, contents.length].forEach((value, index) => buffer.writeUInt32LE(value, index * 4));
    return buffer;
  };
  const words = (...values: readonly number[]): Buffer =>
    Buffer.concat(values.map((value) => Buffer.from([value & 0xff, value >> 8])));
  const local = Buffer.concat([
    Buffer.from("PK\u0003\u0004"),
    words(20, flags, method, 0, 0),
    sizes(!streamed),
    words(name.length, 0),
    name,
    packed,
  ]);
  const descriptor = streamed ? Buffer.concat([Buffer.from("PK\u0007\u0008"), sizes(true)]) : Buffer.alloc(0);
  const central = Buffer.concat([
    Buffer.from("PK\u0001\u0002"),
    words(20, 20, flags, method, 0, 0),
    sizes(true),
    words(name.length, 0, 0, 0, 0),
    Buffer.alloc(8),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + descriptor.length, 16);
  return Buffer.concat([local, descriptor, central, end]);
}

let service: LocalService;
beforeAll(async () => {
  service = await startPlainService(() => undefined);
});
afterAll(() => service.close());

type DocumentHandler = (request: Received, response: ServerResponse, fetched: number) => void | Promise<void>;

/** A client whose service knows one document, which the handler serves. */
function client(
  serve: DocumentHandler,
  options: Partial<AmazonPayOptions> = {},
  url: () => string = () => `${service.origin}/documents/1?X-Amz-Signature=secret`,
): AmazonPay {
  service.received.length = 0;
  let fetched = 0;
  service.handle = (request, response) => {
    if (request.path.startsWith("/v2/report-documents/"))
      answer(response, 200, { reportDocumentId: "doc 1", url: url(), compressionAlgorithm: "N/A" });
    else void serve(request, response, (fetched += 1));
  };
  return new AmazonPay({
    region: "na",
    publicKeyId: "SANDBOX-TEST",
    privateKey: TEST_KEY,
    baseUrl: service.origin,
    random: { ...seededRandom(1), fraction: () => 0 },
    ...options,
  } as AmazonPayOptions);
}

const whole =
  (bytes: Buffer): DocumentHandler =>
  (_, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.end(bytes);
  };
const asked = (): number => service.received.filter((request) => request.path.startsWith("/v2/")).length;

describe("a document", () => {
  test.each<[string, Buffer, string]>([
    ["as it is", REPORT, "none"],
    ["packed with gzip", gzipSync(REPORT), "gzip"],
    ["packed with zip", zip(REPORT), "zip"],
    ["packed with zip, sizes after the data", zip(REPORT, { streamed: true }), "zip"],
    ["stored in a zip file", zip(REPORT, { method: 0 }), "zip"],
    ["of two bytes", Buffer.from("ab"), "none"],
    ["of none", Buffer.alloc(0), "none"],
  ])("%s comes whole", async (_, bytes, compression) => {
    const download = await client(whole(bytes)).reportDocuments.download("doc 1");
    expect(download).toMatchObject({ reportDocumentId: "doc 1", compression });
    const expected = compression === "none" ? bytes : REPORT;
    expect(Buffer.compare(await download.bytes(), expected)).toBe(0);
  });

  test("stays packed where that is asked for", async () => {
    const bytes = gzipSync(REPORT);
    const download = await client(whole(bytes)).reportDocuments.download("doc 1", { packed: true });
    expect([download.compression, Buffer.compare(await download.bytes(), bytes)]).toEqual(["gzip", 0]);
  });

  test("of some megabytes streams in chunks of any size", async () => {
    const bytes = randomBytes(3_000_000);
    const packed = gzipSync(bytes);
    const pay = client(async (_, response) => {
      response.writeHead(200);
      for (let offset = 0, size = 1; offset < packed.length; offset += size, size = size * 3 + 1) {
        response.write(packed.subarray(offset, offset + size));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      response.end();
    });
    const hash = createHash("sha256");
    for await (const chunk of await pay.reportDocuments.download("doc 1")) hash.update(chunk);
    expect(hash.digest("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  test("is fetched without any of Amazon Pay's headers, and with its whole address", async () => {
    await (await client(whole(REPORT)).reportDocuments.download("doc 1")).text();
    const request = service.received.at(-1);
    expect(request?.path).toBe("/documents/1?X-Amz-Signature=secret");
    expect(Object.keys(request?.headers ?? {}).filter((name) => /amz|authorization|user-agent/.test(name))).toEqual([]);
  });

  test("may be left unread", async () => {
    const download = await client(whole(REPORT)).reportDocuments.download("doc 1");
    await download.stream.cancel();
  });
});

describe("an address that is too old", () => {
  test("is replaced when the host says so with 403", async () => {
    const pay = client((_, response, fetched) =>
      fetched === 1 ? answer(response, 403, "<Error>expired</Error>") : whole(REPORT)(_, response, fetched),
    );
    expect((await (await pay.reportDocuments.download("doc 1")).bytes()).length).toBe(REPORT.length);
    expect(asked()).toBe(2);
  });

  test("is replaced when 30 seconds have passed before the next try, and kept before that", async () => {
    for (const [pause, expected] of [
      [29, 1],
      [31, 2],
    ] as const) {
      const clock = manualClock(TEST_NOW, { autoAdvance: true });
      const pay = client(
        (request, response, fetched) =>
          fetched === 1
            ? answer(response, 503, "", { "retry-after": String(pause) })
            : whole(REPORT)(request, response, fetched),
        {
          clock,
          timeoutMs: Number.POSITIVE_INFINITY,
          totalTimeoutMs: Number.POSITIVE_INFINITY,
        },
      );
      await (await pay.reportDocuments.download("doc 1")).bytes();
      expect(asked(), `${pause} s`).toBe(expected);
    }
  });

  test.each([30_000, 60_000])("is not waited for longer than %i ms in all", async (totalTimeoutMs) => {
    const clock = manualClock(TEST_NOW);
    const busy: DocumentHandler = (_, response) => answer(response, 503, "", { "retry-after": "60" });
    const pay = client(busy, { clock, totalTimeoutMs });
    await expect(pay.reportDocuments.download("doc 1")).rejects.toMatchObject({ status: 503, retries: 0 });
    expect(clock.now()).toBe(TEST_NOW);
  });

  test("that stays refused is an error at last", async () => {
    await expect(
      client((_, response) => answer(response, 403, "")).reportDocuments.download("doc 1"),
    ).rejects.toMatchObject({ code: "download.refused", status: 403, retries: 3 });
  });
});

describe("what goes wrong", () => {
  test.each([
    ["http://documents.example/1", "plain HTTP"],
    ["file:///etc/passwd", "a file"],
    ["", "nothing"],
  ])("an address like %s is not fetched", async (url) => {
    await expect(
      client(
        () => undefined,
        {},
        () => url,
      ).reportDocuments.download("doc 1"),
    ).rejects.toMatchObject({ code: "download.insecure-url" });
  });

  test("a document that is not there", async () => {
    await expect(
      client((_, response) => answer(response, 404, "")).reportDocuments.download("doc 1"),
    ).rejects.toMatchObject({ code: "download.refused", status: 404, retries: 0 });
  });

  test("a connection that breaks off within the document is an error, not the end of it", async () => {
    const cut: DocumentHandler = (_, response) => {
      response.writeHead(200, { "content-length": REPORT.length });
      response.write(REPORT.subarray(0, 1000));
      setTimeout(() => response.destroy(), 30);
    };
    const download = await client(cut).reportDocuments.download("doc 1");
    await expect(download.bytes()).rejects.toMatchObject({ name: "DownloadError", code: "download.truncated" });
  });

  test("a connection that breaks off at once is tried again", async () => {
    const pay = client((request, response, fetched) =>
      fetched < 3 ? void request.socket.destroy() : whole(REPORT)(request, response, fetched),
    );
    expect((await (await pay.reportDocuments.download("doc 1")).bytes()).length).toBe(REPORT.length);
  });

  test.each<[string, Buffer]>([
    ["a gzip file cut off", gzipSync(REPORT).subarray(0, 300)],
    ["a gzip file with a wrong checksum", Buffer.concat([gzipSync(REPORT).subarray(0, -8), Buffer.alloc(8)])],
    ["a zip file cut off", zip(REPORT).subarray(0, 200)],
    ["a zip file without its directory", zip(REPORT).subarray(0, -30)],
    ["a streamed zip file cut off", zip(REPORT, { streamed: true }).subarray(0, 200)],
    ["a zip file with a wrong checksum", zip(REPORT, { crc: 1 })],
    ["a streamed zip file with a wrong checksum", zip(REPORT, { crc: 1, streamed: true })],
    ["a zip file with a password", zip(REPORT, { flags: 1 })],
    ["a zip file with two files", zip(REPORT, { count: 2 })],
    ["an empty zip file", Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)])],
  ])("%s is corrupt", async (_, bytes) => {
    const download = await client(whole(bytes)).reportDocuments.download("doc 1");
    await expect(download.bytes()).rejects.toMatchObject({ name: "DownloadError", code: "download.corrupt" });
  });

  test("a silence longer than timeoutMs", async () => {
    const pay = client((_, response) => void response.write(REPORT.subarray(0, 100)));
    const download = await pay.reportDocuments.download("doc 1", { timeoutMs: 60 });
    await expect(download.bytes()).rejects.toMatchObject({ code: "timeout.attempt", millis: 60 });
  });

  test("an abort, before and within", async () => {
    await expect(
      client(whole(REPORT)).reportDocuments.download("doc 1", { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: "request.aborted" });
    const control = new AbortController();
    const pay = client((_, response) => void response.write(REPORT.subarray(0, 100)));
    const download = await pay.reportDocuments.download("doc 1", { signal: control.signal });
    setTimeout(() => {
      control.abort();
    }, 20);
    await expect(download.bytes()).rejects.toMatchObject({ code: "request.aborted" });
  });

  test("no message shows the address's signature", async () => {
    const error: unknown = await client((request) => void request.socket.destroy(), { maxRetries: 0 })
      .reportDocuments.download("doc 1")
      .catch((caught: unknown) => caught);
    expect(String((error as Error).stack)).not.toContain("secret");
    expect(JSON.stringify(error)).not.toContain("secret");
  });
});
