/** What Amazon Pay or the bank still owes, as letters and lists. */
export {
  type Claim,
  type ClaimFilter,
  type Claims,
  type ClaimSum,
  type Debtor,
  type LeftOut,
  listClaims,
} from "./claims.ts";
export { CLAIM_KINDS, type ClaimKind } from "./kinds.ts";
export { type ClaimFile, claimFiles, type LetterFacts } from "./letters.ts";
