import type { FieldTable } from "./fields/field.ts";
import type { Rule } from "./fields/rules.ts";

/** Methods that the service knows. */
export type HttpMethod = "GET" | "POST" | "PATCH" | "DELETE";

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
}

/**
 * One row. A function and not an object, because a bundle repeats what every object says:
 * the names of its members.
 *
 * @param more the rest; unless it says otherwise `idempotency` is `optional` for a POST without a reference, and else `none`
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
  const idempotency = method === "POST" && more?.reference === undefined ? "optional" : "none";
  return { name, method, path, success, idempotency, ...more } as ReturnType<
    typeof operation<Name, Method, Path, More>
  >;
}
