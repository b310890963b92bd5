/** What an error answer says: the service's two members, or what can be made of a gateway's page. */
export interface ServiceAnswer {
  readonly reasonCode: string | null;
  readonly message: string;
}

/**
 * Reads the body of an error answer. Gateways answer with HTML or with nothing (API v2 reference); neither is quoted, since it says nothing about the call.
 */
export function readErrorBody(status: number, body: string): ServiceAnswer {
  const text = body.trim();
  if (text === "")
    return { reasonCode: null, message: "the answer is empty: a gateway answered in place of the service" };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const kind = text.startsWith("<") ? "an HTML or XML page" : "no JSON";
    return { reasonCode: null, message: `the answer is ${kind}: a gateway answered in place of the service` };
  }
  const { reasonCode, message } = (typeof parsed === "object" && parsed !== null ? parsed : {}) as Record<
    string,
    unknown
  >;
  return {
    reasonCode: typeof reasonCode === "string" && reasonCode !== "" ? reasonCode : null,
    message:
      typeof message === "string" && message !== ""
        ? message.replaceAll(QUOTED_SIGNATURE, "$1[redacted]")
        : `no message was given with status ${status}`,
  };
}

/** The service quotes a signature that it refuses. It is of no help, and messages end in logs, where no signature belongs. */
const QUOTED_SIGNATURE = /(\bsignature\s*)\[[A-Za-z0-9+/=\s]{40,}\]/gi;
