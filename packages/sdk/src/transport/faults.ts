import type { ConnectionErrorCode } from "../errors/call-error.ts";
import { ProxyFailure } from "./proxy.ts";

/** What a failed exchange means. */
export interface Fault {
  readonly code: ConnectionErrorCode;
  /** Whether trying again may help. */
  readonly passing: boolean;
  /** Whether the request may have reached the service. */
  readonly sent?: true;
  /** What happened, and for faults that stay, what to do. */
  readonly words: string;
}

const REFUSED: Fault = { code: "connection.refused", passing: true, words: "nothing accepts connections there" };
const DNS: Fault = { code: "connection.dns", passing: true, words: "the host's name could not be looked up" };
const RESET: Fault = {
  code: "connection.reset",
  passing: true,
  sent: true,
  words: "the connection broke off before the whole answer had come",
};
const TLS: Fault = {
  code: "connection.tls",
  passing: false,
  words: "the server's certificate could not be verified; pass the certificate authority as `ca` if it is your own",
};
const NOT_YET: Fault = {
  code: "connection.tls",
  passing: false,
  words: "the server's certificate is not valid yet: the clock of this machine is behind, so set it (NTP)",
};
const EXPIRED: Fault = {
  code: "connection.tls",
  passing: false,
  words:
    "the server's certificate has expired: set the clock of this machine (NTP) if it is ahead; else the certificate has to be renewed there",
};
const FAILED: Fault = { code: "connection.failed", passing: true, sent: true, words: "the connection failed" };

const BY_CODE: Readonly<Record<string, Fault>> = {
  __proto__: null as never,
  ECONNREFUSED: REFUSED,
  ConnectionRefused: REFUSED,
  ENOTFOUND: DNS,
  EAI_AGAIN: DNS,
  ECONNRESET: RESET,
  ECONNABORTED: RESET,
  EPIPE: RESET,
  UND_ERR_SOCKET: RESET,
  HPE_INVALID_EOF_STATE: RESET,
  ERR_STREAM_PREMATURE_CLOSE: RESET,
  CERT_NOT_YET_VALID: NOT_YET,
  CERT_HAS_EXPIRED: EXPIRED,
};

/** Codes of OpenSSL and Node for a certificate that is not to be trusted, and for TLS that cannot be spoken. */
const TLS_CODES = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_)/;

/** What a fault thrown by a transport means. Looks at the codes of the error and of its causes: fetch wraps the real one. */
export function faultOf(error: unknown): Fault {
  if (error instanceof ProxyFailure) {
    const wanted = error.status === 407;
    const how = wanted ? "; it asks for a user and a password: http://user:password@host:port" : "";
    return { code: "connection.proxy", passing: !wanted && error.status !== 403, words: error.message + how };
  }
  for (const code of codesOf(error)) {
    const known = BY_CODE[code];
    if (known !== undefined) return known;
    if (TLS_CODES.test(code)) return TLS;
  }
  return FAILED;
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (
    let current: unknown = error, depth = 0;
    typeof current === "object" && current !== null && depth < 4;
    depth += 1
  ) {
    const { code, cause, errors } = current as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string") codes.push(code);
    current = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return codes;
}
