import { isRecord } from "../operations/fields/check.ts";
import type { Field, FieldTable } from "../operations/fields/field.ts";
import { type FieldIssue, invalidValue } from "../operations/fields/issue.ts";
import { isOtherValue, otherValue } from "../operations/fields/other-value.ts";
import type { QueryValue } from "../signing/query.ts";
import { basicDate } from "../signing/required-headers.ts";
import { currencyDigits } from "../operations/fields/currency-digits.ts";
import { encodeComponent } from "../signing/encode.ts";
import { isObject, isText } from "../kind.ts";

/**
 * Turns a request's members into what goes over the wire: amounts into decimal text, dates into ISO text, lists of a
 * query into text with commas. The caller's objects are never changed; what needs no change is passed on as it is.
 *
 * @param issues takes what cannot be turned, with its path
 */
export function prepare(table: FieldTable, value: unknown, issues: FieldIssue[], path = ""): unknown {
  if (!isRecord(value)) return value;
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const field = Object.hasOwn(table, name) ? table[name] : undefined;
    const before = value[name];
    if (field === undefined || before === undefined || before === null) continue;
    const after = prepareField(field, before, issues, path === "" ? name : `${path}.${name}`);
    if (after !== before) (copy ??= { ...value })[name] = after;
  }
  return copy ?? value;
}

function prepareField(field: Field, value: unknown, issues: FieldIssue[], path: string): unknown {
  switch (field.type) {
    case "price": {
      const outcome = priceInput(value);
      if ("price" in outcome) return outcome.price;
      issues.push(invalidValue(`${path}.${outcome.member}`, outcome.why));
      return value;
    }
    case "timestamp":
      // An invalid date stays one: the field check then names it.
      return value instanceof Date && !Number.isNaN(value.getTime()) ? basicDate(value.getTime()) : value;
    case "text":
      return field.separated === true && Array.isArray(value) ? joined(value) : value;
    case "object":
      return prepare(field.fields, value, issues, path);
    case "list":
      return Array.isArray(value)
        ? value.map((item, index) => prepareField(field.items, item, issues, `${path}[${index}]`))
        : value;
    default:
      return value;
  }
}

/** A list of a query as text with commas. With an `otherValue` in it the whole of it goes unchecked. */
function joined(values: readonly unknown[]): unknown {
  const text = values.join(",");
  return values.some(isOtherValue) ? otherValue(text) : text;
}

/** A checked query as it is sent: an `otherValue` as its text. */
export function plainQuery(query: Readonly<Record<string, QueryValue>>): Readonly<Record<string, QueryValue>> {
  const texts = Object.entries(query).map(
    ([name, value]) => [name, isOtherValue(value) ? String(value) : value] as const,
  );
  return Object.fromEntries(texts);
}

/**
 * Adds what the field check found, without what it says about amounts that `prepare` has already found wrong in its more
 * exact words.
 */
export function addIssues(prepared: FieldIssue[], found: readonly FieldIssue[]): void {
  const amounts = prepared.map((issue) => issue.path.slice(0, issue.path.lastIndexOf(".") + 1));
  for (const issue of found) {
    if (!amounts.some((amount) => issue.path.startsWith(amount))) prepared.push(issue);
  }
}

/** What a price in a request became, or why it cannot be one. */
export type PriceOutcome =
  | { readonly price: unknown }
  | { readonly member: "amount" | "currencyCode"; readonly why: string };

/**
 * Turns an amount into the form that the service takes: decimal text. Takes the kit's money type, decimal text and
 * whole numbers. Other numbers are refused: 10.1 is not 10.1 in floating point. So is a bare `bigint`, which one reader takes
 * for whole units and another for cents.
 *
 * Whatever is not an amount at all is passed on, for the field check to name.
 */
export function priceInput(value: unknown): PriceOutcome {
  if (!isObject(value)) return { price: value };
  if ("minor" in value) return fromMoney(value as { minor: unknown; currency?: unknown });
  const { amount } = value as { amount?: unknown };
  if (typeof amount === "bigint") {
    return {
      member: "amount",
      why: 'is a bigint, which may mean units or cents: write it as text, such as "10.50", or as { minor: 1050n, currency: "USD" }',
    };
  }
  if (typeof amount !== "number") return { price: value };
  if (!Number.isSafeInteger(amount)) {
    return {
      member: "amount",
      why: 'is a floating-point number, which cannot hold every amount exactly: write it as text, such as "10.50"',
    };
  }
  return { price: { ...value, amount: String(amount) } };
}

function fromMoney(money: { readonly minor: unknown; readonly currency?: unknown }): PriceOutcome {
  const { minor, currency } = money;
  if ("amount" in money || "currencyCode" in money)
    return { member: "amount", why: "is given twice, in minor units too: leave one of them out" };
  if (!isText(currency)) return { member: "currencyCode", why: "is required" };
  if (typeof minor !== "bigint")
    return { member: "amount", why: "must be a bigint of minor units: 1050n is 10.50 USD" };
  if (minor < 0n) return { member: "amount", why: "is negative" };
  return { price: { amount: minorToText(minor, currencyDigits(currency)), currencyCode: currency } };
}

function minorToText(minor: bigint, digits: number): string {
  if (digits === 0) return minor.toString();
  const text = minor.toString().padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * Fills the variable segments of a path, each percent-encoded: a buyer token may hold slashes.
 *
 * @returns the path, or what is wrong with an id. `.` and `..` are refused, because they would name another object.
 * @example fillPath("/charges/{chargeId}/capture", { chargeId: "S01-1-1-C1" }) // "/charges/S01-1-1-C1/capture"
 */
export function fillPath(template: string, ids: readonly unknown[]): string | FieldIssue {
  let index = 0;
  let issue: FieldIssue | undefined;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = ids[index++];
    if (!isText(value) || value === "") {
      issue ??= {
        reasonCode: "MissingParameterValue",
        path: name,
        message:
          typeof (value as PromiseLike<unknown> | undefined)?.then === "function"
            ? `${name} is a Promise: await it`
            : `${name} is required: it is a text that is not empty`,
      };
      return "";
    }
    if (/^[\s\u200B-\u200D\u2060]|[\s\u200B-\u200D\u2060]$|[\r\n\t]/.test(value))
      issue ??= invalidValue(name, "has a blank or a line break around it: trim it");
    // What JavaScript makes of a value that was not there: String(request.query.id) of a request without it.
    if (/^(undefined|null|NaN|\[object \w+\])$/.test(value))
      issue ??= invalidValue(name, `is the text "${value}": a value was missing where it was made`);
    if (value === "." || value === "..") issue ??= invalidValue(name, "is not an id");
    return encodeComponent(value);
  });
  return issue ?? path;
}

/** A body as JSON text; what cannot be written becomes an issue. */
export function toJson(body: unknown, issues: FieldIssue[]): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    issues.push({
      ...invalidValue("", ""),
      message: "the body cannot be written as JSON: it holds a bigint outside of an amount, or itself",
    });
    return undefined;
  }
}
