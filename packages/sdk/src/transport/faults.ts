import type { ConnectionErrorCode } from "../errors/call-error.ts";
import { ProxyFailure } from "./proxy.ts";
import { isObject, isText } from "../kind.ts";

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

const fault = (code: ConnectionErrorCode, words: string, passing = true, sent?: true): Fault => ({
  code,
  passing,
  ...(sent && { sent }),
  words,
});
const tls = (why: string): Fault => fault("connection.tls", `the server's certificate ${why}`, false);

const REFUSED = /* @__PURE__ */ fault("connection.refused", "nothing accepts connections there");
const DNS = /* @__PURE__ */ fault("connection.dns", "the host's name could not be looked up");
const RESET = /* @__PURE__ */ fault(
  "connection.reset",
  "the connection broke off before the whole answer had come",
  true,
  true,
);
const TLS = /* @__PURE__ */ tls("could not be verified; pass the certificate authority as `ca` if it is your own");
const NOT_YET = /* @__PURE__ */ tls("is not valid yet: the clock of this machine is behind, so set it (NTP)");
const EXPIRED = /* @__PURE__ */ tls(
  "has expired: set the clock of this machine (NTP) if it is ahead; else the certificate has to be renewed there",
);
const NO_TLS = /* @__PURE__ */ fault(
  "connection.tls",
  "TLS could not be agreed on: the port may be one for plain http://, or the other side wants another version",
  false,
);
const NO_HTTP = /* @__PURE__ */ fault(
  "connection.failed",
  "what came back is no HTTP that can be read: another program answers on that port, or a proxy in between",
  true,
  true,
);
const FAILED = /* @__PURE__ */ fault("connection.failed", "the connection failed", true, true);

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
  EPROTO: NO_TLS,
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
    if (/^ERR_SSL_(?!CERT)/.test(code)) return NO_TLS;
    if (TLS_CODES.test(code)) return TLS;
    if (/^(HPE_|UND_ERR_HEADERS_OVERFLOW)/.test(code)) return NO_HTTP;
  }
  return FAILED;
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let current: unknown = error, depth = 0; isObject(current) && depth < 4; depth += 1) {
    const { code, cause, errors } = current as { code?: unknown; cause?: unknown; errors?: unknown };
    if (isText(code)) codes.push(code);
    current = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return codes;
}
