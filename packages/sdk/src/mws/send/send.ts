import { type CallWatch, nextCallId, watchCall } from "../../client/watch.ts";
import { AbortedError } from "../../errors/call-error.ts";
import { integer } from "../../random/draws.ts";
import type { Random } from "../../random/random.ts";
import { MWS_OPERATIONS, type MwsAction, type MwsOperation, REPORTS_PATH, REPORTS_VERSION } from "../operations.ts";
import type { MwsSettings } from "../options.ts";
import type { Parameters } from "../parameters.ts";
import { type QuotaBucket, quotaBucket } from "../quota/bucket.ts";
import { signedForm } from "../signing/sign.ts";
import { attempt, type Failure, type MwsAnswer, type Outgoing, watchedAttempt } from "./attempt.ts";

/** Milliseconds before the second, third, … attempt, as the documentation suggests them (MWS Reports API reference). */
const PAUSES = [1_000, 4_000, 10_000, 30_000] as const;

/**
 * How long to wait before an attempt, in milliseconds: the documented pause, or after throttling the time in which the
 * quota regains a call, or what the service asked for; whichever is longest. Up to a quarter more is added by chance, so
 * that clients which were throttled together do not come back together.
 *
 * @param retry 1 before the second attempt
 */
function pauseBefore(
  retry: number,
  throttled: boolean,
  operation: MwsOperation | undefined,
  retryAfter: number | undefined,
  random: Random,
): number {
  const documented = PAUSES[Math.min(retry, PAUSES.length) - 1] ?? PAUSES[0];
  const restored = throttled ? (operation?.restoreMs ?? 0) : 0;
  const longest = Math.max(documented, restored, retryAfter ?? 0);
  return longest + integer(random, 0, Math.floor(longest / 4));
}

/** Options of one call. */
export interface MwsCallOptions {
  /** Ends the call at any time, also while it waits. */
  readonly signal?: AbortSignal | undefined;
}

/** Sends calls: waits for the quota, signs each attempt afresh, repeats what may be repeated. One for each client. */
export class MwsSender {
  readonly settings: MwsSettings;
  readonly #buckets = new Map<MwsAction, QuotaBucket>();

  constructor(settings: MwsSettings) {
    this.settings = settings;
  }

  /**
   * Calls an action.
   *
   * @throws MwsApiError, ConnectionError, TimeoutError or AbortedError of the last attempt
   */
  async call(action: MwsAction, parameters: Parameters, options: MwsCallOptions = {}): Promise<MwsAnswer> {
    const timeoutMs = action === "GetReport" ? this.settings.downloadTimeoutMs : this.settings.timeoutMs;
    return this.#repeat(action, options.signal, async () => {
      const timestamp = new Date(this.settings.clock.now()).toISOString();
      const body = await this.#form(action, parameters, timestamp);
      return { action, method: "POST", target: REPORTS_PATH, body, timestamp, timeoutMs };
    });
  }

  /** Asks the service for a sign of life, without a signature. */
  async ping(options: MwsCallOptions = {}): Promise<MwsAnswer> {
    const { clock, timeoutMs } = this.settings;
    return this.#repeat("Ping", options.signal, async () => {
      const timestamp = new Date(clock.now()).toISOString();
      return { action: "Ping", method: "GET", target: "/", body: undefined, timestamp, timeoutMs };
    });
  }

  async #repeat(
    action: MwsAction | "Ping",
    signal: AbortSignal | undefined,
    prepare: () => Promise<Outgoing>,
  ): Promise<MwsAnswer> {
    const { clock, observer, endpoint, region } = this.settings;
    if (observer === undefined) return this.#attempts(action, signal, prepare, undefined);
    const path = action === "Ping" ? "/" : REPORTS_PATH;
    const watch = watchCall(observer, clock, {
      callId: nextCallId(),
      operation: action,
      method: action === "Ping" ? "GET" : "POST",
      origin: endpoint,
      path,
      template: path,
      region,
      environment: "live",
    });
    return watch.call(() => this.#attempts(action, signal, prepare, watch));
  }

  async #attempts(
    action: MwsAction | "Ping",
    signal: AbortSignal | undefined,
    prepare: () => Promise<Outgoing>,
    watch: CallWatch | undefined,
  ): Promise<MwsAnswer> {
    const { clock, random, maxRetries, longestPauseMs } = this.settings;
    const operation = action === "Ping" ? undefined : MWS_OPERATIONS[action];
    for (let retries = 0; ; retries += 1) {
      const outcome = await this.#waitAndAttempt(action, signal, retries, prepare, watch);
      if (!("error" in outcome)) return outcome;
      const harmless = outcome.again === "undone" || (outcome.again === "unknown" && operation?.repeatable !== false);
      if (!harmless || retries >= maxRetries) throw outcome.error;
      const throttled = outcome.error.code === "mws.throttled";
      const pause = pauseBefore(retries + 1, throttled, operation, outcome.retryAfter, random);
      if (pause > longestPauseMs) throw outcome.error;
      watch?.pause(pause, outcome.status, outcome.error.code);
      await this.#interruptible(action, signal, retries, () => clock.sleep(pause, signal));
    }
  }

  async #waitAndAttempt(
    action: MwsAction | "Ping",
    signal: AbortSignal | undefined,
    retries: number,
    prepare: () => Promise<Outgoing>,
    watch: CallWatch | undefined,
  ): Promise<MwsAnswer | Failure> {
    if (action !== "Ping" && this.settings.waitForQuota) {
      const bucket = this.#bucketOf(action);
      const waiting = signal ?? new AbortController().signal;
      await this.#interruptible(action, signal, retries, () => bucket.take(waiting));
    }
    const outgoing = await prepare();
    if (watch === undefined) return attempt(outgoing, this.settings, signal, retries, (_, work) => work());
    return watchedAttempt(outgoing, this.settings, signal, retries, watch);
  }

  async #interruptible(
    operation: string,
    signal: AbortSignal | undefined,
    retries: number,
    wait: () => Promise<void>,
  ): Promise<void> {
    try {
      await wait();
    } catch (error) {
      throw signal?.aborted === true ? new AbortedError({ operation, retries, cause: signal.reason }) : error;
    }
  }

  #bucketOf(action: MwsAction): QuotaBucket {
    const known = this.#buckets.get(action) ?? quotaBucket(MWS_OPERATIONS[action], this.settings.clock);
    this.#buckets.set(action, known);
    return known;
  }

  #form(action: MwsAction, parameters: Parameters, timestamp: string): Promise<string> {
    const { endpoint, sellerId, accessKeyId, secretKey, authToken } = this.settings;
    return signedForm(
      {
        method: "POST",
        endpoint,
        path: REPORTS_PATH,
        parameters: {
          ...parameters,
          AWSAccessKeyId: accessKeyId,
          Action: action,
          Merchant: sellerId,
          ...(authToken === undefined ? {} : { MWSAuthToken: authToken }),
          SignatureMethod: "HmacSHA256",
          SignatureVersion: "2",
          Timestamp: timestamp,
          Version: REPORTS_VERSION,
        },
      },
      secretKey,
    );
  }
}
