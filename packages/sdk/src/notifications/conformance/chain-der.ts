import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** An element of DER that can be changed: its contents, or what is inside it. */
export interface Node {
  tag: number;
  content: Buffer;
  children: Node[] | undefined;
}

const TAGS_WITH_ELEMENTS: ReadonlySet<number> = new Set([0x30, 0x31, 0xa0, 0xa1, 0xa3]);

/** DER with its length; nothing about it is checked. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const size =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const hex = (text: string): Buffer => Buffer.from(text, "hex");

/** Reads well-formed DER into nodes. What an OCTET STRING holds is read too, where it is DER by itself. */
export function nodesOf(bytes: Buffer): Node[] {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    const count = short < 0x80 ? 0 : short & 0x7f;
    const length = count === 0 ? short : bytes.readUIntBE(at + 2, count);
    const start = at + 2 + count;
    const content = bytes.subarray(start, start + length);
    if (content.length < length) throw new RangeError("an element is longer than what holds it");
    nodes.push({ tag, content, children: childrenOf(tag, content) });
    at = start + length;
  }
  return nodes;
}

function childrenOf(tag: number, content: Buffer): Node[] | undefined {
  if (TAGS_WITH_ELEMENTS.has(tag)) return nodesOf(content);
  if (tag !== 0x04 || content.length < 2) return undefined;
  try {
    return nodesOf(content);
  } catch {
    return undefined;
  }
}

/** The bytes of a node. */
export function bytesOf({ tag, content, children }: Node): Buffer {
  return der(tag, children === undefined ? content : Buffer.concat(children.map(bytesOf)));
}

/** A key, and the certificate of it that the tests begin with. */
export interface Link {
  readonly key: KeyObject;
  /** The part that is signed. */
  readonly body: Buffer;
}

const RSA_SHA256 = der(0x30, der(0x06, hex("2a864886f70d01010b")), der(0x05));

function nameOf(common: string): Buffer {
  const part = (oid: string, tag: number, text: string): Buffer =>
    der(0x31, der(0x30, der(0x06, hex(oid)), der(tag, Buffer.from(text))));
  return der(0x30, part("550406", 0x13, "US"), part("550403", 0x0c, common));
}

/** An extension with its value. */
export function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return der(0x30, der(0x06, hex(oid)), ...(critical ? [der(0x01, hex("ff"))] : []), der(0x04, value));
}

const keyIdOf = (name: string): Buffer => Buffer.from(name.padEnd(20, "."));
const SERVER_AUTH = der(0x30, der(0x06, hex("2b06010505070301")));

function bodyOf(
  key: KeyObject,
  { name, issuer, serial, extensions }: { name: string; issuer: string; serial: number; extensions: readonly Buffer[] },
): Buffer {
  const spki = key.export({ type: "pkcs8", format: "der" }).length > 0 ? publicOf(key) : Buffer.alloc(0);
  return der(
    0x30,
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, Buffer.from([serial])),
    RSA_SHA256,
    nameOf(issuer),
    der(0x30, der(0x17, Buffer.from("200101000000Z")), der(0x17, Buffer.from("491231235959Z"))),
    nameOf(name),
    spki,
    der(
      0xa3,
      der(
        0x30,
        extension("551d0e", false, der(0x04, keyIdOf(name))),
        extension("551d23", false, der(0x30, der(0x80, keyIdOf(issuer)))),
        extension(
          "551d1f",
          false,
          der(0x30, der(0x30, der(0xa0, der(0xa0, der(0x86, Buffer.from("http://crl.example/1")))))),
        ),
        ...extensions,
      ),
    ),
  );
}

const publicKeys = new Map<KeyObject, Buffer>();
const publicOf = (key: KeyObject): Buffer => publicKeys.get(key) ?? Buffer.alloc(0);

function newKey(): KeyObject {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  publicKeys.set(privateKey, publicKey.export({ type: "spki", format: "der" }));
  return privateKey;
}

const authorityExtensions = (pathLength: Buffer): Buffer[] => [
  extension("551d13", true, der(0x30, der(0x01, hex("ff")), pathLength)),
  extension("551d0f", true, der(0x03, hex("0106"))),
];

/** Root, authority and signer, as Amazon's are made: all extensions that such certificates have. */
export function makeChain(): { readonly root: Link; readonly middle: Link; readonly signer: Link } {
  const [root, middle, signer] = [newKey(), newKey(), newKey()];
  return {
    root: {
      key: root,
      body: bodyOf(root, { name: "Root", issuer: "Root", serial: 1, extensions: authorityExtensions(Buffer.alloc(0)) }),
    },
    middle: {
      key: middle,
      body: bodyOf(middle, {
        name: "Middle",
        issuer: "Root",
        serial: 2,
        extensions: [...authorityExtensions(der(0x02, hex("00"))), extension("551d25", false, SERVER_AUTH)],
      }),
    },
    signer: {
      key: signer,
      body: bodyOf(signer, {
        name: "sns.amazonaws.com",
        issuer: "Middle",
        serial: 3,
        extensions: [
          extension("551d11", false, der(0x30, der(0x82, Buffer.from("sns.amazonaws.com")))),
          extension("551d25", false, SERVER_AUTH),
          extension("551d0f", true, der(0x03, hex("0780"))),
          extension("551d13", true, der(0x30)),
        ],
      }),
    },
  };
}

/** The certificate of a body, signed. The algorithm outside is the one inside, whatever that has become. */
export function signed(body: Buffer, issuer: KeyObject): Buffer {
  let algorithm = RSA_SHA256;
  try {
    const inside = nodesOf(body)[0]?.children?.[2];
    if (inside !== undefined) algorithm = bytesOf(inside);
  } catch {
    // Damaged beyond reading: every reader says so.
  }
  return der(0x30, body, algorithm, der(0x03, hex("00"), sign("sha256", body, issuer)));
}
