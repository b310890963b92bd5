import { isRecord } from "../operations/fields/check.ts";
import type { Field, FieldTable } from "../operations/fields/field.ts";
import { invalidValue, type FieldIssue } from "../operations/fields/issue.ts";
import { isOtherValue, otherValue } from "../operations/fields/other-value.ts";
import type { QueryValue } from "../signing/query.ts";
import { basicDate } from "../signing/required-headers.ts";
import { priceInput } from "./price-input.ts";

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
