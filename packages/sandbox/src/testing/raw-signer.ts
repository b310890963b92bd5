import { constants, createHash, sign } from "node:crypto";
import type { Sandbox } from "../index.ts";

/** A request signed by hand: every part of the canonical request can be another one than what is sent. */
export interface RawRequest {
  readonly method: string;
  /** What is sent, with query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly publicKeyId: string;
  readonly privateKeyPem: string;
  /** Default `AMZN-PAY-RSASSA-PSS`. */
  readonly algorithm?: string;
  /** Default: what belongs to the algorithm. */
  readonly saltLength?: number;
  /** Line two of the canonical request. Default: the path that is sent. */
  readonly canonicalPath?: string;
  /** Line three. Default: the query that is sent. */
  readonly canonicalQuery?: string;
  /** Names as listed, in this order. Default: all headers, in the order given, as given. */
  readonly signedNames?: readonly string[];
  /** Header lines. Default: the signed names in lower case with their values. */
  readonly headerLines?: readonly string[];
  /** Text whose hash ends the canonical request. Default: the body. */
  readonly signedBody?: string;
  /** The list of names that is signed. Default: the one that is sent. */
  readonly namesLine?: string;
  /** First line of the string to sign. Default: the algorithm that the header names. */
  readonly signedAlgorithm?: string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Headers of the request with its Authorization header. */
export function signRaw(request: RawRequest): Record<string, string> {
  const algorithm = request.algorithm ?? "AMZN-PAY-RSASSA-PSS";
  const [path = "", query = ""] = request.target.split("?");
  const names = request.signedNames ?? Object.keys(request.headers);
  const values = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const lines =
    request.headerLines ?? names.map((name) => `${name.toLowerCase()}:${values.get(name.toLowerCase()) ?? ""}`);
  const canonical = [
    request.method,
    request.canonicalPath ?? path,
    request.canonicalQuery ?? query,
    ...lines,
    "",
    request.namesLine ?? names.join(";"),
    sha256(request.signedBody ?? request.body ?? ""),
  ].join("\n");
  const signature = sign("sha256", Buffer.from(`${request.signedAlgorithm ?? algorithm}\n${sha256(canonical)}`), {
    key: request.privateKeyPem,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: request.saltLength ?? (algorithm.endsWith("V2") ? 32 : 20),
  }).toString("base64");
  return {
    ...request.headers,
    authorization: `${algorithm} PublicKeyId=${request.publicKeyId}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

/** Sends it and gives status and parsed body. */
export async function sendRaw(
  sandbox: Sandbox,
  request: RawRequest,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const lower = Object.fromEntries(
    Object.entries(signRaw(request)).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const [path = "", query = ""] = request.target.split("?");
  const answer = await sandbox.handle({
    method: request.method,
    path,
    query,
    headers: lower,
    body: new TextEncoder().encode(request.body ?? ""),
    origin: sandbox.place.origin,
    loopback: true,
  });
  const text = typeof answer.body === "string" ? answer.body : "";
  return { status: answer.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
