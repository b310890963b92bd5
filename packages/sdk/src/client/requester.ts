import { AUTH_TOKEN_RULE, isAuthToken } from "./auth-token.ts";
import { wrongOption } from "../errors/configuration-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { checkRequest, isRecord } from "../operations/fields/check.ts";
import { type FieldIssue, invalidValue } from "../operations/fields/issue.ts";
import type { Operation } from "../operations/operation.ts";
import { addIssues, fillPath, plainQuery, prepare, toJson } from "../request/prepare.ts";
import { isRepeatable } from "../retry/policy.ts";
import { type QueryValue, canonicalParameters } from "../signing/query.ts";
import type { Answer } from "./exchange.ts";
import { attemptCall } from "./attempts.ts";
import type { RequestOptions } from "./options.ts";
import { redactPath } from "./redaction.ts";
import { type Settings, limitsOf } from "./settings.ts";
import type { Random } from "../random/random.ts";
import { checkIdempotencyKey, newIdempotencyKey } from "../request/idempotency.ts";
import { isText } from "../kind.ts";

/** What a call is made of. */
export interface CallInput {
  /** Variable segments of the path, in its order. Unused where the path is given whole. */
  readonly ids?: readonly string[];
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
  "simulate",
];

/** Makes calls: checks, signs and sends them and reads the responses. One per client. */
export class Requester {
  /** The client's options, checked and filled up. */
  readonly settings: Settings;

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
    const { ids = [] } = input;
    const options = input.options ?? {};
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
    const path = fillPath(operation.path, ids);
    if (!isText(path)) throw new InvalidInputError(operation.name, [path, ...issues]);
    if (issues.length > 0) throw new InvalidInputError(operation.name, issues);
    const hasReference = operation.reference !== undefined && isRecord(body) && isText(body[operation.reference]);
    const answer = await attemptCall(
      {
        operation: operation.name,
        method: operation.method,
        path: this.settings.root + path,
        query: canonicalParameters(plainQuery(query)),
        body: text,
        idempotencyKey,
        authToken: authToken ?? this.settings.authToken,
        extraHeaders,
        template: this.settings.root + operation.path,
        shownPath: () => this.settings.root + redactPath(operation.path, ids, query),
      },
      settings,
      {
        repeatable: isRepeatable(operation.method, idempotencyKey !== undefined, hasReference),
        isSuccess: (status) => (status >= 200 && status < 300) || operation.success.includes(status),
        signal: options.signal,
      },
    );
    return { ...answer, data: read(answer) };
  }

  /**
   * The client's settings, with the limits of one call's options.
   *
   * @throws ConfigurationError for a limit that is none, and for an option of another name: a key that is overlooked pays twice
   */
  settingsFor(options: RequestOptions): Settings {
    if (!isRecord(options)) throw wrongOption("the options of a call must be an object");
    const { signal } = options as { readonly signal?: Partial<AbortSignal> | null };
    if (signal !== undefined && typeof signal?.addEventListener !== "function")
      throw wrongOption("`signal` must be an AbortSignal: of an AbortController it is the member signal");
    for (const name of Object.keys(options)) {
      if (!NAMES.includes(name as keyof RequestOptions))
        throw wrongOption(`Unknown request option \`${name}\`: the options are ${NAMES.join(", ")}`);
    }
    return { ...this.settings, ...limitsOf(options, this.settings) };
  }
}

/** Headers that a call may not set: the client does, or they are of the connection and not of the request. */
const OWN_HEADERS =
  /^(accept(-encoding)?|authorization|connection|content-(encoding|length|type)|expect|host|keep-alive|proxy-(authorization|connection)|te|trailer|transfer-encoding|upgrade|user-agent|x-amz-pay-(date|host|region))$/;

/** What of a call's options goes into its headers. */
export interface HeaderOptions {
  readonly idempotencyKey: string | undefined;
  readonly authToken: string | undefined;
  /** Not signed. */
  readonly extraHeaders: Readonly<Record<string, string>>;
}

