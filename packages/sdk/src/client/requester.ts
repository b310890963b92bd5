import { ConfigurationError } from "../errors/configuration-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { checkRequest } from "../operations/check-request.ts";
import { isRecord } from "../operations/fields/check.ts";
import type { FieldIssue } from "../operations/fields/issue.ts";
import type { Operation } from "../operations/operation.ts";
import { toJson } from "../request/json.ts";
import { fillPath } from "../request/path.ts";
import { addIssues, plainQuery, prepare } from "../request/prepare.ts";
import { isRepeatable } from "../retry/policy.ts";
import { canonicalQuery, type QueryValue } from "../signing/query.ts";
import type { Answer } from "./answer.ts";
import type { ApiResponse } from "./api-promise.ts";
import { attemptCall } from "./attempts.ts";
import { readHeaderOptions } from "./header-options.ts";
import type { RequestOptions } from "./options.ts";
import { redactPath } from "./redaction.ts";
import { limitsOf, type Settings } from "./settings.ts";

/** What a call is made of. */
export interface CallInput {
  /** Variable segments of the path by name. Unused where the path is given whole. */
  readonly params?: Readonly<Record<string, string>>;
  /** An object, written as JSON; in a raw call also text, sent byte for byte. Left out: no body. */
  readonly body?: unknown;
  /** Query parameters by name; lists become repeated names. Encoded by the client. */
  readonly query?: object | undefined;
  /** What this one call may be told: key, signal, timeout, headers. */
  readonly options?: RequestOptions | undefined;
}

/** Names of all options of a call. */
const NAMES: readonly (keyof RequestOptions)[] = [
  "idempotencyKey",
  "signal",
  "timeoutMs",
  "totalTimeoutMs",
  "maxRetries",
  "headers",
  "authToken",
];

/** Makes calls: checks, signs and sends them and reads the responses. One per client. */
export class Requester {
  /** The client's options, checked and filled up. */
  readonly settings: Settings;
  #calls = 0;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /**
   * Calls an operation.
   *
   * @param read turns the answer into what the caller gets; default: the body as it is
   * @throws InvalidInputError before anything is sent, or one of the errors of `errors/`
   */
  async call<T>(
    operation: Operation,
    input: CallInput,
    read: (answer: Answer) => T = (answer) => answer.data as T,
  ): Promise<ApiResponse<T>> {
    const issues: FieldIssue[] = [];
    const { params = {}, options = {} } = input;
    const settings = this.settingsFor(options);
    const body = operation.body === undefined ? undefined : prepare(operation.body(), input.body ?? {}, issues);
    const query = prepare(operation.query?.() ?? {}, input.query ?? {}, issues) as Readonly<Record<string, QueryValue>>;
    addIssues(
      issues,
      checkRequest(operation, body, query, {
        environment: this.settings.environment,
        unknownFields: this.settings.unknownFields,
        textFlags: "refuse",
        suggest: this.settings.suggestions?.value,
      }),
    );
    const text = body === undefined || issues.length > 0 ? undefined : toJson(body, issues);
    const { idempotencyKey, authToken, extraHeaders } = readHeaderOptions(
      options,
      operation.method === "POST" && operation.idempotency !== "none" ? this.settings.random : undefined,
      issues,
    );
    const path = fillPath(operation.path, params);
    if (typeof path !== "string") throw new InvalidInputError(operation.name, [path, ...issues]);
    if (issues.length > 0) throw new InvalidInputError(operation.name, issues);
    const hasReference =
      operation.reference !== undefined && isRecord(body) && typeof body[operation.reference] === "string";
    const answer = await attemptCall(
      {
        operation: operation.name,
        method: operation.method,
        path: this.settings.root + path,
        query: canonicalQuery(plainQuery(query)),
        body: text,
        idempotencyKey,
        authToken,
        extraHeaders,
        shownPath: () => this.settings.root + redactPath(operation.path, params, query),
      },
      settings,
      {
        callId: this.nextCallId(),
        repeatable: isRepeatable(operation.method, idempotencyKey !== undefined, hasReference),
        isSuccess: (status) => (status >= 200 && status < 300) || operation.success.includes(status),
        signal: options.signal,
      },
    );
    return { ...answer, data: read(answer) };
  }

  /** A number for a call, for its events. */
  nextCallId(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /**
   * The client's settings, with the limits of one call's options.
   *
   * @throws ConfigurationError for a limit that is none, and for an option of another name: a key that is overlooked pays twice
   */
  settingsFor(options: RequestOptions): Settings {
    for (const name of Object.keys(options)) {
      if (!NAMES.includes(name as keyof RequestOptions))
        throw new ConfigurationError(
          "config.option",
          `Unknown request option \`${name}\`: the options are ${NAMES.join(", ")}`,
        );
    }
    return { ...this.settings, ...limitsOf(options, this.settings) };
  }
}
