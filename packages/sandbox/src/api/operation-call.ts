import type { Operation } from "@amazon-pay-kit/sdk/operations";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { Settings } from "../settings.ts";

/** A call of an API v2 operation that has passed signature, throttling and the checks of its request table. */
export interface OperationCall {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly operation: Operation;
  /** Whose objects it is about: the signer, or the merchant that the auth token names. */
  readonly merchant: Merchant;
  readonly environment: "sandbox" | "live";
  /** Variable segments of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The checked JSON body; an empty object where the operation has none. */
  readonly body: JsonObject;
  /** Query parameters by name, decoded. */
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Value of `x-amz-pay-simulation-code`. */
  readonly simulationCode: string | undefined;
  /** Scheme and host that the caller used. */
  readonly origin: string;
  /** Scheme and host of the hosted pages, for addresses that a browser opens. */
  readonly pages: string;
}

/** What an operation answers. */
export interface OperationAnswer {
  /** Default: the operation's usual success status. */
  readonly status?: number;
  /** Sent as JSON, members in this order. Left out: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Carries out an operation.
 *
 * Check everything before changing anything: what is thrown after a change leaves the change in place.
 *
 * @throws ServiceError for a refusal
 */
export type OperationHandler = (call: OperationCall) => OperationAnswer;

/** Members of a JSON object; read with `Object.hasOwn` in mind only where names are data. */
export type JsonObject = Readonly<Record<string, unknown>>;
