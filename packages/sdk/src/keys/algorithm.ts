import { SignatureFormatError } from "../errors/signature-format-error.ts";
import { ALGORITHMS, type Algorithm } from "../operations/algorithms.ts";

/**
 * The row of an algorithm.
 *
 * @throws SignatureFormatError `signature.unknown-algorithm`
 */
export function algorithmOf(name: string): Algorithm {
  const row = ALGORITHMS.find((candidate) => candidate.name === name);
  if (row === undefined) {
    throw new SignatureFormatError(
      "signature.unknown-algorithm",
      `unknown signature algorithm "${name}": use ${ALGORITHMS.map((candidate) => candidate.name).join(" or ")}`,
    );
  }
  return row;
}
