import type { AlgorithmName } from "../operations/algorithms.ts";

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

/** What is known about a refused signature. */
export interface RefusedSignature {
  /** As it was signed here. */
  readonly canonicalRequest: string;
  /** Algorithm that the request was signed with. */
  readonly algorithm: AlgorithmName;
  /** The exact body that was sent; empty for none. */
  readonly body: string;
  /** Message of the service's 403. */
  readonly serviceMessage: string;
  /** `Date` of the service's answer; with it a wrong clock is found. */
  readonly serviceDate?: string | undefined;
}

/** Finds out why the service refused a signature. */
export type DiagnoseSignature = (refused: RefusedSignature) => SignatureDiagnosis;

/** The diagnosis of a client that was connected without one. */
export const withoutDiagnosis: DiagnoseSignature = ({ canonicalRequest }) => ({
  cause: "unknown",
  explanation: "The cause was not looked for.",
  advice: "Pass { diagnose: diagnoseSignature } to connect, or run apay doctor, to have it named.",
  ownStringToSign: "",
  serviceStringToSign: undefined,
  canonicalRequest,
});
