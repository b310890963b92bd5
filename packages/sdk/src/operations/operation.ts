import type { FieldTable } from "./fields/field.ts";
import type { Rule } from "./fields/rules.ts";

/** Methods that the service knows. */
export type HttpMethod = "GET" | "POST" | "PATCH" | "DELETE";

/** A leaky bucket: how many calls at once, and how many a second afterwards (docs/amazon-pay/operations.md). */
export interface Throttle {
  /** Calls that may come at once. */
  readonly burst: number;
  /** Calls a second that may follow. */
  readonly perSecond: number;
}

/**
 * One operation of Amazon Pay API v2. The client sends by these rows, and the sandbox answers by them.
 */
export interface Operation {
  /** As the official clients call it, for example `createCharge`. */
  readonly name: string;
  /** HTTP method. */
  readonly method: HttpMethod;
  /** Below `/v2`, with `{names}` for the variable segments, for example `/charges/{chargeId}/capture`. */
  readonly path: string;
  /** Statuses of success (docs/amazon-pay/operations.md). The first is the usual one. */
  readonly success: readonly [number, ...number[]];
  /** Whether `x-amz-pay-idempotency-key` must, may or need not be sent. On GET, PATCH and DELETE it has no effect. */
  readonly idempotency: "required" | "optional" | "none";
  /** Gives the members of the JSON body. Left out: the operation has no body. */
  readonly body?: () => FieldTable;
  /** Gives the query parameters. Left out: none. */
  readonly query?: () => FieldTable;
  /** Rules over several members of the body, or of the query where there is no body. */
  readonly rules?: readonly Rule[];
  /** Member of the body that the service tells repeats by, where it takes the part of an idempotency key. */
  readonly reference?: string;
  /** Whether a solution provider's auth token is needed, or not understood. Left out: it may be sent. */
  readonly authToken?: "needed" | "unsupported";
  /** Published figures; left out where unknown. */
  readonly throttle?: { readonly live?: Throttle; readonly sandbox?: Throttle };
}

/**
 * One row. A function and not an object, because a bundle repeats what every object says:
 * the names of its members.
 *
 * @param more the rest; `idempotency` is `none` unless it says otherwise
 */
/* @__NO_SIDE_EFFECTS__ */
export function operation<
  const Name extends string,
  const Method extends HttpMethod,
  const Path extends string,
  const More extends Partial<Operation> = object,
>(
  name: Name,
  method: Method,
  path: Path,
  success: Operation["success"],
  more?: More,
): Operation & { readonly name: Name; readonly method: Method; readonly path: Path } & More {
  return { name, method, path, success, idempotency: "none", ...more } as ReturnType<
    typeof operation<Name, Method, Path, More>
  >;
}

/** Published figures in the order of the service's table: live burst, live refill, sandbox burst, sandbox refill. */
/* @__NO_SIDE_EFFECTS__ */
export function throttle(
  liveBurst: number,
  livePerSecond: number,
  burst: number,
  perSecond: number,
): Required<NonNullable<Operation["throttle"]>> {
  return { live: { burst: liveBurst, perSecond: livePerSecond }, sandbox: { burst, perSecond } };
}
