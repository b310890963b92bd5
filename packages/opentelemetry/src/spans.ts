import type { CallEvent, DoneEvent, RequestEvent, ResponseEvent, RetryEvent } from "@amazon-pay-kit/sdk";
import {
  type Context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  context,
  createContextKey,
  trace,
} from "@opentelemetry/api";
import { callOf, requestOf, responseOf } from "./attributes.ts";
import { SCOPE } from "./scope.ts";

/**
 * By this key OpenTelemetry's SDK marks a context in which nothing is traced; `suppressTracing` of `@opentelemetry/core` sets
 * the same. While an attempt is sent it is set, so that an instrumentation of `fetch` or `node:https` does not make a second
 * span of it, nor sends the trace's id to Amazon.
 */
const SUPPRESS_TRACING = createContextKey("OpenTelemetry SDK Context Key SUPPRESS_TRACING");

/** A call under way. */
interface OpenCall {
  readonly span: Span;
  readonly context: Context;
  /** The attempt that is being sent. */
  attempt?: Span | undefined;
}

/** Spans of calls and their attempts. */
export interface Spans {
  readonly aroundCall: (event: CallEvent, run: () => void) => void;
  readonly aroundAttempt: (event: RequestEvent, run: () => void) => void;
  /** Ends the span of an attempt. */
  readonly response: (event: ResponseEvent) => void;
  readonly retry: (event: RetryEvent) => void;
  /** Ends the span of a call. */
  readonly done: (event: DoneEvent) => void;
}

/** Makes spans with the tracer of a provider. */
export function spansOf(provider: TracerProvider): Spans {
  const tracer = provider.getTracer(SCOPE.name, SCOPE.version);
  const open = new Map<number, OpenCall>();
  return {
    aroundCall: (event, run) => {
      const parent = context.active();
      const span = tracer.startSpan(
        `AmazonPay ${event.operation}`,
        { kind: SpanKind.INTERNAL, attributes: callOf(event) },
        parent,
      );
      const within = trace.setSpan(parent, span);
      open.set(event.callId, { span, context: within });
      context.with(within, run);
    },
    aroundAttempt: (event, run) => {
      const call = open.get(event.callId);
      if (call === undefined) {
        run();
        return;
      }
      const key = event.headers["x-amz-pay-idempotency-key"];
      if (key !== undefined) call.span.setAttribute("amazon_pay.idempotency_key", key);
      const span = tracer.startSpan(
        `${event.method} ${event.template}`,
        { kind: SpanKind.CLIENT, attributes: requestOf(event) },
        call.context,
      );
      call.attempt = span;
      context.with(trace.setSpan(call.context, span).setValue(SUPPRESS_TRACING, true), run);
    },
    response: (event) => {
      const call = open.get(event.callId);
      const span = call?.attempt;
      if (call === undefined || span === undefined) return;
      call.attempt = undefined;
      span.setAttributes(responseOf(event));
      // What the status says needs no description.
      if (event.error !== undefined)
        fail(span, event.status !== undefined && event.status >= 400 ? undefined : event.error);
      span.end();
    },
    retry: (event) => {
      const attributes = { "error.type": event.error, "amazon_pay.retry.delay": event.delayMs / 1000 };
      open.get(event.callId)?.span.addEvent("amazon_pay.retry", attributes);
    },
    done: (event) => {
      const call = open.get(event.callId);
      if (call === undefined) return;
      open.delete(event.callId);
      call.span.setAttribute("amazon_pay.attempts", event.attempt);
      if (event.error !== undefined) {
        call.span.setAttribute("error.type", event.error);
        fail(call.span, event.error);
      }
      call.span.end();
    },
  };
}

function fail(span: Span, message: string | undefined): void {
  span.setStatus({ code: SpanStatusCode.ERROR, ...(message !== undefined && { message }) });
}
