import type { ControlAccess } from "./control/loopback-only.ts";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { CertificatePair } from "./certificates/certificate.ts";
import type { Engine } from "./engine/engine.ts";
import type { Refusal } from "./faults/apply-fault.ts";
import type { EventLog } from "./events/event-log.ts";
import type { Settings } from "./settings.ts";
import type { Answer, Call } from "./http/call.ts";

/** What a module gets when it is installed. */
export interface SandboxContext {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly events: EventLog;
  /** The base clock, for waiting; the sandbox's own time is `engine.now()`. */
  readonly clock: Clock;
  /** Where this sandbox is reached from this machine: `http://127.0.0.1:8580`, in-process `http://sandbox.invalid`. */
  readonly origin: () => string;
  /** The same over HTTPS: `https://127.0.0.1:8543`, in-process `https://sandbox.invalid`. */
  readonly secureOrigin: () => string;
  /** An RSA certificate of the sandbox's authority for these hosts; the same hosts get the same one. */
  readonly issueCertificate: (hosts: readonly string[]) => Promise<CertificatePair>;
  /** Calls the control plane. @throws ControlError */
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Whom the control plane answers; pages that show the same must be as open, and no more. */
  readonly controlAccess: ControlAccess;
}

/** A path with its handler. Exact segments, `:name` for one segment, `*` at the end for all the rest. */
export interface Route {
  /** `*` takes every method. */
  readonly method: string;
  readonly path: string;
  readonly handle: (call: Call, params: Readonly<Record<string, string>>) => Answer | Promise<Answer>;
  /** How an error looks here, for faults that are asked for. Default: API v2's JSON. */
  readonly refuse?: Refusal | undefined;
  /** Whether calls are kept in the event log. Default true; false for pages that show the log. */
  readonly logged?: boolean;
}

/** A call of the control API, below `/_sandbox`. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "DELETE" | "PUT";
  /** For example `/settlements` or `/charges/:id/chargeback`. */
  readonly path: string;
  /** Names that the query may have; another one is refused, so that a misspelt one does not go unnoticed. Default: none. */
  readonly query?: readonly string[] | undefined;
  /** Names that the body's members may have; another one is refused for the same reason. Default: none. */
  readonly members?: readonly string[] | undefined;
  /**
   * Answers 200 with the value as JSON; a promise is awaited.
   *
   * @throws ControlError for what the caller should know
   */
  readonly handle: (request: ControlRequest) => unknown;
}

/** A call of the control API, read. */
export interface ControlRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body; an empty object when none was sent. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly origin: string;
}

/** What an installed module answers. */
export interface ModuleSurface {
  readonly routes?: readonly Route[];
  readonly control?: readonly ControlRoute[];
  /**
   * Resolves when nothing that the module started is still under way (deliveries); undefined where nothing is. Awaited
   * after each scheduled task while the clock is moved.
   */
  readonly idle?: () => Promise<void> | undefined;
  /** Frees what the module holds. */
  readonly close?: () => void | Promise<void>;
}

/** A part of the sandbox; `service/modules.ts` lists them. Their folders have no circle (`tools/lint/circles.mjs`). */
export interface Module {
  readonly name: string;
  /** Adds listeners, schedule handlers and collections to the engine, once per sandbox. */
  install(context: SandboxContext): ModuleSurface;
}
