import { createHash } from "node:crypto";
import { createServer, request } from "node:http";
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startS3, type S3Server } from "../../../../../tests/s3/server.ts";
import { archiveConformance } from "../conformance/index.ts";
import { verifyArchive } from "../verify.ts";
import { openS3Archive, type S3Archive } from "./open.ts";

let server: S3Server;
let client: S3Client;
const open: S3Archive[] = [];
let count = 0;

beforeAll(async () => {
  server = await startS3();
  const { endpoint, region, credentials } = server;
  client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
});
afterAll(async () => {
  for (const archive of open) archive.close();
  client?.destroy();
  await server?.stop();
});

async function openAt(prefix: string): Promise<S3Archive> {
  const archive = await openS3Archive({ ...server, prefix });
  open.push(archive);
  return archive;
}

archiveConformance("S3", async () => {
  const prefix = `archive-${(count += 1)}/`;
  const at = (path: string) => ({ Bucket: server.bucket, Key: `${prefix}${path}` });
  return {
    archive: await openAt(prefix),
    overwrite: async (path, bytes) => void (await client.send(new PutObjectCommand({ ...at(path), Body: bytes }))),
    remove: async (path) => void (await client.send(new DeleteObjectCommand(at(path)))),
  };
});

const OWNER = { accountId: "A1", region: "eu", environment: "live" };
const report = (reportId: string) => ({
  source: "v2",
  reportId,
  reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_",
  windowStart: Date.UTC(2026, 0, 1),
  windowEnd: Date.UTC(2026, 0, 2),
  createdAt: null,
  fetchedAt: Date.UTC(2026, 0, 3),
});
async function* pieces(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}

describe("an archive on S3", () => {
  it("names a bucket that is not there, and a server that is not there", async () => {
    await expect(openS3Archive({ ...server, bucket: "other" })).rejects.toMatchObject({
      code: "archive.cannot-write",
      message: expect.stringContaining("other"),
    });
    await expect(openS3Archive({ ...server, endpoint: "http://127.0.0.1:9" })).rejects.toMatchObject({
      code: "archive.cannot-write",
      message: expect.stringContaining("127.0.0.1:9"),
    });
  });

  it("refuses paths that lead out of the archive", async () => {
    const archive = await openAt("paths/");
    for (const path of ["../secret.csv", "A1/../../secret.csv", "/etc/passwd", "A1\\..\\secret.csv", ""])
      await expect(archive.read(path)[Symbol.asyncIterator]().next(), path).rejects.toMatchObject({
        code: "archive.bad-path",
      });
  });

  it("keeps files larger than what it holds in memory, byte for byte, with their sums beside them", async () => {
    const archive = await openAt("large");
    const parts = Array.from({ length: 20 }, (_none, index) => new Uint8Array(1024 * 1024).fill(index));
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    const contentHash = hash.digest("hex");
    const receipt = await archive.receive(pieces(...parts));
    expect(receipt).toMatchObject({ contentHash, byteCount: 20 * 1024 * 1024 });
    const { path } = await receipt.keep(OWNER, report("BIG"));
    const back = createHash("sha256");
    for await (const piece of archive.read(path)) back.update(piece);
    expect(back.digest("hex")).toBe(contentHash);
    const stored = await client.send(new GetObjectCommand({ Bucket: server.bucket, Key: `large/${path}` }));
    expect(stored.Metadata).toEqual({ sha256: contentHash });
    stored.Body?.transformToWebStream()
      .cancel()
      .catch(() => {});
  });

  it.each([
    ["nothing", 200_000, 0],
    ["the beginning", 200_000, 70_000],
    ["the beginning of a file in the spool", 9 * 1024 * 1024, 70_000],
  ])("puts the whole in the place of %s that an upload left there when it broke off", async (_what, size, left) => {
    const archive = await openAt(`half-${left}-${size}`);
    const bytes = Buffer.alloc(size, "a row of a report\n");
    const { path } = await (await archive.receive(pieces(bytes))).keep(OWNER, report("R1"));
    const at = { Bucket: server.bucket, Key: `half-${left}-${size}/${path}` };
    await client.send(new PutObjectCommand({ ...at, Body: bytes.subarray(0, left) }));
    const kept = await (await archive.receive(pieces(bytes))).keep(OWNER, report("R1"));
    expect(kept).toMatchObject({ path, differsFrom: null });
    for await (const { findings } of verifyArchive(archive)) expect(findings).toEqual([]);
    // Other bytes are nobody's beginning: they stay.
    await client.send(new PutObjectCommand({ ...at, Body: "something else" }));
    const beside = await (await archive.receive(pieces(bytes))).keep(OWNER, report("R1"));
    expect(beside.differsFrom).toBe(path);
  });

  it("notices bytes that were damaged on their way to the storage, and leaves none of them there", async () => {
    const wire = await damagingWire(server.endpoint);
    try {
      const archive = await openS3Archive({ ...server, endpoint: wire.endpoint, prefix: "wire" });
      open.push(archive);
      const receipt = await archive.receive(pieces(Buffer.from("an honest row\n")));
      wire.damage("honest", "hAnest");
      await expect(receipt.keep(OWNER, report("R1"))).rejects.toThrow();
      expect(wire.damaged()).toBeGreaterThan(0);
      const left: string[] = [];
      for await (const { path } of archive.entries()) left.push(path);
      expect(left).toEqual([]);
      wire.damage("", "");
      const { path } = await (await archive.receive(pieces(Buffer.from("an honest row\n")))).keep(OWNER, report("R1"));
      for await (const { findings } of verifyArchive(archive)) expect(findings).toEqual([]);
      expect(path).toContain("_R1.csv");
    } finally {
      await wire.close();
    }
  });
});

