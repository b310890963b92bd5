import { algorithmOf } from "../keys/algorithm.ts";
import { DEFAULT_ALGORITHM, type AlgorithmName } from "../operations/algorithms.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * The two lines that are signed: the algorithm's name and the hash of the text (docs/amazon-pay/requests.md).
 *
 * @param text a canonical request, or the exact payload of a button
 * @example stringToSign(canonicalRequest(request)) // "AMZN-PAY-RSASSA-PSS-V2\nd8e13e18…"
 * @throws SignatureFormatError `signature.unknown-algorithm`
 */
export function stringToSign(text: string, algorithm: AlgorithmName = DEFAULT_ALGORITHM): string {
  return `${algorithmOf(algorithm).name}\n${sha256Hex(text)}`;
}
