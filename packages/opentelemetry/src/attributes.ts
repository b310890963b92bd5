import type { CallEvent, ResponseEvent } from "@amazon-pay-kit/sdk";
import type { Attributes } from "@opentelemetry/api";

const DEFAULT_PORT: Readonly<Record<string, number>> = { __proto__: null as never, "https:": 443, "http:": 80 };

/** Where a request goes. */
export function serverOf(event: CallEvent): Attributes {
  const { hostname, port, protocol } = new URL(event.origin);
  return {
    // The address of an IPv6 host is written without the brackets that a URL needs.
    "server.address": hostname.replace(/^\[(.*)\]$/, "$1"),
    "server.port": port === "" ? DEFAULT_PORT[protocol] : Number(port),
  };
}

/** What a call is, in words of Amazon Pay. */
export function callOf(event: CallEvent): Attributes {
  return {
    "amazon_pay.operation": event.operation,
    "amazon_pay.region": event.region,
    "amazon_pay.environment": event.environment,
  };
}

/** One request, for its span. */
export function requestOf(event: CallEvent): Attributes {
  return {
    ...serverOf(event),
    ...callOf(event),
    "http.request.method": event.method,
    // The client's own mark would not be valid in an address.
    "url.full": event.origin + event.path.replaceAll("[redacted]", "REDACTED"),
    "url.template": event.template,
    ...(event.attempt > 1 && { "http.request.resend_count": event.attempt - 1 }),
  };
}

/** Why an attempt failed: the status as text where there was one that means it, else the client's code. */
export function attemptError({ status, error }: ResponseEvent): string | undefined {
  if (error === undefined) return undefined;
  return status !== undefined && status >= 400 ? String(status) : error;
}

/** How one request was answered, for its span. */
export function responseOf(event: ResponseEvent): Attributes {
  const failed = attemptError(event);
  return {
    ...(event.status !== undefined && { "http.response.status_code": event.status }),
    ...(failed !== undefined && { "error.type": failed }),
    ...(event.requestId !== null && { "amazon_pay.request_id": event.requestId }),
    ...(event.reasonCode !== null && { "amazon_pay.reason_code": event.reasonCode }),
    ...(event.error !== undefined && { "amazon_pay.error_code": event.error }),
  };
}
