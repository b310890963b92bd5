import { KitError } from "@amazon-pay-kit/money";
import { EXIT, type ExitStatus } from "../errors.ts";

const STATUS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.hungUp } as const;

/** Why the work of a command was ended before its time: Ctrl-C, or the system told the process to end. */
export class Stopped extends KitError {
  override readonly name = "Stopped";
  readonly code = "stopped";
  readonly exitStatus: ExitStatus;

  constructor(signal: keyof typeof STATUS) {
    super(`stopped by ${signal}`);
    this.exitStatus = STATUS[signal];
  }
}

/** Printed when a command was stopped. */
export const STOPPED_MESSAGE = "stopped: nothing is left half done; run the command again and it goes on from there";

/** The exit status of a command that its signal ended. */
export function stoppedStatus(signal: AbortSignal): ExitStatus {
  const reason: unknown = signal.reason;
  return reason instanceof Stopped ? reason.exitStatus : EXIT.interrupted;
}
