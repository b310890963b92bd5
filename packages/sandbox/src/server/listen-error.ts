import { SandboxError } from "../errors.ts";

/** Why a server cannot listen. */
export type ListenErrorCode = "server.port-taken" | "server.port-forbidden" | "server.cannot-listen";

/** The server cannot listen. The message names the host and port and says what to do. */
export class ListenError extends SandboxError {
  override name = "ListenError";
  readonly code: ListenErrorCode;

  constructor(code: ListenErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

/** The error for what the operating system said. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number, option: string): ListenError {
  const place = `${host}:${port}`;
  const cause = { cause: error };
  if (error.code === "EADDRINUSE") {
    return new ListenError(
      "server.port-taken",
      `port ${port} is taken: something else listens on ${place}. Choose another with ${option}, or 0 for a free one`,
      cause,
    );
  }
  if (error.code === "EACCES") {
    return new ListenError(
      "server.port-forbidden",
      `not allowed to listen on ${place}: choose another port with ${option}`,
      cause,
    );
  }
  return new ListenError("server.cannot-listen", `cannot listen on ${place}: ${error.message}`, cause);
}
