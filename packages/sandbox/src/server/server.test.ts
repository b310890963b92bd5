import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkServerIdentity, connect as connectSecurely, type SecureVersion } from "node:tls";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type StartedSandbox } from "./start-sandbox.ts";

describe("a sandbox that listens", () => {
  let started: StartedSandbox;
  let ca: string;
  const folder = mkdtempSync(join(tmpdir(), "sandbox-server-"));
  const readyFile = join(folder, "ready.json");
  const logged: string[] = [];
  beforeAll(async () => {
    const logger = { warn: (text: string) => logged.push(text), error: (text: string) => logged.push(text) };
    started = await startSandbox({ port: 0, httpsPort: 0, seed: 1, readyFile, logger });
    ca = readFileSync(started.ready.caFile, "utf8");
  });
  afterAll(async () => {
    await started.close();
    rmSync(folder, { recursive: true });
    expect(logged).toEqual([]);
  });

  it("writes the ready file when it accepts calls, for this user alone", () => {
    const ready: unknown = JSON.parse(readFileSync(readyFile, "utf8"));
    expect(ready).toEqual(started.ready);
    expect(statSync(readyFile).mode & 0o077).toBe(0);
    const text = expect.any(String) as string;
    const merchant = (region: string, currency: string) => ({
      merchantId: text,
      storeId: text,
      region,
      currency,
      keys: [
        { publicKeyId: expect.stringMatching(/^SANDBOX-/) as string, privateKeyFile: text },
        { publicKeyId: expect.not.stringMatching(/^(SANDBOX|LIVE)/) as string, privateKeyFile: text },
      ],
      mws: { sellerId: text, accessKeyId: text, secretKey: text, authToken: text },
    });
    expect(ready).toEqual({
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      https: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as string,
      caFile: text,
      merchants: [merchant("na", "USD"), merchant("eu", "EUR"), merchant("jp", "JPY")],
    });
    expect(Object.keys(started.ready)).toEqual(["http", "https", "caFile", "merchants"]);
    for (const { keys } of started.ready.merchants) {
      for (const { privateKeyFile } of keys) {
        expect(readFileSync(privateKeyFile, "utf8")).toContain("BEGIN PRIVATE KEY");
        expect(statSync(privateKeyFile).mode & 0o077).toBe(0);
      }
    }
  });

  const handshake = (host: string, version?: SecureVersion) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(started.ready.https);
      const socket = connectSecurely(
        {
          host: hostname,
          port: Number(port),
          ca,
          ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
          checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
          ...(version === undefined
            ? {}
            : { minVersion: version, maxVersion: version, ciphers: "DEFAULT:@SECLEVEL=0" }),
        },
        () => {
          resolve(socket.authorized ? String(socket.getProtocol()) : "not authorized");
          socket.end();
        },
      );
      socket.on("error", (error: NodeJS.ErrnoException) => {
        resolve(String(error.code));
      });
    });

  it.each([
    "localhost",
    "127.0.0.1",
    "::1",
    "pay-api.amazon.com",
    "pay-api.amazon.eu",
    "pay-api.amazon.jp",
    "mws.amazonservices.com",
    "mws-eu.amazonservices.com",
    "mws.amazonservices.jp",
  ])("its certificate is good for %s", async (host) => {
    expect(await handshake(host)).toBe("TLSv1.3");
  });

  it("its certificate is good for nobody else, and old TLS is refused", async () => {
    expect(await handshake("pay-api.amazon.com.evil.example")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(await handshake("localhost", "TLSv1.2")).toBe("TLSv1.2");
    expect(await handshake("localhost", "TLSv1.1")).toMatch(/PROTOCOL/);
  });

  it("answers a client that believes it talks to the live host, with verification on", async () => {
    const { port } = new URL(started.ready.https);
    const status = await new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, servername: "pay-api.amazon.eu", ca, path: "/v2/charges/x" };
      request({ ...options, headers: { host: "pay-api.amazon.eu" } }, (answer) => {
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(400);
    const merchant = started.ready.merchants[1];
    const key = merchant?.keys[0];
    const pay = new AmazonPay({
      region: "eu",
      publicKeyId: key?.publicKeyId ?? "",
      privateKey: readFileSync(key?.privateKeyFile ?? "", "utf8"),
      baseUrl: started.ready.https,
      ca,
    });
    await expect(pay.charges.retrieve("S02-0000000-0000000-C000000")).rejects.toMatchObject({ status: 404 });
  });

  it.each([
    ["GARBAGE\r\n\r\n", 400],
    ["GET /v2/charges/x HTTP/1.1\r\n\r\n", 400],
    ["POST /v2/charges HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    [`GET /v2/charges/x HTTP/1.1\r\nHost: x\r\nX-Big: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    ["GET /v2/../_sandbox/merchants HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
    ["GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404],
    ["GET http://evil.example/_sandbox/merchants HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 403],
    ["TRACE /v2/charges/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405],
    [`POST /v2/charges HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n${"x".repeat(1_200_000)}`, 400],
  ])("answers %j with %d", async (raw, status) => {
    const { hostname, port } = new URL(started.ready.http);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(raw));
      let text = "";
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
        socket.end();
      });
      socket.on("error", () => undefined);
      socket.on("close", () => {
        resolve(text);
      });
    });
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(/\\n\s+at |node:internal|PRIVATE KEY/);
  });

  it("bears a flood: every call is answered, and what comes after it too", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        const body = index % 3 === 0 ? "{".repeat(index) : JSON.stringify({ index });
        const answer = await fetch(`${started.ready.http}/v2/charges?${index}`, { method: "POST", body });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect((await fetch(`${started.ready.http}/_sandbox/health`)).status).toBe(200);
  });

  it.each(["port", "httpsPort"] as const)("says so when its %s is taken, and leaves nothing behind", async (option) => {
    const taken = Number(new URL(started.ready.http).port);
    const again = startSandbox({ port: 0, httpsPort: 0, [option]: taken });
    await expect(again).rejects.toMatchObject({
      code: "server.port-taken",
      message: expect.stringContaining(String(taken)) as string,
    });
  });

  it("takes an earlier sandbox's ready file away before it listens, and puts it back when it cannot start", async () => {
    const path = join(folder, "again.json");
    const earlier = '{"http":"http://127.0.0.1:1"}';
    writeFileSync(path, earlier);
    const taken = Number(new URL(started.ready.http).port);
    await expect(startSandbox({ port: taken, httpsPort: 0, readyFile: path })).rejects.toMatchObject({
      code: "server.port-taken",
    });
    expect(readFileSync(path, "utf8")).toBe(earlier);

    const starting = startSandbox({ port: 0, httpsPort: 0, readyFile: path });
    expect(existsSync(path), "nobody may read the earlier sandbox's addresses").toBe(false);
    const { ready, close } = await starting;
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(ready);
    await close();
  });

  it("cannot write its ready file into nowhere", async () => {
    const nowhere = startSandbox({ port: 0, httpsPort: 0, readyFile: join(folder, "none", "ready.json") });
    await expect(nowhere).rejects.toMatchObject({ code: "server.cannot-listen" });
  });
});
