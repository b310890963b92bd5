/** Traces and metrics of an Amazon Pay client, by OpenTelemetry's conventions for HTTP. */
export { openTelemetryHooks, type TelemetryOptions } from "./hooks.ts";
