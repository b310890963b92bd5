/** The instrumentation scope: what spans and instruments say they come from. */
export const SCOPE = { name: "@amazon-pay-kit/opentelemetry", version: "0.1.0" } as const;
