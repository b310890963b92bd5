import { type ApiParameter, type ApiRoute, CHANGES, ROUTES } from "./routes.ts";

const text = { type: "string" } as const;
const maybe = { type: ["string", "null"] } as const;
const amount = {
  type: "string",
  description: "Plain decimal with exactly the currency's digits, such as -25.54.",
} as const;
const moment = { type: ["string", "null"], description: "UTC, YYYY-MM-DDTHH:MM:SSZ." } as const;
const whole = { type: "integer" } as const;
const flagged = { type: "boolean" } as const;

type Properties = Readonly<Record<string, object>>;

const object = (properties: Properties, more = false): object => ({
  type: "object",
  required: Object.keys(properties),
  properties,
  ...(more ? { additionalProperties: true } : {}),
});

/** What the documents have, by the route that gives one. Members may be added later. */
const SCHEMAS: Readonly<Record<string, object>> = {
  __proto__: null as never,
  Account: object({
    accountId: text,
    sellerId: maybe,
    region: text,
    environment: text,
    currency: maybe,
    reports: whole,
    settlements: whole,
    openExceptions: whole,
    lastFetchedAt: moment,
  }),
  Settlement: object({
    accountId: text,
    settlementId: text,
    currency: text,
    start: moment,
    end: moment,
    status: text,
    bank: text,
    opening: amount,
    activity: amount,
    fees: amount,
    reserve: amount,
    transfer: amount,
    closing: amount,
    rows: whole,
  }),
  Row: object({
    line: whole,
    postedAt: moment,
    type: text,
    transactionId: maybe,
    referenceId: maybe,
    orderId: maybe,
    currency: text,
    amount,
    fee: amount,
    net: amount,
  }),
  Exception: object({
    id: text,
    accountId: text,
    cause: text,
    code: text,
    severity: text,
    status: text,
    settlementId: maybe,
    transactionId: maybe,
    orderId: maybe,
    referenceId: maybe,
    file: maybe,
    line: { type: ["integer", "null"] },
    amount: { ...amount, type: ["string", "null"] },
    currency: maybe,
    message: text,
    foundAt: moment,
  }),
  Balance: object({
    accountId: text,
    currency: text,
    covered: flagged,
    knownUntil: moment,
    balance: amount,
    reserve: amount,
    inTransit: { ...amount, type: ["string", "null"] },
  }),
  Event: object({
    id: { ...whole, description: "The same in every delivery of the event." },
    sequence: { ...whole, description: "1, 2, 3 … within the account, without a gap." },
    code: text,
    accountId: text,
    subject: text,
    at: { type: "string", description: "UTC, YYYY-MM-DDTHH:MM:SS.mmmZ." },
    facts: { type: "object", additionalProperties: true },
  }),
  Webhook: object({
    name: text,
    accountId: text,
    state: { type: "string", enum: ["told", "waiting", "failing", "disabled"] },
    delivered: { type: ["integer", "null"], description: "Number of the last event that was delivered." },
    waiting: whole,
    attempts: whole,
    lastError: maybe,
    deliveredAt: moment,
    failingSince: moment,
    nextAttemptAt: moment,
  }),
  Explanation: object({
    query: text,
    settlements: { type: "array", items: { $ref: "#/components/schemas/Settlement" } },
    deposits: { type: "array", items: { type: "object" } },
    transactions: { type: "array", items: { type: "object" } },
    exceptions: { type: "array", items: { $ref: "#/components/schemas/Exception" } },
  }),
  Error: object({ error: object({ code: text, message: text }) }),
};

const SCHEMA_OF: Readonly<Record<string, string>> = {
  __proto__: null as never,
  listAccounts: "Account",
  listSettlements: "Settlement",
  getSettlement: "Settlement",
  listSettlementRows: "Row",
  listExceptions: "Exception",
  getException: "Exception",
  listEvents: "Event",
  listWebhooks: "Webhook",
  explain: "Explanation",
  listBalances: "Balance",
};

const refusal = {
  description: "Refused: the code is stable, the message is for people",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
};

function parameter({ name, help, values, needed, instant, currency, count }: ApiParameter): object {
  const schema =
    instant === true
      ? { type: "string", format: "date-time" }
      : count === true
        ? { type: "integer", minimum: 0 }
        : {
            type: "string",
            ...(values === undefined ? {} : { enum: values }),
            ...(currency === true ? { pattern: "^[A-Z]{3}$" } : {}),
          };
  return { name, in: "query", required: needed === true, description: help, schema };
}

const ACCOUNT: ApiParameter = {
  name: "account",
  help: "One account. Needed where the token sees several, and not all.",
};
const ID = { name: "id", in: "path", required: true, schema: { type: "string" } };

function parametersOf(route: Pick<ApiRoute, "path" | "parameters" | "list" | "whole" | "numbered">): object[] {
  const paging =
    route.list === undefined || route.whole === true
      ? []
      : [
          { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 500, default: 50 } },
          ...(route.numbered === true
            ? []
            : [{ name: "cursor", in: "query", description: "`next` of the page before.", schema: { type: "string" } }]),
        ];
  return [...(route.path.includes("{id}") ? [ID] : []), ...[ACCOUNT, ...route.parameters].map(parameter), ...paging];
}

function answerOf(route: ApiRoute): object {
  const one = { $ref: `#/components/schemas/${SCHEMA_OF[route.name] ?? "Error"}` };
  if (route.list === undefined) return one;
  const items = { type: "array", items: one };
  const next = route.numbered === true ? whole : maybe;
  return object({ [route.list]: items, ...(route.whole === true ? {} : { next }) });
}

const responses = (schema: object): object => ({
  "200": { description: "Found", content: { "application/json": { schema } } },
  "4XX": refusal,
});

/** The API as an OpenAPI 3.1 document: made of the same table as the server. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, object> = {};
  for (const route of ROUTES) {
    const { path, name: operationId, summary } = route;
    paths[path] = {
      get: { operationId, summary, parameters: parametersOf(route), responses: responses(answerOf(route)) },
    };
  }
  for (const [change, { name: operationId, summary }] of Object.entries(CHANGES)) {
    const note = object({ note: { type: "string", minLength: 1, maxLength: 4000 } });
    paths[`/v1/exceptions/{id}/${change}`] = {
      post: {
        operationId,
        summary,
        parameters: [ID, parameter(ACCOUNT)],
        requestBody: { required: true, content: { "application/json": { schema: note } } },
        responses: responses({ $ref: "#/components/schemas/Exception" }),
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Books of Amazon Pay Kit",
      version: "1",
      description: "Settlements, rows, exceptions, explanations and balances of the accounts that a token sees.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "http://127.0.0.1:8582", description: "apay api" }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "Made by apay api tokens create." } },
      schemas: SCHEMAS,
    },
  };
}