/**
 * Sorts a call's options into what is signed and what is not. A header of the key's or the token's name counts as the option,
 * in any casing, so that nothing is sent twice.
 *
 * @param makeKey where to take a key from when none is given; undefined for calls that take none
 */
export function readHeaderOptions(
  options: RequestOptions,
  makeKey: Random | undefined,
  issues: FieldIssue[],
): HeaderOptions {
  const refuse = (path: string, why: string): void => {
    issues.push(invalidValue(path, why));
  };
  const extraHeaders: Record<string, string> = {};
  let { idempotencyKey, authToken } = options;
  const given: unknown = options.headers ?? {};
  const isPlain = isRecord(given) && !(Symbol.iterator in given);
  if (!isPlain)
    refuse("headers", "must be an object of names and values: Object.fromEntries makes one of a Headers or Map");
  for (const [name, value] of Object.entries((isPlain ? given : {}) as Record<string, string | undefined>)) {
    if (value === undefined) continue;
    const lower = name.toLowerCase();
    if (lower === "x-amz-pay-idempotency-key") idempotencyKey ??= value;
    else if (lower === "x-amz-pay-authtoken") authToken ??= value;
    else if (OWN_HEADERS.test(lower) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      refuse(`headers.${lower}`, "cannot be set: the client sets it itself, or it is not a header");
    } else if (value === null || Object(value) === value || !/^[\t\x20-\x7E\xA0-\xFF]*$/.test(String(value))) {
      refuse(`headers.${lower}`, "cannot be sent: a header's value has characters of Latin-1 only, and no line breaks");
    } else extraHeaders[lower] = String(value);
  }
  if (options.simulate !== undefined) {
    if (isText(options.simulate) && /^\w{1,64}$/.test(options.simulate))
      extraHeaders["x-amz-pay-simulation-code"] = options.simulate;
    else refuse("simulate", 'must be a simulation code such as "SoftDeclined"');
  }
  if (authToken !== undefined && !isAuthToken(authToken)) {
    refuse("authToken", AUTH_TOKEN_RULE);
  }
  if (idempotencyKey === undefined) idempotencyKey = makeKey && newIdempotencyKey(makeKey);
  else {
    const issue = checkIdempotencyKey(idempotencyKey);
    if (issue !== undefined) issues.push(issue);
  }
  return { idempotencyKey, authToken, extraHeaders };
}

/** A response with its status, headers and request id. */
export interface ApiResponse<T> {
  /** The object that awaiting the call returns. */
  readonly data: T;
  /** HTTP status, for example 200, or 202 while an authorization is pending. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;
  /** Attempts made before the one that succeeded. */
  readonly retries: number;
}

/**
 * The promise of a result. Await it for the object itself, or call {@link ApiPromise.withResponse} for status, headers and
 * request id as well.
 *
 * @example
 * const charge = await client.charges.retrieve(id);
 * const { data, requestId } = await client.charges.retrieve(id).withResponse();
 */
export class ApiPromise<T> extends Promise<T> {
  readonly #response: Promise<ApiResponse<T>>;

  constructor(response: Promise<ApiResponse<T>>) {
    super((resolve, reject) => {
      response.then((answer) => {
        resolve(answer.data);
      }, reject);
    });
    this.#response = response;
  }

  /** The object together with status, headers and request id. */
  withResponse(): Promise<ApiResponse<T>> {
    // The response carries the failure to its caller; it must not count as unhandled here too.
    this.catch(() => undefined);
    return this.#response;
  }

  /** What `then` gives is an ordinary promise: its value is no longer the answer. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

/** A group of operations of one client. */
export abstract class Resource {
  protected readonly requester: Requester;

  constructor(requester: Requester) {
    if (typeof (requester as Partial<Requester> | undefined)?.call !== "function")
      throw wrongOption("a resource needs what `connect` gives: new Charges(connect(options))");
    this.requester = requester;
  }

  protected call<T>(
    operation: Operation,
    options: RequestOptions | undefined,
    input: Omit<CallInput, "options">,
    read?: (answer: Answer) => T,
  ): ApiPromise<T> {
    return new ApiPromise(this.requester.call(operation, { ...input, options }, read));
  }
}
