import { toBase64 } from "../../base64.ts";
import { encodeComponent } from "../../signing/encode.ts";
import { canonicalQuery } from "../../signing/query.ts";
import { type MwsRequest, mwsStringToSign } from "./string-to-sign.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));

/** HMAC with SHA-256 over a text, in base64. */
export async function mwsSignature(text: string, secretKey: string): Promise<string> {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", bytesOf(secretKey), algorithm, false, ["sign"]);
  return toBase64(new Uint8Array(await subtle.sign(algorithm.name, key, bytesOf(text))));
}

/**
 * Signs a request with Signature Version 2.
 *
 * @returns the form body (or query) to send: the signed parameters in their order, and the signature
 */
export async function signedForm(request: MwsRequest, secretKey: string): Promise<string> {
  const signature = await mwsSignature(mwsStringToSign(request), secretKey);
  return `${canonicalQuery(request.parameters)}&Signature=${encodeComponent(signature)}`;
}
