import { ConfigurationError, type Hooks } from "@amazon-pay-kit/sdk";
import { type MeterProvider, type TracerProvider, metrics, trace } from "@opentelemetry/api";
import { type Instruments, instrumentsOf } from "./instruments.ts";
import { spansOf } from "./spans.ts";

/** What is recorded, and through which providers. */
export interface TelemetryOptions {
  /** Makes the spans; `false` for none. Default: the global provider, also one that is registered later. */
  readonly tracerProvider?: TracerProvider | false | undefined;
  /** Counts; `false` for nothing. Default: the global provider, as it is when the first call is made. */
  readonly meterProvider?: MeterProvider | false | undefined;
  /** Further hooks, which are called as well. */
  readonly hooks?: Hooks | undefined;
}

const NAMES: readonly (keyof TelemetryOptions)[] = ["tracerProvider", "meterProvider", "hooks"];

/**
 * Hooks for `new AmazonPay({ hooks })` that trace and count every call. One set may serve any number of clients.
 *
 * @example const pay = AmazonPay.fromEnv({ hooks: openTelemetryHooks() });
 * @throws ConfigurationError `config.option`
 */
export function openTelemetryHooks(options: TelemetryOptions = {}): Hooks {
  check(options);
  const { tracerProvider, meterProvider, hooks: own = {} } = options;
  const spans = tracerProvider === false ? undefined : spansOf(tracerProvider ?? trace.getTracerProvider());
  let made: Instruments | undefined;
  // An instrument of the global meter counts nothing for ever when it was made before the SDK was registered.
  const instruments = (): Instruments | undefined =>
    meterProvider === false ? undefined : (made ??= instrumentsOf(meterProvider ?? metrics.getMeterProvider()));
  return {
    request: (event) => own.request?.(event),
    response: (event) => {
      spans?.response(event);
      instruments()?.request(event);
      own.response?.(event);
    },
    retry: (event) => {
      spans?.retry(event);
      instruments()?.retry(event);
      own.retry?.(event);
    },
    done: (event) => {
      spans?.done(event);
      instruments()?.call(event);
      own.done?.(event);
    },
    aroundCall: around(spans?.aroundCall, own.aroundCall),
    aroundAttempt: around(spans?.aroundAttempt, own.aroundAttempt),
  };
}

type Around<Event> = (event: Event, run: () => void) => void;

/** The first around the second; each may be missing, and the second may do as it likes. */
function around<Event>(outer: Around<Event> | undefined, inner: Around<Event> | undefined): Around<Event> {
  return (event, run) => {
    const within = (): void => {
      if (inner === undefined) run();
      else inner(event, run);
    };
    if (outer === undefined) within();
    else outer(event, within);
  };
}

function check(options: TelemetryOptions): void {
  if (Object(options) !== options) throw refused("openTelemetryHooks takes an object of options");
  for (const name of Object.keys(options)) {
    if (!NAMES.includes(name as keyof TelemetryOptions))
      throw refused(`unknown option \`${name}\`: there are ${NAMES.join(", ")}`);
  }
  const { tracerProvider, meterProvider, hooks } = options;
  const lacks = (value: unknown, method: string): boolean =>
    value !== undefined && value !== false && typeof (value as Record<string, unknown> | null)?.[method] !== "function";
  if (lacks(tracerProvider, "getTracer"))
    throw refused("`tracerProvider` has no getTracer(): pass the provider, not a tracer, or false");
  if (lacks(meterProvider, "getMeter"))
    throw refused("`meterProvider` has no getMeter(): pass the provider, not a meter, or false");
  if (hooks !== undefined && Object(hooks) !== hooks) throw refused("`hooks` must be an object of functions");
}

function refused(message: string): ConfigurationError {
  return new ConfigurationError("config.option", message);
}
