import type { NotificationBody } from "../envelope/read-envelope.ts";
import { NotificationError } from "../errors.ts";
import { type HandlerAnswer, POST_ONLY, TOO_LONG, LONGEST_BODY } from "./answer.ts";
import { type HandlerOptions, checkHandlerOptions, processNotification } from "./process.ts";
import { isText } from "../../kind.ts";

/** As much of an event of API Gateway (REST or HTTP API, v1 and v2) or of a function URL as the handler needs. */
export interface LambdaHttpEvent {
  /** REST APIs and HTTP APIs of payload format 1.0. */
  readonly httpMethod?: string | undefined;
  /** HTTP APIs of payload format 2.0, and function URLs. */
  readonly requestContext?: { readonly http?: { readonly method?: string | undefined } | undefined } | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
}

/** As much of the event of an SNS trigger as the handler needs. */
export interface LambdaSnsEvent {
  /** Each with the envelope in `Sns`. */
  readonly Records: readonly { readonly Sns: object }[];
}

/** The answer to an HTTP event. */
export interface LambdaHttpResult {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * A handler for AWS Lambda behind API Gateway or a function URL, or as the subscriber of an SNS topic. For an SNS trigger it throws
 * where another delivery can succeed, so that Lambda tries again; what can never succeed is told to `onError` alone.
 *
 * @example
 * export const handler = lambdaNotificationHandler({ onChange: (notification) => queue.add(notification.objectId) });
 * @throws NotificationError `notification.bad-option`, at once
 */
export function lambdaNotificationHandler(
  options: HandlerOptions,
): (event: LambdaHttpEvent | LambdaSnsEvent) => Promise<LambdaHttpResult> {
  checkHandlerOptions(options);
  return async (event) => resultOf("Records" in event ? await fromSns(event, options) : await fromHttp(event, options));
}

async function fromHttp(event: LambdaHttpEvent, options: HandlerOptions): Promise<HandlerAnswer> {
  const method = event.httpMethod ?? event.requestContext?.http?.method;
  if (method !== undefined && method !== "POST") return POST_ONLY;
  const { body, isBase64Encoded } = event;
  if (isText(body) && body.length > 2 * LONGEST_BODY) return TOO_LONG;
  // An event that is none of the known ones is handed on, to be named in the error.
  const given = body === undefined && method === undefined ? event : (body ?? "");
  return processNotification(isText(given) && isBase64Encoded === true ? decoded(given) : given, options);
}

function decoded(base64: string): NotificationBody {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return base64;
  }
}

async function fromSns({ Records: records }: LambdaSnsEvent, options: HandlerOptions): Promise<HandlerAnswer> {
  let worst: HandlerAnswer | undefined;
  for (const record of records) {
    const answer = await processNotification(record?.Sns ?? record, options);
    if (worst === undefined || answer.status > worst.status) worst = answer;
  }
  if (worst === undefined) return processNotification({}, options);
  if (worst.status < 500) return worst;
  throw new NotificationError("notification.not-processed", `answered with ${worst.status}: ${worst.text}`);
}

function resultOf({ status, headers, text }: HandlerAnswer): LambdaHttpResult {
  return { statusCode: status, headers: { ...headers }, body: text };
}
