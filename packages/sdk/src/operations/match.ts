import { OPERATIONS, type OperationRow } from "./table.ts";

/** What a request's method and path mean. */
export interface OperationMatch {
  /** The operation's row. */
  readonly operation: OperationRow;
  /** Variable segments by name, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Environment named by the path; undefined where the key decides. */
  readonly environment: "live" | "sandbox" | undefined;
  /** Further operations with the same method and path: the two account families share theirs. */
  readonly alternatives: readonly OperationRow[];
}

/** A path that belongs to no operation, and why. */
export interface OperationMismatch {
  /** None. */
  readonly operation: undefined;
  /** `version`: not under `/v2`; `path`: no such resource; `method`: the resource exists, but not with this method. */
  readonly reason: "version" | "path" | "method";
  /** Methods that the path has, where the reason is `method`. */
  readonly methods: readonly string[];
}

interface Row {
  readonly operation: OperationRow;
  readonly segments: readonly string[];
}

/** Made at the first look-up, so that a bundle which looks nothing up can do without the table. */
let rows: readonly Row[] | undefined;

/**
 * Finds the operation of a request: takes `/live/v2/…`, `/sandbox/v2/…` and `/v2/…`, each with or without one slash
 * at the end (docs/amazon-pay/operations.md).
 *
 * @param path the raw path, percent-encoded, without query
 * @example
 * const found = matchOperation("POST", "/sandbox/v2/charges/S01-1-1-C1/capture/");
 * if ("params" in found) found.params; // { chargeId: "S01-1-1-C1" }
 */
export function matchOperation(method: string, path: string): OperationMatch | OperationMismatch {
  const root = /^(?:\/(live|sandbox))?\/v2(?=\/|$)/.exec(path);
  if (root === null) return { operation: undefined, reason: "version", methods: [] };
  const rest = path.slice(root[0].length).replace(/\/$/, "");
  const segments = rest.slice(1).split("/");
  rows ??= OPERATIONS.map((operation) => ({ operation, segments: operation.path.slice(1).split("/") }));
  const sameShape = rows.filter((row) => fits(row.segments, segments));
  if (sameShape.length === 0) return { operation: undefined, reason: "path", methods: [] };
  const upper = method.toUpperCase();
  const [first, ...others] = sameShape.filter((row) => row.operation.method === upper);
  if (first === undefined) {
    return {
      operation: undefined,
      reason: "method",
      methods: [...new Set(sameShape.map((row) => row.operation.method))],
    };
  }
  const params = readParams(first.segments, segments);
  if (params === undefined) return { operation: undefined, reason: "path", methods: [] };
  return {
    operation: first.operation,
    params,
    environment: root[1] as "live" | "sandbox" | undefined,
    alternatives: others.map((row) => row.operation),
  };
}

const isVariable = (segment: string): boolean => segment.startsWith("{");

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, index) => (isVariable(part) ? segments[index] !== "" : part === segments[index]))
  );
}

function readParams(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    if (!isVariable(part)) continue;
    try {
      params[part.slice(1, -1)] = decodeURIComponent(segments[index] ?? "");
    } catch {
      // A stray percent sign: no such object can exist.
      return undefined;
    }
  }
  return params;
}
