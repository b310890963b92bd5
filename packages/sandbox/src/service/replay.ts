import { formatInstant } from "@amazon-pay-kit/money";
import { parseAuthorization, signRequest } from "@amazon-pay-kit/sdk/signing";
import { isApiPath } from "../api/choose-operation.ts";
import { ControlError } from "../control/control-error.ts";
import { optionalChoice } from "../control/read-members.ts";
import type { Engine } from "../engine/engine.ts";
import type { SandboxEvent } from "../events/event.ts";
import type { EventLog } from "../events/event-log.ts";
import { HIDDEN } from "../events/redact.ts";
import type { Answer, Call } from "../http/call.ts";
import type { ControlRoute } from "../module.ts";

/** How a call is sent again. */
const WAYS = ["same-request", "new-request", "same-bytes"] as const;
type Way = (typeof WAYS)[number];

/** What sending a call again needs. */
export interface ReplayParts {
  readonly engine: Pick<Engine, "now" | "uuid">;
  readonly events: EventLog;
  readonly privateKeyOf: (publicKeyId: string) => string | undefined;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/**
 * `POST /_sandbox/events/{id}/replay` `{"as":"same-request"}` sends a logged call once more: signed anew with the key that it
 * was signed with, under its idempotency key (`same-request`, the default) or under a new one (`new-request`); or byte for
 * byte with its old signature (`same-bytes`), which is refused once its date is too old.
 */
export function replayCalls(parts: ReplayParts): ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/events/:id/replay",
      members: ["as"],
      handle: async ({ params, body }) => {
        const id = params["id"] ?? "";
        const found = /^\d{1,15}$/.test(id) ? parts.events.find(Number(id)) : undefined;
        if (found === undefined) {
          throw new ControlError(
            "control.not-found",
            `there is no call ${id} in the log (any more): GET /_sandbox/events`,
          );
        }
        const original = found.call ?? callOf(found.event);
        const way = optionalChoice(body, "as", WAYS) ?? (isApiPath(original.path) ? "same-request" : "same-bytes");
        if (found.call === undefined && way === "same-bytes" && isApiPath(original.path)) {
          throw new ControlError(
            "control.conflict",
            `the signature of call ${id} was not kept over the last start: send it as "same-request" or "new-request"`,
          );
        }
        const call = await prepare(parts, { ...original, loopback: true, signal: undefined }, way);
        const answer = await parts.handle(call);
        return {
          eventId: parts.events.idOf(call) ?? null,
          replayOf: found.event.eventId,
          as: way,
          status: answer.status,
          reasonCode: reasonOf(answer),
        };
      },
    },
  ];
}

/** The call as it is to be sent now. A copy in any case: the log tells calls apart by their identity. */
async function prepare({ engine, privateKeyOf }: ReplayParts, call: Call, way: Way): Promise<Call> {
  if (way === "same-bytes") return { ...call };
  if (!isApiPath(call.path)) {
    throw new ControlError("control.invalid", `only calls of API v2 are signed anew: send this one as "same-bytes"`);
  }
  const { publicKeyId, algorithm, names } = signerOf(call);
  const privateKey = privateKeyOf(publicKeyId);
  if (privateKey === undefined) {
    throw new ControlError(
      "control.conflict",
      `the sandbox does not have the private key of ${publicKeyId}, so it cannot sign: send the call as "same-bytes", or from your program`,
    );
  }
  const { authorization: _, ...headers } = call.headers;
  const fresh: Record<string, string> = {
    ...headers,
    "x-amz-pay-date": formatInstant(engine.now()).replaceAll(/[-:]/g, ""),
  };
  const withKey = headers["x-amz-pay-idempotency-key"] !== undefined || call.method === "POST";
  if (way === "new-request" && withKey) fresh["x-amz-pay-idempotency-key"] = engine.uuid().replaceAll("-", "");
  const signed = Object.fromEntries(
    [...new Set([...names, "x-amz-pay-idempotency-key"])].flatMap((name) => {
      const value = fresh[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const target = call.query === "" ? call.path : `${call.path}?${call.query}`;
  const { headers: sent } = await signRequest(
    { method: call.method, path: target, headers: signed, body: call.body.length === 0 ? null : call.body },
    { publicKeyId, privateKey, algorithm },
  );
  return { ...call, headers: { ...fresh, ...sent } };
}

/** Who signed the call, and which headers. @throws ControlError where its Authorization header cannot be read */
function signerOf(call: Call) {
  try {
    const { publicKeyId, algorithm, signedHeaders } = parseAuthorization(call.headers["authorization"] ?? "");
    return { publicKeyId, algorithm, names: signedHeaders.toLowerCase().split(";") };
  } catch (error) {
    throw new ControlError(
      "control.conflict",
      `the call's Authorization header does not say whose key signs it: send it as "same-bytes"`,
      { cause: error },
    );
  }
}

/** A call of an earlier life, from what was kept of it. @throws ControlError where something was left out */
function callOf({ eventId, request }: SandboxEvent): Call {
  const body =
    request.body === null ? "" : typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  const signature = request.headers["authorization"] ?? "";
  if (`${request.path}${request.query}${body}`.includes(HIDDEN) || typeof request.body === "string") {
    throw new ControlError(
      "control.conflict",
      `call ${eventId} came before the sandbox was last started, and was kept without secrets and buyer data: send it from your program`,
    );
  }
  return {
    method: request.method,
    path: request.path,
    query: request.query,
    // Its signature was not kept either; whose key and which headers it was is there.
    headers: { ...request.headers, authorization: signature },
    body: new TextEncoder().encode(body),
    origin: `http://${request.headers["host"] ?? "sandbox.invalid"}`,
    loopback: true,
  };
}

function reasonOf({ body }: Answer): string | null {
  if (typeof body !== "string" || !body.startsWith("{")) return null;
  try {
    const { reasonCode } = JSON.parse(body) as { readonly reasonCode?: unknown };
    return typeof reasonCode === "string" ? reasonCode : null;
  } catch {
    return null;
  }
}
