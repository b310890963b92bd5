import type { DoneEvent, ResponseEvent, RetryEvent } from "@amazon-pay-kit/sdk";
import type { MeterProvider } from "@opentelemetry/api";
import { attemptError, callOf, serverOf } from "./attributes.ts";
import { SCOPE } from "./scope.ts";

/** Limits of the buckets, in seconds, that the conventions advise for requests. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** The same for whole calls, which may wait between attempts for as long as `totalTimeoutMs` lets them. */
const CALL_SECONDS = [...SECONDS, 15, 30, 60, 90];

/** Counts requests, retries and calls. */
export interface Instruments {
  readonly request: (event: ResponseEvent) => void;
  readonly retry: (event: RetryEvent) => void;
  readonly call: (event: DoneEvent) => void;
}

/** Makes the instruments of a meter. */
export function instrumentsOf(provider: MeterProvider): Instruments {
  const meter = provider.getMeter(SCOPE.name, SCOPE.version);
  const requests = meter.createHistogram("http.client.request.duration", {
    description: "Duration of HTTP client requests.",
    unit: "s",
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const calls = meter.createHistogram("amazon_pay.client.call.duration", {
    description: "Duration of calls of the Amazon Pay client, with all attempts and the pauses between them.",
    unit: "s",
    advice: { explicitBucketBoundaries: CALL_SECONDS },
  });
  const retries = meter.createCounter("amazon_pay.client.retries", {
    description: "Attempts that the Amazon Pay client made again.",
    unit: "{retry}",
  });
  return {
    request: (event) => {
      const failed = attemptError(event);
      requests.record(event.durationMs / 1000, {
        ...serverOf(event),
        ...callOf(event),
        "http.request.method": event.method,
        "url.template": event.template,
        ...(event.status !== undefined && { "http.response.status_code": event.status }),
        ...(failed !== undefined && { "error.type": failed }),
      });
    },
    retry: (event) => {
      retries.add(1, { ...callOf(event), "error.type": event.error });
    },
    call: (event) => {
      calls.record(event.durationMs / 1000, {
        ...callOf(event),
        ...(event.error !== undefined && { "error.type": event.error }),
      });
    },
  };
}
