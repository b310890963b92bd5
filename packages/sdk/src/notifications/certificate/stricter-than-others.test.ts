import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bytesOf, der, extension, makeChain, nodesOf, signed, type Node } from "../conformance/chain-der.ts";
import { NotificationError } from "../errors.ts";
import { readCertificate } from "./certificate.ts";
import { checkChain, checkSigner } from "./chain.ts";
import { checkSignerName } from "./names.ts";
import { pemOf } from "./pem.ts";

/** `CHAIN_RUNS=20000 npx vitest run packages/sdk/src/notifications/certificate/stricter` for a long hunt. */
const HUNT = process.env["CHAIN_RUNS"];
/** The everyday run tries the same changes each time; a hunt tries new ones. */
const PARAMETERS = HUNT === undefined ? { numRuns: 250, seed: 20261130 } : { numRuns: Number(HUNT) };
const NOW = Date.parse("2026-06-01T00:00:00Z");

const chain = makeChain();
const hex = (text: string): Buffer => Buffer.from(text, "hex");

/** One change of one element; which one is a part of a million of all. */
interface Change {
  readonly at: number;
  readonly kind: "tag" | "byte" | "append" | "prepend" | "empty" | "cut" | "twice" | "remove" | "add-null" | "swap";
  readonly value: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 999_999 }),
  kind: fc.constantFrom<Change["kind"][]>(
    "tag",
    "byte",
    "append",
    "prepend",
    "empty",
    "cut",
    "twice",
    "remove",
    "add-null",
    "swap",
  ),
  value: fc.oneof(
    fc.nat({ max: 255 }),
    fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 0x0c, 0x13, 0x17, 0x18, 0x30, 0x31, 0x7f, 0xff),
  ),
});

interface Place {
  readonly list: Node[];
  readonly index: number;
}

function placesIn(list: Node[]): Place[] {
  return list.flatMap((node, index) => [
    { list, index },
    ...(node.children === undefined ? [] : placesIn(node.children)),
  ]);
}

function changedBody(body: Buffer, { at, kind, value }: Change): Buffer {
  const nodes = nodesOf(body);
  const places = placesIn(nodes);
  const place = places[Math.floor((at / 1_000_000) * places.length)];
  const node = place?.list[place.index];
  if (place === undefined || node === undefined) return body;
  const { list, index } = place;
  const flat = (content: Buffer): void => {
    list[index] = { tag: node.tag, content, children: undefined };
  };
  const content = node.children === undefined ? node.content : Buffer.concat(node.children.map(bytesOf));
  if (kind === "tag") node.tag = value;
  else if (kind === "append") flat(Buffer.concat([content, Buffer.from([value])]));
  else if (kind === "prepend") flat(Buffer.concat([Buffer.from([value]), content]));
  else if (kind === "empty") flat(Buffer.alloc(0));
  else if (kind === "cut") flat(content.subarray(0, Math.max(0, content.length - 1)));
  else if (kind === "twice") list.splice(index, 0, node);
  else if (kind === "remove") list.splice(index, 1);
  else if (kind === "add-null") list.splice(index + 1, 0, { tag: 5, content: Buffer.alloc(0), children: undefined });
  else if (kind === "swap") list.reverse();
  else if (content.length > 0) {
    const bytes = Buffer.from(content);
    bytes[value % bytes.length] = (at + value) & 0xff;
    flat(bytes);
  }
  return Buffer.concat(nodes.map(bytesOf));
}

interface Presented {
  readonly root: Buffer;
  readonly middle: Buffer;
  readonly signer: Buffer;
}

function presented(change: { readonly middle?: Buffer; readonly signer?: Buffer } = {}): Presented {
  return {
    root: signed(chain.root.body, chain.root.key),
    middle: signed(change.middle ?? chain.middle.body, chain.root.key),
    signer: signed(change.signer ?? chain.signer.body, chain.middle.key),
  };
}

async function acceptedHere({ root, middle, signer }: Presented): Promise<string> {
  try {
    const certificate = readCertificate(signer);
    checkSigner(certificate, NOW);
    checkSignerName(certificate, "sns.us-east-1.amazonaws.com");
    await checkChain({
      signer: certificate,
      between: [readCertificate(middle)],
      roots: [readCertificate(root)],
      now: NOW,
    });
    return "accepted";
  } catch (error) {
    if (!(error instanceof NotificationError)) throw error;
    return error.message;
  }
}

function acceptedByNode({ root, middle, signer }: Presented): string {
  try {
    const [top, between, leaf] = [root, middle, signer].map((bytes) => new X509Certificate(bytes));
    if (top === undefined || between === undefined || leaf === undefined) return "three certificates are needed";
    if (!leaf.checkIssued(between) || !between.checkIssued(top)) return "not issued by it";
    if (!leaf.verify(between.publicKey) || !between.verify(top.publicKey)) return "signature";
    return leaf.checkHost("sns.amazonaws.com") === undefined ? "host" : "accepted";
  } catch (error) {
    return (error as Error).message;
  }
}

function opensslIsThere(): boolean {
  try {
    return execFileSync("openssl", ["version"]).toString().startsWith("OpenSSL");
  } catch {
    return false;
  }
}

