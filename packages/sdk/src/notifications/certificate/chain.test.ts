import { describe, expect, it } from "vitest";
import { type IssueOptions, type Issued, issue } from "../conformance/issued.ts";
import { checkChain, checkSigner } from "./chain.ts";
import { checkSignerName, signerNames } from "./names.ts";
import { readCertificates } from "./pem.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");
const read = ({ pem }: Issued) => readCertificates(pem)[0];

async function check(signer: Issued, between: readonly Issued[], roots: readonly Issued[], now = NOW): Promise<void> {
  const certificate = read(signer);
  checkSigner(certificate, now);
  await checkChain({ signer: certificate, between: between.map(read), roots: roots.map(read), now });
}

const root = issue({ authority: true, name: "Root" });
const middle = root.then((issuer) => issue({ authority: true, name: "Middle" }, issuer));
const signerOf = async (options: IssueOptions = {}) => issue(options, await middle);
const pastDates = { notBefore: new Date("2025-01-01T00:00:00Z"), notAfter: new Date("2026-05-31T23:59:59Z") };

describe("certificate chains", () => {
  it("refuses signers outside their dates, at both ends to the second", async () => {
    const signer = await signerOf(pastDates);
    await expect(check(signer, [await middle], [await root])).rejects.toThrowError(/expired at 2026-05-31T23:59:59/);
    await expect(check(await signerOf(), [await middle], [await root], NOW - 365 * 86_400_000)).rejects.toThrowError(
      /valid only from 2026-01-01/,
    );
    await check(signer, [await middle], [await root], Date.parse("2026-05-31T23:59:59Z"));
  });

  it("refuses weak, foreign and misused keys", async () => {
    await expect(check(await signerOf({ bits: 1024 }), [await middle], [await root])).rejects.toThrowError(/1024 bits/);
    await expect(check(await issue({ keyType: "ec" }), [], [])).rejects.toThrowError(/SNS signs with RSA/);
    const misused = await signerOf({ digitalSignature: false });
    await expect(check(misused, [await middle], [await root])).rejects.toThrowError(/may not be used for signatures/);
    const authority = await issue({ authority: true, name: "Other" }, await root);
    await expect(check(authority, [], [await root])).rejects.toThrowError(/authority, not the certificate of a signer/);
  });

  it("refuses chains that do not reach a root", async () => {
    const other = await issue({ authority: true, name: "Root", notAfter: new Date("2028-01-01T00:00:00Z") });
    const unknown = await issue({ authority: true, name: "Unknown" });
    const noChain = /no valid chain leads/;
    await expect(check(await signerOf(), [], [await root])).rejects.toThrowError(noChain);
    await expect(check(await signerOf(), [await middle], [])).rejects.toThrowError(noChain);
    await expect(check(await signerOf(), [await middle], [unknown])).rejects.toThrowError(noChain);
    // The same name and even the same key material would pass; another key under the same name must not.
    const impostor = await issue({ authority: true, name: "Root", keyType: "ec" });
    await expect(check(await signerOf(), [await middle], [impostor])).rejects.toThrowError(noChain);
    await check(await signerOf(), [await middle], [other]);
  });

  it("refuses authorities that are none, expired, or too deep", async () => {
    const noChain = /no valid chain leads/;
    for (const wrong of [
      { authority: false, name: "Middle 2", dnsNames: [] },
      { authority: true, name: "Middle 3", certificateSigning: false },
      { authority: true, name: "Middle 4", ...pastDates },
      { authority: true, name: "Middle 5", bits: 1024 },
    ]) {
      const between = await issue(wrong, await root);
      await expect(check(await issue({}, between), [between], [await root]), wrong.name).rejects.toThrowError(noChain);
    }
    const shallow = await issue({ authority: true, name: "Shallow", pathLength: 0 }, await root);
    await check(await issue({}, shallow), [shallow], [await root]);
    const below = await issue({ authority: true, name: "Below" }, shallow);
    await expect(check(await issue({}, below), [below, shallow], [await root])).rejects.toThrowError(noChain);
  });

  it("refuses SHA-1 in the chain", async () => {
    const signer = await signerOf({ algorithm: "sha1" });
    await expect(check(signer, [await middle], [await root])).rejects.toThrowError(/no valid chain leads/);
  });

  it("accepts RSA and elliptic authorities, in any order, and a signer that is itself trusted", async () => {
    const elliptic = await issue({ authority: true, name: "Elliptic", keyType: "ec" });
    const between = await issue({ authority: true, name: "Between", keyType: "ec" }, elliptic);
    await checkChain({
      signer: read(await issue({ keyType: "ec" }, between)),
      between: [await middle, between].map(read),
      roots: [await root, elliptic].map(read),
      now: NOW,
    });
    await check(await signerOf({ algorithm: "sha384" }), [await middle], [await root]);
    const self = await issue();
    await check(self, [], [self]);
  });
});

describe("names of signers", () => {
  it("refuses other names, wildcards and the common name beside alternative names", async () => {
    const host = "sns.eu-west-1.amazonaws.com";
    for (const dnsNames of [
      ["example.com"],
      ["*.amazonaws.com"],
      ["sns.amazonaws.com.example.com"],
      ["sns.us-east-1.amazonaws.com"],
    ]) {
      const certificate = read(await issue({ dnsNames, name: "sns.amazonaws.com" }));
      expect(() => checkSignerName(certificate, host), dnsNames[0]).toThrowError(/must be signed in the name of/);
    }
  });

  it("accepts the shared and the regional names of SNS", async () => {
    expect(signerNames("sns.af-south-1.amazonaws.com")).toEqual([
      "sns.amazonaws.com",
      "sns.af-south-1.amazonaws.com",
      "sns-signing.af-south-1.amazonaws.com",
      "sns-af-south-1.amazonaws.com",
    ]);
    expect(signerNames("sns.cn-north-1.amazonaws.com.cn")).not.toContain("sns.amazonaws.com");
    const byCommonName = read(await issue({ dnsNames: [], name: "SNS.amazonaws.com" }));
    checkSignerName(byCommonName, "sns.eu-west-1.amazonaws.com");
  });
});
