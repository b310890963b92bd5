import { nestsDeeperThan } from "../api/parse-body.ts";
import { serviceErrorOf } from "../api/service-error.ts";
import { SandboxError } from "../errors.ts";
import { type Answer, type Call, jsonAnswer, textOf } from "../http/call.ts";
import { Router } from "../http/router.ts";
import type { ControlRoute } from "../module.ts";
import { ControlError } from "./control-error.ts";
import { type ControlAccess, requireAccess } from "./loopback-only.ts";
import { onlyMembers, onlyQuery } from "./read-members.ts";

/** A JSON value in which integers that JSON cannot hold exactly are texts. */
function encodeAmounts(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) => (typeof member === "bigint" ? String(member) : member)),
  );
}

/** Where the control plane lives. */
export const CONTROL_ROOT = "/_sandbox";

/** Answers the calls below `/_sandbox`: JSON in, JSON out, refusals as `{ "error": { "code", "message" } }`. */
export class ControlPlane {
  #router = new Router<ControlRoute>([]);
  readonly #access: ControlAccess;

  /** @param access whom it answers */
  constructor(access: ControlAccess) {
    this.#access = access;
  }

  /** Sets the calls that it answers; modules that make calls of their own get the control plane before they are all known. */
  mount(routes: readonly ControlRoute[]): void {
    const list: ControlRoute = { method: "GET", path: "/calls", handle: () => ({ calls: all.map(shownRoute) }) };
    const all = [...routes, list];
    this.#router = new Router(all);
  }

  /** Whether the control plane has something at this path, whatever the method. */
  has(path: string): boolean {
    return this.#router.find("", path.slice(CONTROL_ROOT.length)) !== undefined;
  }

  /** Answers a call from outside. */
  async answer(call: Call): Promise<Answer> {
    try {
      requireAccess(call, this.#access);
      const query = new URLSearchParams(call.query);
      const value = await this.#run(call.method, call.path.slice(CONTROL_ROOT.length), query, call.origin, () =>
        readJson(textOf(call)),
      );
      return jsonAnswer(200, encodeAmounts(value ?? {}), { "cache-control": "no-store" });
    } catch (error) {
      return refusal(error);
    }
  }

  /** Calls it in this process. @throws ControlError */
  async invoke(method: string, path: string, body: unknown, origin: string): Promise<unknown> {
    const [route = "", query = ""] = path.split("?");
    return encodeAmounts(
      (await this.#run(method, route, new URLSearchParams(query), origin, () => asObject(body ?? {}))) ?? {},
    );
  }

  async #run(
    method: string,
    path: string,
    query: URLSearchParams,
    origin: string,
    body: () => Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const found = this.#router.find(method, path);
    if (found === undefined) {
      throw new ControlError(
        "control.not-found",
        `there is nothing at ${CONTROL_ROOT}${path} in the control plane; GET ${CONTROL_ROOT}/calls lists its calls`,
      );
    }
    if ("methods" in found) {
      throw new ControlError("control.wrong-method", `${CONTROL_ROOT}${path} takes ${found.methods.join(", ")}`);
    }
    onlyQuery(query, found.row.query ?? []);
    const given = body();
    onlyMembers(given, found.row.members ?? []);
    try {
      return await found.row.handle({ params: found.params, query, body: given, origin });
    } catch (error) {
      // A rule of the engine: refused with the status that the API gives it.
      throw serviceErrorOf(error) ?? error;
    }
  }
}

/** A call as `GET /_sandbox/calls` lists it: `:name` in the path stands for a segment. */
function shownRoute({ method, path, query = [], members = [] }: ControlRoute): unknown {
  return { method, path: CONTROL_ROOT + path, query, members };
}

/** Errors of this package that carry a status are meant for the caller; anything else is a fault of ours. */
function refusal(error: unknown): Answer {
  if (!(error instanceof SandboxError) || !("status" in error) || typeof error.status !== "number") throw error;
  return jsonAnswer(error.status, { error: { code: error.code, message: error.message } });
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    if (nestsDeeperThan(text, 64)) throw new RangeError("too deep");
    value = JSON.parse(text);
  } catch {
    throw new ControlError("control.not-json", "the body is not JSON, or nests too deeply");
  }
  return asObject(value);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ControlError("control.invalid", "the body must be a JSON object");
  }
  return value as Readonly<Record<string, unknown>>;
}
