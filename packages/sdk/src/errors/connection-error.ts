import { CallError, type CallContext } from "./call-error.ts";

/** What happened to the connection. */
export type ConnectionErrorCode =
  | "connection.refused"
  | "connection.dns"
  | "connection.reset"
  | "connection.tls"
  | "connection.proxy"
  | "connection.failed";

/** No answer came, or only a part of one. Whether the service did the work is not known, save for `refused` and `dns`. */
export class ConnectionError extends CallError {
  override name = "ConnectionError";
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, context: CallContext) {
    super(message, context);
    this.code = code;
  }
}
