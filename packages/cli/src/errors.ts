import { KitError } from "@amazon-pay-kit/money";

/** Exit status of `apay`: contract of the command line. */
export const EXIT = {
  /** Done. */
  done: 0,
  /** Done, and problems were found: bad rows, exceptions. */
  problems: 1,
  /** Cannot be carried out: usage, configuration, unusable file. */
  impossible: 2,
  /** Not now: the service could not be reached, or refused after retries, or another process is at the same work. */
  service: 3,
  /** The terminal was closed (SIGHUP). */
  hungUp: 129,
  /** Stopped by Ctrl-C (SIGINT), as shells count it: 128 and the number of the signal. */
  interrupted: 130,
  /** Told to end (SIGTERM). */
  terminated: 143,
} as const;

/** One of the exit statuses. */
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** An error that a person is meant to read: what was wrong, where, and what to do about it. */
export class CliError extends KitError {
  override readonly name = "CliError";
  /** Stable code, e.g. `config.missing-key`. */
  readonly code: string;
  readonly exitStatus: ExitStatus;
  /** What is wrong line by line, where a file was refused; beside the error in the JSON document. */
  readonly problems: readonly object[] | undefined;

  constructor(
    code: string,
    message: string,
    options: { exitStatus?: ExitStatus; remedy?: string; cause?: unknown; problems?: readonly object[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.exitStatus = options.exitStatus ?? EXIT.impossible;
    this.problems = options.problems;
  }
}
