import { isObject, isText } from "../kind.ts";
/** Headers whose values say nothing about a secret or a person. All others are replaced: an allow-list forgets safely. */
const HARMLESS_HEADERS =
  /^(accept|content-(length|type)|date|retry-after|user-agent|x-amz-pay-(date|host|idempotency-key|region|request-id|simulation-code))$/i;

/** Query parameters of the same kind. */
const HARMLESS_PARAMETERS =
  /^(created(Since|Until)|deleteExistingSchedule|(start|end)Time|pageSize|processingStatuses|reportTypes)$/;

/** What stands in for a value that is not shown. */
const REDACTED = "[redacted]";

/** Headers as they may be shown: harmless values as they are, of all others only the name. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, HARMLESS_HEADERS.test(name) ? value : REDACTED]),
  );
}

/**
 * A path as it may be shown. Variable segments are shown where they are ids; buyer tokens and auth tokens are secrets.
 *
 * @param template path of the operation, with `{names}`
 */
export function redactPath(
  template: string,
  ids: readonly unknown[],
  query: Readonly<Record<string, unknown>>,
): string {
  let index = 0;
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = String(ids[index++]);
    return name.endsWith("Id") ? id : REDACTED;
  });
  const names = Object.keys(query).filter((name) => query[name] !== undefined && query[name] !== null);
  if (names.length === 0) return path;
  return `${path}?${names.map((name) => `${name}=${HARMLESS_PARAMETERS.test(name) ? String(query[name]) : REDACTED}`).join("&")}`;
}

/** Members of a body that hold a person's data, a token, or what a merchant wrote for itself. */
const PERSONAL = /name|address|mail|phone|postal|zip|city|county|district|state|token|note|comment|label|custom/i;

/** The bodies of the API are not deeper. */
const DEEPEST = 12;

/**
 * What a request carries that no message may repeat: the values of its headers but harmless ones, the parts of its
 * `Authorization`, and the texts of personal members of its body.
 */
export function secretsOf(headers: Readonly<Record<string, string>>, body: string): readonly string[] {
  const secrets = Object.entries(headers)
    .filter(([name]) => !HARMLESS_HEADERS.test(name) && !/^host$/i.test(name))
    .flatMap(([, value]) => [value, ...(/Signature=([^,\s]+)/.exec(value) ?? [])]);
  if (body === "") return secrets;
  try {
    collect(JSON.parse(body), false, 0, secrets);
  } catch {
    // No JSON: nothing of it is known by name, so all of it counts.
  }
  return [...secrets, body];
}

function collect(value: unknown, personal: boolean, depth: number, found: string[]): void {
  if (isText(value)) {
    if (personal) found.push(value);
  } else if (isObject(value) && depth < DEEPEST) {
    for (const [name, member] of Object.entries(value))
      collect(member, personal || PERSONAL.test(name), depth + 1, found);
  }
}
