import {
  checkRequest,
  matchOperation,
  type Operation,
  type OperationName,
  OPERATIONS,
} from "@amazon-pay-kit/sdk/operations";
import { isApiPath } from "../../api/choose-operation.ts";
import type { SandboxEvent } from "../../events/event.ts";
import { HIDDEN } from "../../events/redact.ts";
import { jsLiteral, type Names } from "./js-literal.ts";
import { SDK_METHODS } from "./sdk-methods.ts";

/** What a program says about a call besides its arguments. */
export interface CallCode {
  /** `pay.charges.create({ … })`, without `await`. */
  readonly code: string;
  /** `charge`: for a variable with the answer. */
  readonly variable: string;
  /** Whether the client does not send it: it refuses by itself what the service would refuse. */
  readonly unsent: boolean;
}

/** Query parameters that the client takes as lists. */
const LISTS = new Set(["reportTypes", "processingStatuses"]);

/**
 * The operation of a call that a client can make: known, and signed. A call that a fault refused was looked at no further: its
 * method and path say what it was.
 */
function operationOf({ operation, signature, fault, request }: SandboxEvent): Operation | undefined {
  if (signature !== null) return OPERATIONS.find(({ name }) => name === operation);
  return fault !== null && isApiPath(request.path) ? matchOperation(request.method, request.path).operation : undefined;
}

/**
 * A call by the client's method.
 *
 * @param keys whether its idempotency key matters, and stands in the options
 * @returns undefined for a call that no method of the client makes
 */
export function callCode(event: SandboxEvent, names: Names, indent: string, keys: boolean): CallCode | undefined {
  const operation = operationOf(event);
  if (operation === undefined) return undefined;
  const method = SDK_METHODS[operation.name as OperationName];
  const values = pathValues(event, operation.path);
  const body = event.request.body ?? {};
  // What is not JSON, or no object, no client sends.
  if (values === undefined || typeof body !== "object" || Array.isArray(body)) return undefined;
  const query = Object.fromEntries(
    [...new URLSearchParams(event.request.query)].map(([name, value]) => [
      name,
      LISTS.has(name) ? value.split(",") : value,
    ]),
  );
  const args: string[] = values.map((value) => jsLiteral(value, indent, names));
  const options = optionsOf(event, keys);
  const given = operation.body !== undefined ? body : operation.query !== undefined ? query : undefined;
  const left =
    given === undefined || (Object.keys(given).length === 0 && options === undefined && operation.method === "GET");
  if (!left) args.push(jsLiteral(given, indent, names));
  if (options !== undefined) args.push(jsLiteral(options, indent, names));
  const sent = Object.fromEntries(new URLSearchParams(event.request.query));
  const issues = checkRequest(operation, body as Readonly<Record<string, unknown>>, sent);
  const unsent = event.response.status === 400 && issues.length > 0;
  return { code: `pay.${method}(${args.join(", ")})`, variable: variableOf(operation.name), unsent };
}

/** The path's variable segments, decoded, in order. */
function pathValues({ request }: SandboxEvent, pattern: string): string[] | undefined {
  const match = matchOperation(request.method, request.path);
  if (match.operation === undefined) return undefined;
  return [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => match.params[name] ?? "");
}

function optionsOf({ request }: SandboxEvent, keys: boolean): Readonly<Record<string, string>> | undefined {
  const { headers } = request;
  const options: Record<string, string> = {};
  const key = headers["x-amz-pay-idempotency-key"];
  if (keys && key !== undefined && request.method === "POST") options["idempotencyKey"] = key;
  if (headers["x-amz-pay-simulation-code"] !== undefined) options["simulate"] = headers["x-amz-pay-simulation-code"];
  if (headers["x-amz-pay-authtoken"] !== undefined) options["authToken"] = headers["x-amz-pay-authtoken"];
  return Object.keys(options).length === 0 ? undefined : options;
}

/** `createCharge` gives a charge, `getReports` reports, `deliveryTrackers` a delivery tracker. */
function variableOf(name: string): string {
  const noun = /^(?:create|get|update|complete|finalize|close|capture|cancel|contest|upload|register)([A-Z]\w*)$/.exec(
    name,
  )?.[1];
  const plain = (noun ?? name).replace(/ById$/, "").replace(/^AmazonPay/, "");
  return plain.charAt(0).toLowerCase() + plain.slice(1);
}

/** Says in a comment what a copied call lacks; empty where it lacks nothing. */
export function hiddenNote(texts: readonly string[], mark: string): string {
  const count = texts.join("\n").split(HIDDEN).length - 1;
  return count === 0
    ? ""
    : `${mark} ${count === 1 ? "One value is" : `${count} values are`} not kept in the log (buyer data, tokens): put your own where it says ${HIDDEN}.\n`;
}

/** Region of the call, as clients name it. */
export function regionOf({ request }: SandboxEvent): string {
  return (request.headers["x-amz-pay-region"] ?? "na").trim().toLowerCase();
}

/**
 * A program that makes the call with the client.
 *
 * @returns undefined for a call that no method of the client makes
 */
export function sdkCode(event: SandboxEvent): string | undefined {
  const call = callCode(event, new Map(), "", true);
  if (call === undefined) return undefined;
  const choice: Record<string, string> = { region: regionOf(event) };
  if (event.merchantId !== null) choice["merchantId"] = event.merchantId;
  return [
    'import { AmazonPay } from "@amazon-pay-kit/sdk";\n\n',
    "// ready.json is what the sandbox writes when it is started with --ready-file ready.json\n",
    hiddenNote([call.code], "//"),
    `const pay = AmazonPay.forSandbox("ready.json", ${jsLiteral(choice)});\n`,
    `const ${call.variable} = await ${call.code};\n`,
    `console.log(${call.variable});\n`,
  ].join("");
}