const openssl = opensslIsThere();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-chain-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function acceptedByOpenssl({ root, middle, signer }: Presented): string {
  const [top, between, leaf] = Object.entries({ root, middle, signer }).map(([name, bytes]) => {
    const path = join(folder, `${name}.pem`);
    writeFileSync(path, pemOf(bytes));
    return path;
  });
  const when = ["-attime", String(NOW / 1000)];
  const files = ["-CAfile", top ?? "", "-untrusted", between ?? "", leaf ?? ""];
  try {
    execFileSync("openssl", ["verify", ...when, "-purpose", "sslserver", "-no-CApath", ...files], { stdio: "pipe" });
    return "accepted";
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr ?? error);
  }
}

/** What node:crypto and, where it is found, OpenSSL say, where this kit accepts. */
async function compare(certificates: Presented): Promise<boolean> {
  if ((await acceptedHere(certificates)) !== "accepted") return false;
  expect(acceptedByNode(certificates)).toBe("accepted");
  if (openssl) expect(acceptedByOpenssl(certificates)).toBe("accepted");
  return true;
}

/** The body with an extension put behind the others, or in the place of the one with the same name. */
function withExtension(body: Buffer, made: Buffer): Buffer {
  const nodes = nodesOf(body);
  const list = nodes[0]?.children?.at(-1)?.children?.[0]?.children ?? [];
  const [node] = nodesOf(made);
  if (node === undefined) return body;
  const name = (one: Node): string => one.children?.[0]?.content.toString("hex") ?? "";
  const at = list.findIndex((one) => name(one) === name(node));
  if (at < 0) list.push(node);
  else list[at] = node;
  return Buffer.concat(nodes.map(bytesOf));
}

const NAME_CONSTRAINTS = der(0x30, der(0xa0, der(0x30, der(0x82, Buffer.from("example.org")))));
const CONSTRAINED = "551d1e";
const { signer, middle } = chain;
const REFUSED: readonly [what: string, Presented][] = [
  [
    "names limited, not critical",
    presented({ middle: withExtension(middle.body, extension(CONSTRAINED, false, NAME_CONSTRAINTS)) }),
  ],
  [
    "names limited, critical",
    presented({ middle: withExtension(middle.body, extension(CONSTRAINED, true, NAME_CONSTRAINTS)) }),
  ],
  [
    "names limited in the signer itself",
    presented({ signer: withExtension(signer.body, extension(CONSTRAINED, false, NAME_CONSTRAINTS)) }),
  ],
  [
    "another key of the issuer meant",
    presented({
      signer: withExtension(signer.body, extension("551d23", false, der(0x30, der(0x80, Buffer.from("another"))))),
    }),
  ],
  [
    "another serial number of the issuer meant",
    presented({ signer: withExtension(signer.body, extension("551d23", false, der(0x30, der(0x82, hex("09"))))) }),
  ],
  [
    "an authority that is only nearly one",
    presented({ middle: withExtension(middle.body, extension("551d13", true, der(0x30, der(0x01, hex("01"))))) }),
  ],
  [
    "a signer that is nearly an authority",
    presented({ signer: withExtension(signer.body, extension("551d13", true, der(0x30, der(0x01, hex("01"))))) }),
  ],
  [
    "a BOOLEAN of two bytes",
    presented({ middle: withExtension(middle.body, extension("551d13", true, der(0x30, der(0x01, hex("ffff"))))) }),
  ],
  [
    "a path length with a zero in front",
    presented({
      middle: withExtension(
        middle.body,
        extension("551d13", true, der(0x30, der(0x01, hex("ff")), der(0x02, hex("0000")))),
      ),
    }),
  ],
  [
    "a path length without bytes",
    presented({
      middle: withExtension(middle.body, extension("551d13", true, der(0x30, der(0x01, hex("ff")), der(0x02)))),
    }),
  ],
  [
    "a signer for clients only",
    presented({
      signer: withExtension(signer.body, extension("551d25", false, der(0x30, der(0x06, hex("2b06010505070302"))))),
    }),
  ],
  [
    "a signer for code only",
    presented({
      signer: withExtension(signer.body, extension("551d25", false, der(0x30, der(0x06, hex("2b06010505070303"))))),
    }),
  ],
  [
    "an authority for clients only",
    presented({
      middle: withExtension(middle.body, extension("551d25", false, der(0x30, der(0x06, hex("2b06010505070302"))))),
    }),
  ],
];

describe("certificate chains against other implementations", { timeout: 3_600_000 }, () => {
  it("are accepted by all where nothing is wrong", async () => {
    expect(await acceptedHere(presented())).toBe("accepted");
    expect(acceptedByNode(presented())).toBe("accepted");
    if (openssl) expect(acceptedByOpenssl(presented())).toBe("accepted");
  });

  it.each(REFUSED)("are refused with %s", async (_, certificates) => {
    expect(await acceptedHere(certificates)).not.toBe("accepted");
  });

  it("are never accepted where node:crypto or OpenSSL refuses, whatever one element has become", async () => {
    let accepted = 0;
    const changed = fc.record({ owner: fc.constantFrom("signer" as const, "middle" as const), change });
    const property = fc.asyncProperty(changed, async ({ owner, change }) => {
      const certificates = presented({ [owner]: changedBody(chain[owner].body, change) });
      if (await compare(certificates)) accepted += 1;
    });
    await fc.assert(property, PARAMETERS);
    expect(accepted).toBeGreaterThan(0);
  });
});
