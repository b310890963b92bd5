import { currencyDigits } from "./currency-digits.ts";
import type { Field, FieldTable, IntegerField, PriceField, TextField, UrlField } from "./field.ts";
import type { FieldIssue, FieldReason } from "./issue.ts";
import { required } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { isOtherValue } from "./other-value.ts";
import { currencyCode } from "./shared.ts";
import type { Suggest } from "./suggestion.ts";
import type { Operation } from "../operation.ts";
import { isObject, isText } from "../../kind.ts";

/** How strictly to read a request. */
export interface CheckOptions {
  /** Plain HTTP on localhost is allowed in the sandbox only. Default: `live`. */
  readonly environment?: "live" | "sandbox";
  /** Members that the table does not have: an issue, or let through because the service may be newer. Default: `refuse`. */
  readonly unknownFields?: "refuse" | "allow";
  /**
   * Flags as the texts `"true"` and `"false"`: an issue, or taken as the service does, because official samples send them.
   * Default: `allow`.
   */
  readonly textFlags?: "refuse" | "allow";
  /** Finds what a value or member that is not listed was probably meant to be: `nearest`. Default: the list alone is named. */
  readonly suggest?: Suggest | undefined;
}

/** Default: `InvalidParameterValue`. */
type Report = (path: string, message: string, reasonCode?: FieldReason) => void;

/** A plain object, as JSON has them. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}

/**
 * Checks a request's members against their table and says everything that is wrong, in the table's order.
 *
 * A member that is `null` or `undefined` counts as left out.
 *
 * @example
 * checkFields(createRefund.body?.() ?? {}, { chargeId: "S01-1-1-C1" });
 * // [{ reasonCode: "MissingParameterValue", path: "refundAmount", message: "refundAmount is required" }]
 */
export function checkFields(table: FieldTable, value: unknown, options: CheckOptions = {}): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const report: Report = (path, message, reasonCode = "InvalidParameterValue") => {
    issues.push({ reasonCode, path, message: `${path === "" ? "the body" : path} ${message}` });
  };
  checkObject(table, value, "", options, report);
  return issues;
}

function checkObject(table: FieldTable, value: unknown, path: string, options: CheckOptions, report: Report): void {
  if (!isRecord(value)) {
    report(path, "must be an object");
    return;
  }
  const prefix = path === "" ? "" : `${path}.`;
  for (const name of Object.keys(table)) {
    const field = table[name];
    if (field !== undefined) checkField(field, value[name], prefix + name, options, report);
  }
  if (options.unknownFields === "allow") return;
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(table, name)) continue;
    const meant = options.suggest?.(name, Object.keys(table));
    report(
      prefix + name,
      `is not a member of this request; ${meant === undefined ? "" : `did you mean ${meant}? `}known are: ${Object.keys(table).join(", ")}`,
      "UnrecognizedField",
    );
  }
}

function checkField(field: Field, value: unknown, path: string, options: CheckOptions, report: Report): void {
  if (value === undefined || value === null || (value === "" && field.required === true)) {
    if (field.required === true) report(path, "is required", "MissingParameterValue");
    return;
  }
  const wrong = (message: string): void => report(path, message);
  switch (field.type) {
    case "any":
      return;
    case "text":
      if (isOtherValue(value) && field.values !== undefined) return;
      if (!isText(value)) wrong(field.values === undefined ? "must be text" : mustBeOneOf(field.values));
      else checkText(field, value, options.suggest, wrong);
      return;
    case "integer":
      checkInteger(field, value, wrong);
      return;
    case "boolean":
      if (!/^(true|false)$/.test(String(value)) || isObject(value)) wrong("must be true or false");
      else if (isText(value) && options.textFlags === "refuse") wrong(`must be ${value}, not the text "${value}"`);
      return;
    case "timestamp":
      if (!isTimestamp(value)) wrong("must be an instant such as 20260131T235959Z");
      return;
    case "url":
      checkUrl(field, value, options, wrong);
      return;
    case "price":
      checkPrice(field, value, path, options, report);
      return;
    case "object":
      checkObject(field.fields, value, path, options, report);
      return;
    case "list":
      if (!Array.isArray(value)) wrong("must be a list");
      else
        value.forEach((item, index) =>
          checkField({ ...field.items, required: true }, item, `${path}[${index}]`, options, report),
        );
      return;
    case "map":
      if (!isRecord(value)) wrong("must be an object");
      else
        for (const [name, entry] of Object.entries(value)) {
          const place = `${path}.${name}`;
          if (!field.names.test(name)) report(place, `is not a name that fits ${field.names.source}`);
          checkField(field.entries, entry, place, options, report);
        }
  }
}

function checkText(
  field: TextField,
  value: string,
  suggest: Suggest | undefined,
  wrong: (message: string) => void,
): void {
  // Code points, so that a character outside the basic plane counts once.
  if (field.max !== undefined && value.length > field.max && [...value].length > field.max) {
    wrong(`has ${[...value].length} characters; at most ${field.max} are allowed`);
  }
  if (field.pattern?.test(value) === false) wrong(`must be ${field.words ?? `text that fits ${field.pattern.source}`}`);
  if (field.values === undefined) return;
  for (const entry of field.separated === true ? value.split(",") : [value]) {
    if (field.values.includes(entry)) continue;
    wrong(mustBeOneOf(field.values, suggest?.(entry, field.values)));
  }
}

