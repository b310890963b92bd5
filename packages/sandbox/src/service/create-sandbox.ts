import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { hex, systemRandom } from "@amazon-pay-kit/sdk/random";
import { Dispatcher } from "../api/dispatch.ts";
import { RequestIds } from "../api/request-ids.ts";
import { folderCertificates, memoryCertificates } from "../certificates/certificate-book.ts";
import { ControlPlane } from "../control/control-plane.ts";
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
import type { ModuleSurface, SandboxContext } from "../module.ts";
import { DEFAULT_SETTINGS, type Settings } from "../settings.ts";
import type { Control } from "./control.ts";
import { type DataFolder, openDataFolder } from "./data-folder.ts";
import { eventCalls } from "./event-calls.ts";
import { MerchantBook } from "./merchant-book.ts";
import { merchantCalls } from "./merchant-calls.ts";
import { MODULES } from "./modules.ts";
import { OPERATION_HANDLERS } from "./operation-handlers.ts";
import type { SandboxOptions } from "./options.ts";
import { replayCalls } from "./replay.ts";
import { clockCalls, sandboxClock } from "./sandbox-clock.ts";
import type { Sandbox } from "./sandbox.ts";
import { Service } from "./service.ts";
import { stateCalls } from "./state-calls.ts";

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

/** What every part works on: the engine, what watches it, and how its changes are made durable. */
function coreOf(options: SandboxOptions, { store, keyRing, seed }: DataFolder) {
  const settings = settingsOf(options);
  const clock = options.clock ?? systemClock;
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
  return {
    settings,
    clock,
    store,
    failures,
    engine,
    events,
    eventKeeper: new EventKeeper(engine, events, store),
    faults: new FaultBook(engine, seed),
    merchants: new MerchantBook(engine, keyRing),
    place: { origin: "http://sandbox.invalid", secureOrigin: "https://sandbox.invalid" },
    commit: (): void => {
      engine.startStream();
      store.commit();
      store.flush();
    },
  };
}

type Core = ReturnType<typeof coreOf>;

/** The modules in the order of their list, as one. */
function installModules(context: SandboxContext) {
  const surfaces: ModuleSurface[] = MODULES.map((module) => module.install(context));
  return {
    routes: surfaces.flatMap((module) => module.routes ?? []),
    control: surfaces.flatMap((module) => module.control ?? []),
    idle: (): Promise<unknown> | undefined => {
      const pending = surfaces.flatMap((module) => module.idle?.() ?? []);
      return pending.length === 0 ? undefined : Promise.all(pending);
    },
    close: async (): Promise<void> => {
      for (const module of surfaces) await module.close?.();
    },
  };
}

/** The state as a whole: read, put back, reset. */
function wholeState({ engine, events, commit }: Core): Pick<Sandbox, "snapshot" | "restore" | "reset"> {
  return {
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
  };
}

/** Goes on from what the store holds, or begins with the first merchants. */
async function begin({ engine, eventKeeper, merchants, store, commit }: Core, first: SandboxOptions["merchants"]) {
  if (store.load(engine.state)) {
    engine.resume();
    eventKeeper.restore();
    engine.bus.emit("state.replaced", {});
  } else {
    for (const spec of first ?? DEFAULT_MERCHANTS) await merchants.add(spec);
    engine.startStream();
    rememberInitialSnapshot(engine);
  }
  commit();
}

async function assemble(options: SandboxOptions, folder: DataFolder): Promise<Sandbox> {
  const { keyRing, certificates, seed } = folder;
  const core = coreOf(options, folder);
  const { settings, clock, store, failures, engine, events, eventKeeper, faults, merchants, place, commit } = core;

  const controlAccess = {
    remote: options.remoteControl === true,
    hosts: (options.allowedHosts ?? []).map((host) => host.toLowerCase()),
  };
  const controlPlane = new ControlPlane(controlAccess);
  const control = ((method: string, path: string, body?: unknown) =>
    controlPlane.invoke(method, path, body, place.origin).finally(commit)) as Control;
  const modules = installModules({
    engine,
    settings,
    events,
    clock,
    origin: () => place.origin,
    secureOrigin: () => place.secureOrigin,
    issueCertificate: (hosts) => certificates.issueForSigning(hosts),
    control,
    controlAccess,
  });
  const state = wholeState(core);
  const movableClock = sandboxClock(engine, modules.idle, commit);
  controlPlane.mount([
    ...stateCalls({ engine, settings, failures, ...state }),
    ...merchantCalls(merchants),
    ...clockCalls({ engine, clock: movableClock }),
    ...faultCalls(faults),
    ...eventCalls(engine, events),
    ...replayCalls({
      engine,
      events,
      privateKeyOf: (publicKeyId) => keyRing.privateKeyOf(publicKeyId),
      handle: (call) => service.handle(call),
    }),
    ...modules.control,
  ]);
  const service = new Service({
    engine,
    clock,
    store,
    settings,
    events,
    faults,
    dispatcher: new Dispatcher({ engine, settings, operations: OPERATION_HANDLERS, pages: () => place.origin }),
    control: controlPlane,
    routes: modules.routes,
    requestIds: new RequestIds(seed),
    logger: options.logger,
  });
  await begin(core, options.merchants);

  const idle = async (): Promise<void> => {
    for (let pending = modules.idle(); pending !== undefined; pending = modules.idle()) await pending;
  };
  return {
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
    clock: movableClock,
    get merchants() {
      return merchants.list();
    },
    control,
    place,
    certificates,
    keyFileOf: (publicKeyId) => keyRing.fileOf(publicKeyId),
    idle,
    tick: () => {
      engine.runDue();
      eventKeeper.keepInAPause();
      commit();
      store.tidy(engine.state);
    },
    addMerchant: async (spec) => {
      const merchant = await merchants.add(spec);
      commit();
      return merchant;
    },
    ...state,
    close: async () => {
      await idle();
      await modules.close();
      eventKeeper.keep();
      commit();
      folder.close();
    },
  };
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
