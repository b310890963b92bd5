import { checkFields, isRecord, type CheckOptions } from "./fields/check.ts";
import type { FieldIssue } from "./fields/issue.ts";
import type { Operation } from "./operation.ts";

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
