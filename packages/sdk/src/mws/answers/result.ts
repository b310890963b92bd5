import { safeMessage } from "../../errors/service-answer.ts";
import { MwsError } from "../errors.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { memberOf, optionalText } from "../xml/members.ts";
import { XmlError } from "../xml/xml-error.ts";

/** How much of the hourly quota is left, as the answer's headers tell. */
export interface MwsQuota {
  /** Calls that an hour allows. */
  readonly max: number;
  /** Calls that are left of them. */
  readonly remaining: number;
  /** As the service writes it; `null` where it does not. */
  readonly resetsOn: string | null;
}

/** What comes along with every answer. */
export interface MwsAnswerInfo {
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;
  /** `undefined` where the service does not tell. */
  readonly quota: MwsQuota | undefined;
}

/** An answer of success, taken apart. */
export interface MwsResult extends MwsAnswerInfo {
  readonly action: string;
  /** The `…Result` element. */
  readonly element: XmlElement;
}

/** The error for an answer of success that is not what belongs there. */
export function unreadableAnswer(action: string, why: string, requestId: string | null = null): MwsError {
  const id = requestId === null ? "" : ` (request id ${requestId})`;
  return new MwsError("mws.unreadable-answer", `the answer to ${action} cannot be used: ${why}${id}`);
}

/** Reads the quota headers. */
export function quotaOf(headers: Readonly<Record<string, string>>): MwsQuota | undefined {
  const [max, remaining] = [Number(headers["x-mws-quota-max"]), Number(headers["x-mws-quota-remaining"])];
  if (!Number.isFinite(max) || !Number.isFinite(remaining)) return undefined;
  return { max, remaining, resetsOn: headers["x-mws-quota-resetson"] ?? null };
}

/**
 * Reads `<ActionResponse><ActionResult/><ResponseMetadata/></ActionResponse>`, whichever of its two namespaces it has.
 *
 * @throws MwsError `mws.unreadable-answer`
 */
export function readResult(action: string, body: string, headers: Readonly<Record<string, string>>): MwsResult {
  let root: XmlElement;
  try {
    root = readXml(body);
  } catch (error) {
    throw error instanceof XmlError ? unreadableAnswer(action, `it is not XML: ${error.message}`) : error;
  }
  if (root.name !== `${action}Response`) throw unreadableAnswer(action, `it is a ${safeMessage(root.name, [])}`);
  const requestId = optionalText(memberOf(root, "ResponseMetadata"), "RequestId");
  const element = memberOf(root, `${action}Result`);
  if (element === undefined) throw unreadableAnswer(action, `it has no ${action}Result`, requestId);
  return { action, element, requestId, quota: quotaOf(headers) };
}

/** The text of a member that must be there. */
export function requiredText({ action, requestId }: MwsResult, element: XmlElement, name: string): string {
  const text = optionalText(element, name);
  if (text === null) throw unreadableAnswer(action, `${element.name} has no ${name}`, requestId);
  return text;
}

/** A member that is `true` or `false`. */
export function requiredBoolean(result: MwsResult, element: XmlElement, name: string): boolean {
  const text = requiredText(result, element, name);
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw unreadableAnswer(result.action, `${name} is neither true nor false`, result.requestId);
}

/** The member `Count`. */
export function countOf(result: MwsResult): number {
  const text = requiredText(result, result.element, "Count");
  if (!/^\d{1,9}$/.test(text)) throw unreadableAnswer(result.action, "Count is not a number", result.requestId);
  return Number(text);
}
