/** A call as `GET /_sandbox/events` shows it. */
export interface LoggedCall {
  readonly eventId: number;
  readonly at: string;
  readonly merchantId: string | null;
  readonly operation: string | null;
  readonly requestId: string | null;
  readonly request: { readonly method: string; readonly path: string; readonly query: string };
  readonly response: { readonly status: number; readonly body: unknown };
  readonly signature: {
    readonly valid: boolean;
    readonly explanation: { readonly cause: string; readonly advice: string } | null;
  } | null;
  readonly fault: string | null;
  readonly changes: readonly {
    readonly object: string;
    readonly id: string;
    readonly from: string | null;
    readonly to: string;
  }[];
}

/** A call on a line, and below it what it changed, why it was refused and what is wrong with its signature. */
export function callLines(call: LoggedCall): string[] {
  const { request, response, fault, operation } = call;
  const explanation = call.signature?.explanation ?? null;
  const query = request.query === "" ? "" : `?${request.query.replace(/^\?/, "")}`;
  const name = operation === null ? "" : `  ${operation}`;
  return [
    `${call.at}  ${response.status}  ${request.method} ${request.path}${query}${name}`,
    ...(fault === null ? [] : [`    made to fail: ${fault}`]),
    ...refusal(call),
    ...(explanation === null ? [] : [`    signature: ${explanation.cause}`, `    try: ${explanation.advice}`]),
    ...call.changes.map(({ object, id, from, to }) => `    ${object} ${id}: ${from ?? "new"} → ${to}`),
  ];
}

/** The first line of what the service said; the string to sign that follows it is in the inspector. */
function refusal({ response }: LoggedCall): string[] {
  if (response.status < 400 || typeof response.body !== "object" || response.body === null) return [];
  const { reasonCode, message } = response.body as { readonly reasonCode?: unknown; readonly message?: unknown };
  if (typeof reasonCode !== "string" || typeof message !== "string") return [];
  return [`    ${reasonCode}: ${message.split("\n", 1).join("")}`];
}
