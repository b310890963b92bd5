import { checkRequest, nearest, type Operation, serviceMessage } from "@amazon-pay-kit/sdk/operations";
import type { RunningEngine } from "../engine/engine.ts";
import type { CallNote } from "../events/event-log.ts";
import { type Answer, type Call, jsonAnswer } from "../http/call.ts";
import type { Settings } from "../settings.ts";
import { authenticate, environmentOf } from "./authenticate.ts";
import { resolveAuthToken } from "./auth-tokens.ts";
import { chooseAlternative, findOperation } from "./choose-operation.ts";
import { Idempotency } from "./idempotency.ts";
import { KeyIndex } from "./key-index.ts";
import type { OperationHandler } from "./operation-call.ts";
import type { AllHandlers } from "./operations/handlers.ts";
import { parseBody } from "./parse-body.ts";
import { ServiceError, serviceErrorOf } from "./service-error.ts";
import { requireStrictHeaders, requireTextAmounts } from "./strict-request.ts";
import { Throttles } from "./throttle.ts";

/** What the dispatcher works with. */
export interface DispatchContext {
  readonly engine: RunningEngine;
  readonly settings: Settings;
  /** Handlers by operation name. */
  readonly operations: AllHandlers;
  /** Scheme and host of the hosted pages. */
  readonly pages: () => string;
}

/** Answers API v2 calls: signature, environment, throttling, checks of the request table, idempotency, the operation. */
export class Dispatcher {
  readonly #context: DispatchContext;
  readonly #keys: KeyIndex;
  readonly #throttles = new Throttles();
  readonly #idempotency: Idempotency;

  constructor(context: DispatchContext) {
    this.#context = context;
    this.#keys = new KeyIndex(context.engine);
    this.#idempotency = new Idempotency(context.engine);
    context.engine.bus.on("state.replaced", () => {
      this.#throttles.clear();
    });
  }

  /** Answers a call; refusals are answers too. What was found out on the way goes into the note. */
  answer(call: Call, note: CallNote): Answer {
    try {
      return this.#execute(call, note);
    } catch (error) {
      const refusal = serviceErrorOf(error);
      if (refusal === undefined) throw error;
      return errorAnswer(refusal);
    }
  }

  #execute(call: Call, note: CallNote): Answer {
    const { engine, settings } = this.#context;
    const match = findOperation(call);
    note.operation = match.operation.name;
    const caller = authenticate(call, note, { engine, settings, keys: this.#keys });
    const environment = environmentOf(caller.publicKeyId, match.environment);
    note.environment = environment;
    if (settings.strict) requireStrictHeaders(call);
    const body = parseBody(call);
    if (settings.strict) requireTextAmounts(body);
    const operation = chooseAlternative(match, body, call.headers);
    note.operation = operation.name;
    const merchant = resolveAuthToken(engine, operation, caller.merchant, call.headers);
    note.merchantId = merchant.merchantId;
    const { merchantId } = merchant;
    if (settings.throttling) this.#throttles.take(operation, caller.merchant.merchantId, environment, engine.now());

    const place = this.#idempotency.place(operation, call.path, { merchantId, environment }, call.headers, body);
    const stored = place === undefined ? undefined : this.#idempotency.recall(place, body);
    if (stored !== undefined) {
      return { status: stored.status, headers: stored.headers, body: stored.body ?? undefined };
    }
    const query = readQuery(call.query);
    const [issue] = checkRequest(operation, body, query, { environment, suggest: nearest });
    if (issue !== undefined) throw new ServiceError(issue.reasonCode, serviceMessage(issue));
    const handler = this.#context.operations[operation.name];
    const answer = attempt(
      () =>
        handler({
          engine,
          settings,
          operation,
          merchant,
          environment,
          params: match.params,
          body,
          query,
          headers: call.headers,
          simulationCode: call.headers["x-amz-pay-simulation-code"],
          origin: call.origin,
          pages: this.#context.pages(),
        }),
      operation,
    );
    if (place !== undefined && answer.status < 500) {
      const { status, headers, body: text } = answer;
      this.#idempotency.keep(place, body, { status, headers, body: typeof text === "string" ? text : null });
    }
    return answer;
  }
}

/** A refusal by the operation itself is its answer, and as such is kept under the idempotency key. */
function attempt(work: () => ReturnType<OperationHandler>, operation: Operation): Answer {
  try {
    const { status, body, headers } = work();
    return body === undefined
      ? { status: status ?? operation.success[0], headers: headers ?? {} }
      : jsonAnswer(status ?? operation.success[0], body, headers);
  } catch (error) {
    const refusal = serviceErrorOf(error);
    if (refusal === undefined) throw error;
    return errorAnswer(refusal);
  }
}

/** The service's form of an error (docs/amazon-pay/errors.md). */
export function errorAnswer(error: ServiceError): Answer {
  return jsonAnswer(error.status, { reasonCode: error.reasonCode, message: error.message });
}

function readQuery(query: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  if (query === "") return values;
  for (const [name, value] of new URLSearchParams(query)) {
    // Official clients send parameters that they have no value for: an empty one counts as left out.
    if (value === "") continue;
    const earlier = values[name];
    values[name] = earlier === undefined ? value : `${earlier},${value}`;
  }
  return values;
}
