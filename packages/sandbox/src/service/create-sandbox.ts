import { join } from "node:path";
import { formatInstant, parseDuration, readInstant } from "@amazon-pay-kit/money";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { hex, systemRandom } from "@amazon-pay-kit/sdk/random";
import { Dispatcher } from "../api/dispatch.ts";
import { RequestIds } from "../api/request-ids.ts";
import { folderCertificates, memoryCertificates } from "../certificates/certificate-book.ts";
import { ControlError } from "../control/control-error.ts";
import { ControlPlane } from "../control/control-plane.ts";
import { onlyMembers, optionalText } from "../control/read-members.ts";
import { EventKeeper } from "../durable/event-keeper.ts";
import { rememberInitialSnapshot, restoreInitialSnapshot } from "../durable/initial-snapshot.ts";
import { putSnapshot, takeSnapshot } from "../durable/snapshot.ts";
import { MEMORY } from "../durable/store.ts";
import { createEngine } from "../engine/create-engine.ts";
import { EventLog } from "../events/event-log.ts";
import { faultCalls } from "../faults/control.ts";
import { FaultBook } from "../faults/fault-book.ts";
import type { Answer } from "../http/call.ts";
import { callOf, responseOf } from "../http/fetch-adapter.ts";
import { folderKeyRing, keySource, memoryKeyRing } from "../merchants/key-ring.ts";
import { DEFAULT_MERCHANTS } from "../merchants/make-merchant.ts";
import type { ControlRoute, ModuleSurface, SandboxContext } from "../module.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings.ts";
import type { Control } from "./control.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { eventCalls } from "./event-calls.ts";
import { MerchantBook } from "./merchant-book.ts";
import { merchantCalls } from "./merchant-calls.ts";
import { MODULES } from "./modules.ts";
import { OPERATION_HANDLERS } from "./operation-handlers.ts";
import type { SandboxOptions } from "./options.ts";
import { sandboxClock } from "./sandbox-clock.ts";
import type { Sandbox } from "./sandbox.ts";
import { Service } from "./service.ts";
import { stateCalls } from "./state-calls.ts";

/** Earliest and latest moment that the clock may show: four-digit years only. */
const FIRST = Date.UTC(2000, 0, 1);
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `GET /_sandbox/clock` · `POST /_sandbox/clock` `{"advance":"P1D"}` or `{"now":"2026-01-31T00:00:00Z"}`. */
function clockCalls(sandbox: Sandbox): ControlRoute[] {
  const show = (): unknown => ({
    now: formatInstant(sandbox.clock.now()),
    machineTime: formatInstant(sandbox.engine.realNow()),
    tasks: sandbox.engine.state.tasks.size,
  });
  return [
    { method: "GET", path: "/clock", handle: show },
    {
      method: "POST",
      path: "/clock",
      handle: async ({ body }) => {
        onlyMembers(body, "advance", "now");
        const advance = optionalText(body, "advance");
        const moment = optionalText(body, "now");
        if ((advance === undefined) === (moment === undefined)) {
          throw new ControlError(
            "control.missing",
            'say either {"advance":"P1D"} or {"now":"2026-01-31T00:00:00Z"}, and not both',
          );
        }
        if (advance !== undefined) {
          requireDuration(advance);
          await sandbox.clock.advance(advance);
        } else {
          await sandbox.clock.moveTo(instantOf(moment ?? ""));
        }
        return show();
      },
    },
  ];
}

function requireDuration(text: string): void {
  try {
    const { months, millis } = parseDuration(text);
    if (months <= 1200 && millis <= LAST - FIRST) return;
  } catch {
    // Answered below, together with durations that are too long.
  }
  throw new ControlError(
    "control.invalid",
    "advance must be an ISO 8601 duration of at most 100 years, such as P1D, PT30S or P1M",
  );
}

function instantOf(text: string): number {
  const instant = readInstant(text);
  if (instant === null || instant < FIRST || instant > LAST) {
    throw new ControlError(
      "control.invalid",
      "now must be a moment such as 2026-01-31T00:00:00Z, from the year 2000 to 9999",
    );
  }
  return instant;
}

/**
 * Gives an answer to a caller of `fetch` in this process, with what a fault does to the connection: as a real `fetch`
 * sees it, a reset is a rejection, and a cut body fails while it is read.
 */
function deliver(answer: Answer, signal: AbortSignal): Response | Promise<Response> {
  switch (answer.connection) {
    case undefined:
      return responseOf(answer);
    case "reset":
      throw new TypeError("fetch failed", { cause: connectionReset() });
    case "hang":
      return new Promise((_resolve, reject) => {
        const stop = (): void => {
          reject(signal.reason as Error);
        };
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true });
      });
    case "truncate":
      return truncated(answer);
  }
}

function truncated(answer: Answer): Response {
  const whole = bytesOf(answer.body);
  let sent = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated", { cause: connectionReset() }));
      else controller.enqueue(whole.slice(0, Math.floor(whole.length / 2)));
      sent = true;
    },
  });
  return new Response(stream, {
    status: answer.status,
    headers: { ...answer.headers, "content-length": String(whole.length) },
  });
}

function bytesOf(body: Answer["body"]): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(0);
}

