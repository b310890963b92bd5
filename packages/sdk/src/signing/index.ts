/**
 * Amazon Pay's request and payload signatures: build, sign and verify them without the client.
 */
export { algorithmOf } from "../keys/algorithm.ts";
export { ALGORITHMS, DEFAULT_ALGORITHM, type Algorithm, type AlgorithmName } from "../operations/algorithms.ts";
export { canonicalRequest, signedHeaderNames, type SignableRequest } from "./canonical-request.ts";
export { canonicalPath, encodeComponent } from "./encode.ts";
export { canonicalQuery, type Query, type QueryValue } from "./query.ts";
export type { HeaderInput } from "./headers.ts";
export { stringToSign } from "./string-to-sign.ts";
export { formatAuthorization, parseAuthorization, type Authorization } from "./authorization.ts";
export { basicDate, requiredHeaders, type RequiredHeaders } from "./required-headers.ts";
export { signRequest, type SignedRequest, type SigningOptions } from "./sign-request.ts";
export {
  verifyRequest,
  verifyRequestSync,
  type ReceivedRequest,
  type Verification,
  type VerificationFailure,
} from "./verify-request.ts";
export type { Signer, SyncVerifier, Verifier } from "../keys/signer.ts";
export type { CryptoKeyLike, KeyObjectLike } from "../keys/key-input.ts";
export { privateKeySigner, type PrivateKeyInput } from "../keys/private-key.ts";
export { nodeVerifier, publicKeyVerifier, type PublicKeyInput } from "../keys/public-key.ts";
export { AmazonPayError } from "../errors/amazon-pay-error.ts";
export { KeyError, type KeyErrorCode } from "../errors/key-error.ts";
export { SignatureFormatError, type SignatureFormatErrorCode } from "../errors/signature-format-error.ts";
