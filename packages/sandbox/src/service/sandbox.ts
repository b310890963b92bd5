import type { CertificateBook } from "../certificates/certificate-book.ts";
import type { Control } from "./control.ts";
import type { RunningEngine } from "../engine/engine.ts";
import type { EventLog } from "../events/event-log.ts";
import type { SandboxMerchant } from "../merchants/sandbox-merchant.ts";
import type { Answer, Call } from "../http/call.ts";
import type { NewMerchant } from "./merchant-book.ts";
import type { Settings } from "../settings.ts";

/** The sandbox's clock. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Moves the clock on; what is due in between happens in order, each at its time.
   *
   * @param by milliseconds, or an ISO 8601 duration such as `P1D`
   */
  advance(by: number | string): Promise<void>;
  /** Moves the clock to a moment; backwards nothing is undone. */
  moveTo(instant: number): Promise<void>;
}

/** Amazon Pay on your own machine. */
export interface Sandbox {
  /** Handles a request in this process, without a socket. Only the path matters, not the host. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same without `Request` and `Response`, for servers. */
  readonly handle: (call: Call) => Answer | Promise<Answer>;
  /** As `handle`, for servers that answer many calls at once: no answer may go out before `settle` was called after it. */
  readonly accept: (call: Call) => Answer | Promise<Answer>;
  /** Makes durable what all accepted calls have changed; what it gives goes out in place of their answers. */
  readonly settle: () => Answer | undefined;
  readonly engine: RunningEngine;
  readonly settings: Settings;
  /** What went wrong while the clock went on: a fault of the sandbox, of which no caller was told. */
  readonly failures: readonly string[];
  readonly events: EventLog;
  readonly clock: SandboxClock;
  /** Every merchant with its keys; private keys are there for the keys that the sandbox made. */
  readonly merchants: readonly SandboxMerchant[];
  /** Calls the control plane: `control("POST", "/clock", { advance: "P1D" })`. @throws ControlError */
  readonly control: Control;
  /** Where answers say that this sandbox is; a server that listens writes it here. */
  readonly place: { origin: string; secureOrigin: string };
  readonly certificates: CertificateBook;
  /** Where a private key lies; undefined where keys are in memory only. */
  keyFileOf(publicKeyId: string): string | undefined;
  /** Adds a merchant, with keys that the sandbox makes or with the caller's own public key. */
  addMerchant(spec: NewMerchant): Promise<SandboxMerchant>;
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
  /** Runs what is due by now; servers call it every now and then. */
  tick(): void;
  /** The whole state as text; {@link restore} puts it back, also into another sandbox. */
  snapshot(): string;
  /** @throws SnapshotError for text that is not a snapshot */
  restore(snapshot: string): void;
  /** Resets to the state after start: the first merchants with their keys, and nothing else. */
  reset(): void;
  /** Ends deliveries under way and closes the durable state. */
  close(): Promise<void>;
}
