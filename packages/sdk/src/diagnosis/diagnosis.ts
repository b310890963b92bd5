/** What kind of mistake explains a refused signature. */
export type SignatureCause =
  | "clock"
  | "key"
  | "algorithm"
  | "body"
  | "method"
  | "path"
  | "query"
  | "region"
  | "host"
  | "date"
  | "header"
  | "unknown-change"
  | "unknown";

/** Why the service refused a signature, as far as it can be told. */
export interface SignatureDiagnosis {
  /** The likely cause, for programs. */
  readonly cause: SignatureCause;
  /** What happened, in a sentence. */
  readonly explanation: string;
  /** What to do, in a sentence. */
  readonly advice: string;
  /** What was signed here: algorithm and hash. */
  readonly ownStringToSign: string;
  /** What the service built, where its message shows it. */
  readonly serviceStringToSign: string | undefined;
  /** The request as it was signed here. */
  readonly canonicalRequest: string;
}
