import { ConfigurationError } from "../errors/configuration-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { checkRequest } from "../operations/check-request.ts";
import { isRecord } from "../operations/fields/check.ts";
import type { FieldIssue } from "../operations/fields/issue.ts";
import type { HttpMethod, Operation } from "../operations/operation.ts";
import { checkIdempotencyKey, newIdempotencyKey } from "../request/idempotency.ts";
import { fillPath } from "../request/path.ts";
import { addIssues, prepare } from "../request/prepare.ts";
import { isRepeatable } from "../retry/policy.ts";
import { canonicalPath } from "../signing/encode.ts";
import { canonicalQuery, type QueryValue } from "../signing/query.ts";
import type { Answer } from "./answer.ts";
import type { ApiResponse } from "./api-promise.ts";
import { attemptCall } from "./attempts.ts";
import type { RequestOptions } from "./options.ts";
import { redactPath } from "./redaction.ts";
import { duration, type Settings } from "./settings.ts";

/** What a call is made of. */
export interface CallInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: object | undefined;
  readonly options?: RequestOptions | undefined;
}

/** A call that is not in the operations table. */
export interface RawCall extends CallInput {
  readonly method: HttpMethod;
  /** Below `/v2`, percent-encoded. */
  readonly path: string;
}

/** Headers that a call may not set, because the client does. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "authorization",
  "content-length",
  "content-type",
  "host",
  "transfer-encoding",
  "user-agent",
  "x-amz-pay-date",
  "x-amz-pay-host",
  "x-amz-pay-region",
]);

/** Makes calls: checks them, signs them, sends them, reads the answers. One for each client. */
export class Requester {
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
    const body = operation.body === undefined ? undefined : prepare(operation.body, input.body ?? {}, issues);
    const query = prepare(operation.query ?? {}, input.query ?? {}, issues) as Readonly<Record<string, QueryValue>>;
    addIssues(
      issues,
      checkRequest(operation, body, query, {
        environment: this.settings.environment,
        unknownFields: this.settings.unknownFields,
        unknownValues: "allow",
      }),
    );
    const text = body === undefined || issues.length > 0 ? undefined : toJson(body, issues);
    const { idempotencyKey, authToken, extraHeaders } = this.#headerOptions(
      operation.method,
      operation.idempotency !== "none",
      options,
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
        query: canonicalQuery(query),
        body: text,
        idempotencyKey,
        authToken,
        extraHeaders,
        shownPath: this.settings.root + redactPath(operation.path, params, query),
      },
      this.settings,
      {
        callId: (this.#calls += 1),
        repeatable: isRepeatable(operation.method, idempotencyKey !== undefined, hasReference),
        isSuccess: (status) => (status >= 200 && status < 300) || operation.success.includes(status),
        timeoutMs: this.#timeout(options),
        signal: options.signal,
      },
    );
    return { ...answer, data: read(answer) };
  }

  /** Calls any path below `/v2` with the body as it is. A POST is repeated only if a key is given. */
  async callRaw(raw: RawCall): Promise<ApiResponse<unknown>> {
    const { options = {}, method, path } = raw;
    if (!/^\/[^?#\s]*$/.test(path)) {
      throw new ConfigurationError(
        "config.option",
        "`path` must begin with a slash and hold neither a query nor spaces, such as /charges/S01-1-1-C1; pass the query as `query`",
      );
    }
    const issues: FieldIssue[] = [];
    const { idempotencyKey, authToken, extraHeaders } = this.#headerOptions(method, false, options, issues);
    const text = raw.body === undefined || typeof raw.body === "string" ? raw.body : toJson(raw.body, issues);
    const operation = `${method} ${path.split("/").slice(0, 2).join("/")}`;
    if (issues.length > 0) throw new InvalidInputError(operation, issues);
    return attemptCall(
      {
        operation,
        method,
        path: canonicalPath(this.settings.root + path),
        query: canonicalQuery(raw.query as Readonly<Record<string, QueryValue>> | undefined),
        body: text,
        idempotencyKey,
        authToken,
        extraHeaders,
        shownPath: this.settings.root + path.split("/").slice(0, 2).join("/"),
      },
      this.settings,
      {
        callId: (this.#calls += 1),
        repeatable: isRepeatable(method, idempotencyKey !== undefined, false),
        isSuccess: (status) => (status >= 200 && status < 300) || status === 303,
        timeoutMs: this.#timeout(options),
        signal: options.signal,
      },
    );
  }

  #timeout(options: RequestOptions): number {
    return options.timeoutMs === undefined ? this.settings.timeoutMs : duration("timeoutMs", options.timeoutMs);
  }

  /** Sorts a call's options into what is signed and what is not. The key's own header counts as the option, in any casing. */
  #headerOptions(method: HttpMethod, makeKey: boolean, options: RequestOptions, issues: FieldIssue[]) {
    const extraHeaders: Record<string, string> = {};
    let { idempotencyKey, authToken } = options;
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      const lower = name.toLowerCase();
      if (lower === "x-amz-pay-idempotency-key") idempotencyKey ??= value;
      else if (lower === "x-amz-pay-authtoken") authToken ??= value;
      else if (OWN_HEADERS.has(lower) || /[\r\n\0]/.test(String(value)) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
        issues.push({
          reasonCode: "InvalidParameterValue",
          path: `headers.${lower}`,
          message: `headers.${lower} cannot be set: the client sets it itself, or it is not a header`,
        });
      } else extraHeaders[lower] = String(value);
    }
    if (authToken !== undefined && !/^[\x21-\x7E]+$/.test(authToken)) {
      issues.push({
        reasonCode: "InvalidParameterValue",
        path: "authToken",
        message: "authToken must be the text of authorizationTokens.retrieve, without spaces",
      });
    }
    if (method === "POST" && idempotencyKey === undefined && makeKey)
      idempotencyKey = newIdempotencyKey(this.settings.random);
    else if (idempotencyKey !== undefined) {
      const issue = checkIdempotencyKey(idempotencyKey);
      if (issue !== undefined) issues.push(issue);
    }
    return { idempotencyKey, authToken, extraHeaders };
  }
}

function toJson(body: unknown, issues: FieldIssue[]): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    issues.push({
      reasonCode: "InvalidParameterValue",
      path: "",
      message: "the body cannot be written as JSON: it holds a bigint outside of an amount, or itself",
    });
    return undefined;
  }
}
