/** What can be wrong with the options. */
export type TelemetryErrorCode = "telemetry.option";

/** An option that cannot be used. */
export class TelemetryError extends Error {
  /** Stable, for programs. */
  readonly code: TelemetryErrorCode;

  constructor(message: string) {
    super(message);
    this.name = "TelemetryError";
    this.code = "telemetry.option";
  }
}
