/** Headers whose values say nothing about a secret or a person. All others are replaced: an allow-list forgets safely. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  "accept",
  "content-length",
  "content-type",
  "date",
  "retry-after",
  "user-agent",
  "x-amz-pay-date",
  "x-amz-pay-host",
  "x-amz-pay-idempotency-key",
  "x-amz-pay-region",
  "x-amz-pay-request-id",
  "x-amz-pay-simulation-code",
]);

/** Query parameters of the same kind. */
const HARMLESS_PARAMETERS: ReadonlySet<string> = new Set([
  "createdSince",
  "createdUntil",
  "deleteExistingSchedule",
  "endTime",
  "pageSize",
  "processingStatuses",
  "reportTypes",
  "startTime",
]);

/** What stands in for a value that is not shown. */
const REDACTED = "[redacted]";

/** Headers as they may be shown: harmless values as they are, of all others only the name. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, HARMLESS_HEADERS.has(name.toLowerCase()) ? value : REDACTED]),
  );
}

/**
 * A path as it may be shown. Variable segments are shown where they are ids; buyer tokens and auth tokens are secrets.
 *
 * @param template path of the operation, with `{names}`
 */
export function redactPath(
  template: string,
  params: Readonly<Record<string, unknown>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name.endsWith("Id") ? String(params[name]) : REDACTED,
  );
  const names = Object.keys(query).filter((name) => query[name] !== undefined && query[name] !== null);
  if (names.length === 0) return path;
  return `${path}?${names.map((name) => `${name}=${HARMLESS_PARAMETERS.has(name) ? String(query[name]) : REDACTED}`).join("&")}`;
}
