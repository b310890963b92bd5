import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { signEnvelope } from "@amazon-pay-kit/sdk/notifications";
import type { Merchant } from "../engine/objects/index.ts";
import type { SandboxContext } from "../module.ts";
import type { Settings } from "../settings.ts";
import type { SigningCertificate } from "./certificate.ts";
import { envelopeOf, subscriptionArn, topicArn } from "./message.ts";
import type { Notification } from "./notification.ts";
import type { AttemptResult } from "./retry-policy.ts";

/** How long an endpoint may take to answer, in milliseconds: SNS waits 15 seconds. */
export const ANSWER_TIMEOUT = 15_000;

/** Signs a notification and posts it to the merchant. Never rejects. */
export async function deliverNotification(
  context: SandboxContext,
  certificate: SigningCertificate,
  notification: Notification,
  merchant: Merchant,
): Promise<AttemptResult> {
  const envelope = await signEnvelope(envelopeOf(notification, merchant, context.origin()), {
    pkcs8: certificate.pkcs8,
    certificateUrl: context.secureOrigin() + certificate.path,
    version: context.settings.notificationSignature,
  });
  const topic = topicArn(merchant, notification.environment);
  const headers = {
    "content-type": "text/plain; charset=UTF-8",
    "user-agent": "Amazon Simple Notification Service Agent",
    "x-amz-sns-message-type": "Notification",
    "x-amz-sns-message-id": notification.messageId,
    "x-amz-sns-topic-arn": topic,
    "x-amz-sns-subscription-arn": subscriptionArn(topic),
  };
  return post(context.settings, context.clock, notification.url, headers, JSON.stringify(envelope));
}

async function post(
  settings: Settings,
  clock: Clock,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<AttemptResult> {
  const late = new AbortController();
  const over = new AbortController();
  const timeout = clock.sleep(ANSWER_TIMEOUT, over.signal).then(
    () => {
      late.abort();
      return { outcome: "timeout", status: null } as const;
    },
    () => undefined,
  );
  const answer = send(
    settings,
    new Request(url, { method: "POST", headers, body, redirect: "manual", signal: late.signal }),
  );
  const result = (await Promise.race([answer, timeout])) ?? (await answer);
  over.abort();
  return result;
}

async function send(settings: Settings, request: Request): Promise<AttemptResult> {
  try {
    const response = await settings.transport(request);
    await response.body?.cancel();
    const { status } = response;
    return { outcome: status >= 200 && status < 300 ? "accepted" : "refused", status };
  } catch {
    // Which of the many ways of not reaching a host it was says nothing that the merchant's own log does not say better.
    return { outcome: "unreachable", status: null };
  }
}