describe("storage that stops to answer", () => {
  it("is asked again over another connection, and a file that stops in its middle is an error", async () => {
    const wire = await fallingSilent(server.endpoint);
    try {
      const archive = await openS3Archive({ ...server, endpoint: wire.endpoint, prefix: "silent", silenceMillis: 300 });
      open.push(archive);
      const bytes = Buffer.alloc(200_000, "row ");
      const { path } = await (await archive.receive(pieces(bytes))).keep(OWNER, report("R1"));
      const read = async (): Promise<number> => {
        let count = 0;
        for await (const piece of archive.read(path)) count += piece.length;
        return count;
      };
      wire.silence({ after: 0, times: 2 });
      expect(await read()).toBe(bytes.length);
      expect(wire.silenced()).toBe(2);
      wire.silence({ after: 50_000, times: 1 });
      await expect(read()).rejects.toThrow(/timed out|aborted|terminated/);
      expect(wire.silenced()).toBe(3);
      expect(await read()).toBe(bytes.length);
    } finally {
      await wire.close();
    }
  });
});

/** A way to the storage whose connections can be made to fall silent, and stay open. */
async function fallingSilent(endpoint: string) {
  let [after, times, silenced] = [0, 0, 0];
  const open = new Set<Socket>();
  const server = createTcpServer((near) => {
    const far = connect(Number(new URL(endpoint).port), "127.0.0.1");
    let silent = false;
    let passed = 0;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => void (open.delete(socket), near.destroy(), far.destroy()));
    }
    near.on("data", (piece) => {
      passed = 0;
      far.write(piece);
    });
    far.on("data", (piece) => {
      if (silent) return;
      passed += piece.length;
      // Silent at once, or after the piece with which the limit is passed, so that the head of the answer has arrived.
      silent = times > 0 && passed > after;
      if (silent) {
        times -= 1;
        silenced += 1;
      }
      if (!silent || after > 0) near.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    silence: (how: { readonly after: number; readonly times: number }) => void ({ after, times } = how),
    silenced: () => silenced,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** A way to the storage that changes what is uploaded, when it is told to. */
async function damagingWire(endpoint: string) {
  let [from, to] = ["", ""];
  let damaged = 0;
  const relay = createServer((incoming, answer) => {
    void (async () => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part as Buffer);
      let body = Buffer.concat(parts);
      if (from !== "" && body.includes(from)) {
        body = Buffer.from(body.toString("latin1").replace(from, to), "latin1");
        damaged += 1;
      }
      const onward = request(
        `${endpoint}${incoming.url}`,
        { method: incoming.method, headers: incoming.headers },
        (result) => {
          answer.writeHead(result.statusCode ?? 500, result.headers);
          result.pipe(answer);
        },
      );
      onward.end(body);
    })();
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    damage(what: string, into: string) {
      [from, to] = [what, into];
    },
    damaged: () => damaged,
    close: () =>
      new Promise<void>((resolve) => {
        relay.close(() => resolve());
        relay.closeAllConnections();
      }),
  };
}
