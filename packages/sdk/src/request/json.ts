import { invalidValue, type FieldIssue } from "../operations/fields/issue.ts";

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
