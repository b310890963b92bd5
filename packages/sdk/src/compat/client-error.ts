import { AbortedError, ConnectionError, TimeoutError } from "../errors/call-error.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import type { CalledWith, ClientAnswer } from "./answer.ts";
import { isText } from "../kind.ts";

/** What the official client's errors look like, as far as applications read them. */
export interface ClientErrorContext {
  readonly config: CalledWith;
  /** `undefined` where no answer came. */
  readonly response: ClientAnswer<unknown> | undefined;
  /** This package's own error, which knows more: reason code, request id, advice. */
  readonly cause: unknown;
}

function codeOf({ response, cause }: ClientErrorContext): string {
  if (response !== undefined) return response.status < 500 ? "ERR_BAD_REQUEST" : "ERR_BAD_RESPONSE";
  if (cause instanceof AbortedError) return "ERR_CANCELED";
  if (cause instanceof TimeoutError) return "ECONNABORTED";
  return errnoOf(cause) ?? (cause instanceof ConnectionError ? "ERR_NETWORK" : "ERR_BAD_OPTION");
}

/** The code of the system's error at the bottom, for example `ECONNREFUSED`. */
function errnoOf(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { readonly code?: unknown };
    if (isText(code) && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  }
  return undefined;
}

function messageOf({ response, cause }: ClientErrorContext): string {
  if (response !== undefined) return `Request failed with status code ${response.status}`;
  return cause instanceof Error ? cause.message : "Request failed";
}

/**
 * What a rejected call of these classes gives: `err.response.status`, `err.response.data.reasonCode` and `err.code` are
 * where the official SDK (through axios) has them. Unlike there, no header of the request is in it, so it can be logged.
 *
 * @example
 * client.createCharge(payload, headers).catch((err) => {
 *   if (err.response?.data.reasonCode === "SoftDeclined") return askAgain();
 *   throw err;
 * });
 */
export class ClientError extends AmazonPayError {
  override name = "AxiosError";
  /** As axios has it: `ERR_BAD_REQUEST`, `ERR_BAD_RESPONSE`, `ECONNABORTED`, `ECONNREFUSED` and others. */
  readonly code: string;
  /** Always true, for programs that ask. */
  readonly isAxiosError = true;
  /** What was called; without headers, because they hold the signature. */
  readonly config: CalledWith;
  /** Something that is there once a request was sent, as with axios. */
  readonly request: CalledWith;
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** The service's answer, `data.reasonCode` and `data.message` in it; undefined where none came. */
  readonly response: ClientAnswer<unknown> | undefined;

  constructor(context: ClientErrorContext) {
    super(messageOf(context), { cause: context.cause });
    this.code = codeOf(context);
    this.config = context.config;
    this.request = context.config;
    this.status = context.response?.status;
    this.response = context.response;
  }
}