/** What to say about a value that is not in its list: the list, and what was probably meant. */
function mustBeOneOf(values: readonly string[], meant?: string): string {
  if (values.length === 1) return `must be ${values[0]}`;
  const list = `must be one of ${values.join(", ")}`;
  return meant === undefined ? list : `${list}; did you mean ${meant}?`;
}

function checkInteger(
  { min = -Infinity, max = Infinity }: IntegerField,
  value: unknown,
  wrong: (message: string) => void,
): void {
  const number = (isText(value) && /^-?\d{1,15}$/.test(value) ? Number(value) : value) as number;
  if (!Number.isSafeInteger(number)) wrong("must be a whole number");
  else if (number < min) wrong(`must be at least ${min}`);
  else if (number > max) wrong(`must be at most ${max}`);
}

/** ISO 8601 in both forms; the documentation's own sample of a report request has dashes between hours, minutes and seconds. */
const TIMESTAMP =
  /^\d{4}-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])[:-]?[0-5]\d[:-]?([0-5]\d|60)(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/;

/** Whether the month has the day: 31 February is none. */
function isDay(text: string): boolean {
  const [, year, month, day] = /^(....)-?(..)-?(..)/.exec(text) ?? [];
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
}

function isTimestamp(value: unknown): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  return isText(value) && ((TIMESTAMP.test(value) && isDay(value)) || /^\d{9,14}$/.test(value));
}

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;

function checkUrl(field: UrlField, value: unknown, options: CheckOptions, wrong: (message: string) => void): void {
  // A parser of addresses drops blanks and control characters (below "!"); where the address is sent on as text, they do harm.
  if (!isText(value) || /[^!-\uffff]/.test(value) || !URL.canParse(value)) {
    wrong("must be an absolute address such as https://shop.example/return");
    return;
  }
  const isSandbox = options.environment === "sandbox";
  const { protocol, hostname } = new URL(value);
  const isPlain = protocol === "http:" && (field.http === true || (isSandbox && LOCAL.test(hostname)));
  if (protocol !== "https:" && !isPlain)
    wrong(`must begin with https://${isSandbox ? " (or with http:// on localhost)" : ""}`);
}

/** The members of an amount; what an amount is, `checkPrice` says. */
const priceFields = lazy((): FieldTable => ({
  amount: { type: "any", required: true },
  currencyCode: required(currencyCode()),
}));

function checkPrice(field: PriceField, value: unknown, path: string, options: CheckOptions, report: Report): void {
  if (!isRecord(value)) {
    report(path, 'must be an amount such as { amount: "10.50", currencyCode: "USD" }');
    return;
  }
  checkObject(priceFields(), value, path, options, report);
  const currency = String(value["currencyCode"]);
  const amount = typeof value["amount"] === "number" ? String(value["amount"]) : value["amount"];
  if (amount === undefined || amount === null || amount === "") return;
  const wrong = (message: string, reason?: FieldReason): void => report(`${path}.amount`, message, reason);
  const whole = currencyDigits(currency) === 0;
  if (!isText(amount) || !(whole ? /^\d{1,15}$/ : /^\d{1,15}(\.\d{1,2})?$/).test(amount)) {
    const form = whole ? `1000": ${currency} has no decimals` : '10.50": digits, a point, at most two decimals';
    wrong(`must be a decimal text such as "${form}`);
    return;
  }
  if (field.positive === true && !/[1-9]/.test(amount)) {
    wrong("must be more than 0");
  }
  const limit = field.limits?.[currency];
  if (limit !== undefined && exceeds(amount, limit)) {
    wrong(`is more than the ${limit} ${currency} of one transaction`, "TransactionAmountExceeded");
  }
}

/** Compared in hundredths as integers: amounts are never turned into floating-point numbers. */
function exceeds(decimal: string, limit: number): boolean {
  const [whole = "0", fraction = ""] = decimal.split(".");
  if (whole.length < String(limit).length) return false;
  return BigInt(whole + fraction.padEnd(2, "0")) > BigInt(limit) * 100n;
}

/**
 * Everything wrong with a request's body and query by the documented rules, the body first.
 *
 * @param body what was parsed from JSON, or is about to be sent; undefined for none
 * @param query parameters by name
 */
export function checkRequest(
  operation: Pick<Operation, "body" | "query" | "rules">,
  body: unknown,
  query: Readonly<Record<string, unknown>> = {},
  options: CheckOptions = {},
): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (operation.body !== undefined) issues.push(...checkFields(operation.body(), body ?? {}, options));
  issues.push(...checkFields(operation.query?.() ?? {}, query, options));
  const subject = operation.body === undefined ? query : (body ?? {});
  if (isRecord(subject)) {
    for (const rule of operation.rules ?? []) {
      const issue = rule(subject);
      if (issue !== undefined && !issues.some((known) => known.path === issue.path)) issues.push(issue);
    }
  }
  return issues;
}
