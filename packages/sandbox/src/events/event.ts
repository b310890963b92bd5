import type { Transition } from "../engine/objects/index.ts";

/** One call as the event log shows it: without secrets and without buyer data. */
export interface SandboxEvent {
  /** Counts up from 1. */
  readonly eventId: number;
  /** Moment on the sandbox's clock. */
  readonly at: number;
  readonly merchantId: string | null;
  readonly environment: "sandbox" | "live" | null;
  /** Name of the API v2 operation; null for other calls. */
  readonly operation: string | null;
  readonly requestId: string | null;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Parsed where it is JSON, otherwise text; null for none. */
    readonly body: unknown;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly signature: SignatureFinding | null;
  /** Fault that was put in, if any. */
  readonly fault: string | null;
  readonly changes: readonly StateChange[];
}

/** What the verification of a request's signature found. */
export interface SignatureFinding {
  readonly valid: boolean;
  readonly publicKeyId: string | null;
  readonly algorithm: string | null;
  /** As the service builds it. */
  readonly canonicalRequest: string | null;
  readonly stringToSign: string | null;
  /** Likeliest cause of a failure, and what to do; null for a good signature. */
  readonly explanation: { readonly cause: string; readonly advice: string } | null;
}

/** An object that went from one state to another during the call. */
export interface StateChange extends Transition {
  readonly object: string;
  readonly id: string;
}
