import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { manualClock } from "../../clock/manual.ts";
import { systemClock } from "../../clock/system.ts";
import { type Issued, issue } from "../conformance/issued.ts";
import { issueCertificate } from "../test-signer/test-signer.ts";
import { checkSigningCertificate } from "./check.ts";
import { pemOf } from "./pem.ts";
import { type FetchFunction, fetchTransport } from "../../transport/fetch.ts";
import { fetchedCertificates, withinTime } from "./source.ts";

type WebKey = Parameters<typeof crypto.subtle.sign>[1];

const NOW = Date.parse("2026-06-01T00:00:00Z");
const HOST = "sandbox.test";
const ADDRESS = `https://${HOST}/signer.pem`;
const url = new URL(ADDRESS);
const { signal } = new AbortController();

const answering =
  (body: ConstructorParameters<typeof Response>[0], init: ResponseInit = {}): FetchFunction =>
  async () =>
    new Response(body, init);

describe("fetching certificates", () => {
  it("refuses redirects, errors and endless answers", async () => {
    const unreachable = { code: "notification.certificate-unreachable" };
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
    const redirect = { status: 302, headers: { location: "https://example.com/x.pem" } };
    for (const fetch of [
      answering(null, redirect),
      answering("no", { status: 404 }),
      answering(endless),
      async () => Promise.reject(new TypeError("fetch failed")),
    ]) {
      await expect(fetchedCertificates(fetchTransport(fetch))(url, signal)).rejects.toMatchObject(unreachable);
    }
  });

  it("gives up after its time and stops the fetch", async () => {
    const clock = manualClock(NOW);
    let stopped = false;
    const hanging: FetchFunction = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          stopped = true;
          reject(new Error("aborted"));
        });
      });
    const result = withinTime(fetchedCertificates(fetchTransport(hanging)), clock, 5000)(url, signal);
    const outcome = expect(result).rejects.toThrowError(/no answer within 5000 ms/);
    await clock.advance(5000);
    await outcome;
    expect(stopped).toBe(true);
    expect(clock.sleepers).toBe(0);
  });

  it("leaves no timer behind when the answer came in time", async () => {
    const clock = manualClock(NOW);
    expect(await withinTime(async () => "file", clock, 5000)(url, signal)).toBe("file");
    expect(clock.sleepers).toBe(0);
  });
});

describe("the signing certificate", () => {
  const root = issue({ authority: true, name: "Root" });

  const counting = (files: Readonly<Record<string, Issued>>) => {
    const asked: string[] = [];
    const fetch: FetchFunction = async ({ url: address }) => {
      asked.push(address);
      return new Response(files[address]?.pem ?? null, { status: files[address] === undefined ? 404 : 200 });
    };
    return { asked, fetch };
  };

  it("is fetched once, also by those who ask at the same time, and again after a failure", async () => {
    const signer = await issue({ dnsNames: [HOST] }, await root);
    const files: Record<string, Issued> = {};
    const { asked, fetch } = counting(files);
    const options = { trustedHosts: [HOST], ca: (await root).pem, fetch };
    const check = () => checkSigningCertificate(ADDRESS, NOW, systemClock, options);
    await expect(check()).rejects.toMatchObject({ code: "notification.certificate-unreachable" });
    files[ADDRESS] = signer;
    await Promise.all([check(), check(), check()]);
    await check();
    expect(asked).toEqual([ADDRESS, ADDRESS]);
  });

  it("is checked at every use, though fetched once", async () => {
    const signer = await issue({ dnsNames: [HOST], notAfter: new Date(NOW) }, await root);
    const { fetch } = counting({ [ADDRESS]: signer });
    const options = { trustedHosts: [HOST], ca: [(await root).pem], fetch };
    await checkSigningCertificate(ADDRESS, NOW, systemClock, options);
    await expect(checkSigningCertificate(ADDRESS, NOW + 1, systemClock, options)).rejects.toThrowError(/expired/);
  });

  it("may bring the authorities in between along", async () => {
    const between = await issue({ authority: true, name: "Between" }, await root);
    const signer = await issue({ dnsNames: [HOST] }, between);
    const both = { ...signer, pem: signer.pem + between.pem };
    const options = { trustedHosts: [HOST], ca: (await root).pem };
    const alone = checkSigningCertificate(ADDRESS, NOW, systemClock, {
      ...options,
      ...counting({ [ADDRESS]: signer }),
    });
    await expect(alone).rejects.toThrowError(/no valid chain/);
    await checkSigningCertificate(ADDRESS, NOW, systemClock, { ...options, ...counting({ [ADDRESS]: both }) });
  });

  it("finds the authority in between where Amazon publishes it, and asks nowhere else for it", async () => {
    const { subtle } = globalThis.crypto;
    const keysOf = () => subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    const spkiOf = async (key: WebKey) => new Uint8Array(await subtle.exportKey("spki", key));
    const [top, middle] = [await keysOf(), await keysOf()];
    const rsa = await subtle.importKey(
      "spki",
      new Uint8Array(new X509Certificate((await root).pem).publicKey.export({ type: "spki", format: "der" })),
      { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
      true,
      ["verify"],
    );
    const common = { serial: Uint8Array.of(1), notBefore: NOW, notAfter: NOW, dnsNames: [], authority: true };
    const ca = await issueCertificate(
      { ...common, subject: "Top", issuer: "Top", spki: await spkiOf(top.publicKey) },
      top.privateKey,
    );
    const between = await issueCertificate(
      { ...common, subject: "Middle", issuer: "Top", spki: await spkiOf(middle.publicKey) },
      top.privateKey,
    );
    const signerAt = async (issuerUrl: string) =>
      issueCertificate(
        {
          ...common,
          subject: HOST,
          issuer: "Middle",
          spki: await spkiOf(rsa),
          authority: false,
          dnsNames: [HOST],
          issuerUrl,
        },
        middle.privateKey,
      );
    const check = async (issuerUrl: string) => {
      const asked: string[] = [];
      const files: Record<string, Uint8Array> = { [ADDRESS]: await signerAt(issuerUrl), [issuerUrl]: between };
      const certificates = async (address: URL) => {
        asked.push(address.href);
        return files[address.href] ?? "";
      };
      const options = { trustedHosts: [HOST], ca: pemOf(ca), certificates };
      const result = await checkSigningCertificate(ADDRESS, NOW, systemClock, options).then(
        () => "trusted",
        (error: Error) => error.message,
      );
      return { asked, result };
    };
    const published = "http://crt.r2m01.amazontrust.com/r2m01.cer";
    expect(await check(published)).toEqual({ asked: [ADDRESS, published], result: "trusted" });
    for (const elsewhere of [
      "http://example.com/r2m01.cer",
      "http://crt.r2m01.amazontrust.com.example.com/r2m01.cer",
      "http://crt.r2m01.amazontrust.com:81/r2m01.cer",
      "file:///r2m01.cer",
    ]) {
      const { asked, result } = await check(elsewhere);
      expect(asked).toEqual([ADDRESS]);
      expect(result).toMatch(/no valid chain/);
    }
  });
});