function connectionReset(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

/**
 * Creates a sandbox: Amazon Pay in this process, without a socket.
 *
 * @example
 * const sandbox = await createSandbox({ seed: 1 });
 * const pay = new AmazonPay({ region: "na", ...keyOf(sandbox.merchants[0]), fetch: sandbox.fetch });
 * await sandbox.clock.advance("P1D");
 * await sandbox.close();
 * @throws StoreError for a data folder that cannot be used
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const folder =
    options.dataDir === undefined
      ? inMemory(options)
      : await openDataFolder(options.dataDir, options.seed, { fsync: options.fsync });
  try {
    return await assemble(options, folder);
  } catch (error) {
    folder.close();
    throw error;
  }
}

async function assemble(options: SandboxOptions, folder: DataFolder): Promise<Sandbox> {
  const settings = settingsOf(options);
  const clock = options.clock ?? systemClock;
  const { store, keyRing, certificates, seed } = folder;
  const failures: string[] = [];
  const engine = createEngine({
    monthlyLimits: settings.monthlyLimits,
    clock,
    seed,
    log: store,
    onTaskError: (error, item) => {
      const failure = `scheduled task ${item.kind} of ${item.subject}: ${describe(error)}`;
      failures.push(failure.split("\n", 1).join(""));
      options.logger?.error(failure);
    },
  });
  const events = new EventLog(settings.eventLimit);
  const eventKeeper = new EventKeeper(engine, events, store);
  const faults = new FaultBook(engine, seed);
  const merchantBook = new MerchantBook(engine, keyRing);
  const place = { origin: "http://sandbox.invalid", secureOrigin: "https://sandbox.invalid" };

  const controlAccess = {
    remote: options.remoteControl === true,
    hosts: (options.allowedHosts ?? []).map((host) => host.toLowerCase()),
  };
  const context: SandboxContext = {
    engine,
    settings,
    events,
    clock,
    origin: () => place.origin,
    secureOrigin: () => place.secureOrigin,
    issueCertificate: (hosts) => certificates.issueForSigning(hosts),
    control: (method, path, body) => sandbox.control(method, path, body),
    controlAccess,
  };
  const surfaces: ModuleSurface[] = MODULES.map((module) => module.install(context));
  const idle = (): Promise<unknown> | undefined => {
    const pending = surfaces.flatMap((module) => module.idle?.() ?? []);
    return pending.length === 0 ? undefined : Promise.all(pending);
  };
  const commit = (): void => {
    engine.startStream();
    store.commit();
    store.flush();
  };

  const sandbox: Sandbox = {
    fetch: async (request) => {
      const call = await callOf(request);
      request.signal.throwIfAborted();
      const answer = await service.handle(call);
      request.signal.throwIfAborted();
      return deliver(answer, request.signal);
    },
    handle: (call) => service.handle(call),
    accept: (call) => service.accept(call),
    settle: () => service.settle(),
    engine,
    settings,
    failures,
    events,
    clock: sandboxClock(engine, idle, commit),
    get merchants() {
      return merchantBook.list();
    },
    control: ((method: string, path: string, body?: unknown) =>
      control.invoke(method, path, body, place.origin).finally(commit)) as Control,
    place,
    certificates,
    keyFileOf: (publicKeyId) => keyRing.fileOf(publicKeyId),
    idle: async () => {
      for (let pending = idle(); pending !== undefined; pending = idle()) await pending;
    },
    tick: () => {
      engine.runDue();
      eventKeeper.keepInAPause();
      commit();
      store.tidy(engine.state);
    },
    addMerchant: async (spec) => {
      const merchant = await merchantBook.add(spec);
      commit();
      return merchant;
    },
    snapshot: () => takeSnapshot(engine),
    restore: (text) => {
      putSnapshot(engine, text);
      events.rewind();
      commit();
    },
    reset: () => {
      restoreInitialSnapshot(engine);
      events.clear();
      commit();
    },
    close: async () => {
      await sandbox.idle();
      for (const module of surfaces) await module.close?.();
      eventKeeper.keep();
      commit();
      folder.close();
    },
  };
  const control = new ControlPlane(
    [
      ...stateCalls(sandbox),
      ...merchantCalls(merchantBook),
      ...clockCalls(sandbox),
      ...faultCalls(faults),
      ...eventCalls(events),
      ...surfaces.flatMap((module) => module.control ?? []),
    ],
    controlAccess,
  );
  const service = new Service({
    engine,
    clock,
    store,
    settings,
    events,
    faults,
    dispatcher: new Dispatcher({ engine, settings, operations: OPERATION_HANDLERS, pages: () => place.origin }),
    control,
    routes: surfaces.flatMap((module) => module.routes ?? []),
    requestIds: new RequestIds(seed),
    logger: options.logger,
  });

  if (store.load(engine.state)) {
    engine.resume();
    eventKeeper.restore();
    engine.bus.emit("state.replaced", {});
  } else {
    for (const spec of options.merchants ?? DEFAULT_MERCHANTS) await merchantBook.add(spec);
    engine.startStream();
    rememberInitialSnapshot(engine);
  }
  commit();
  return sandbox;
}

function inMemory({ keyDir, seed }: SandboxOptions): DataFolder {
  const next = keySource(seed !== undefined);
  return {
    store: MEMORY,
    keyRing: keyDir === undefined ? memoryKeyRing(next) : folderKeyRing(join(keyDir, "keys"), next),
    certificates: keyDir === undefined ? memoryCertificates() : folderCertificates(join(keyDir, "tls")),
    seed: String(seed ?? hex(systemRandom, 8)),
    close: () => undefined,
  };
}

function settingsOf(options: SandboxOptions): Settings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const name of Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[]) {
    if (options[name] !== undefined) settings[name] = options[name];
  }
  return settings as unknown as Settings;
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
