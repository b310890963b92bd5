import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { signEnvelope } from "@amazon-pay-kit/sdk/notifications";
import { ControlError } from "../control/control-error.ts";
import { optionalChoice, requiredText } from "../control/read-members.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { ControlRequest, Module, SandboxContext } from "../module.ts";
import type { Settings } from "../settings.ts";
import { CERTIFICATE_FOLDER, signingCertificate, type SigningCertificate } from "./certificate.ts";
import { notificationCalls, shown } from "./control.ts";
import { envelopeOf, subscriptionArn, topicArn } from "./message.ts";
import { type Notification, NOTIFICATION_TYPES, OBJECT_TYPES, type ObjectType } from "./notification.ts";
import { DELIVER, Outbox } from "./outbox.ts";
import { type AttemptResult, isWorthAnotherTry, nextAttemptAt, RETRY_POLICIES } from "./retry-policy.ts";

/** How long an endpoint may take to answer, in milliseconds: SNS waits 15 seconds. */
const ANSWER_TIMEOUT = 15_000;

/** Signs a notification and posts it to the merchant. Never rejects. */
async function deliverNotification(
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

/** Carries notifications out when the schedule says so, and puts further attempts on it. */
export class DeliveryWorker {
  readonly #context: SandboxContext;
  readonly #outbox: Outbox;
  readonly #certificate: () => Promise<SigningCertificate>;
  readonly #underWay = new Set<Promise<void>>();

  constructor(context: SandboxContext, outbox: Outbox, certificate: () => Promise<SigningCertificate>) {
    this.#context = context;
    this.#outbox = outbox;
    this.#certificate = certificate;
    context.engine.handle(DELIVER, (item) => {
      const carried = this.#attempt(item.subject, context.engine.now()).finally(() => {
        this.#underWay.delete(carried);
      });
      this.#underWay.add(carried);
    });
  }

  /** Resolves when nothing is under way; undefined when nothing is. */
  idle(): Promise<void> | undefined {
    return this.#underWay.size === 0 ? undefined : Promise.all(this.#underWay).then(() => undefined);
  }

  async #attempt(notificationId: string, at: number): Promise<void> {
    const { engine } = this.#context;
    const notification = this.#outbox.notifications.get(notificationId);
    const merchant = engine.state.merchants.get(notification?.merchantId ?? "");
    if (notification === undefined || merchant === undefined) return;
    const result = await deliverNotification(this.#context, await this.#certificate(), notification, merchant);
    // A reset may have emptied the state meanwhile.
    const present = this.#outbox.notifications.get(notificationId);
    if (present !== undefined) this.#note(present, at, result);
  }

  #note(notification: Notification, at: number, result: AttemptResult): void {
    const attempts = [...notification.attempts, { at, result }];
    const accepted = result.outcome === "accepted";
    const noted: Notification = {
      ...notification,
      attempts,
      delivery: accepted || notification.delivery === "delivered" ? "delivered" : "failed",
      nextAttemptAt: null,
    };
    if (accepted && noted.copies > 0) {
      this.#outbox.schedule({ ...noted, copies: noted.copies - 1 }, at);
      return;
    }
    const policy = RETRY_POLICIES[this.#context.settings.notificationRetries];
    const next = isWorthAnotherTry(result) ? nextAttemptAt(policy, attempts[0]?.at ?? at, at) : undefined;
    if (next === undefined) this.#outbox.notifications.put(noted.notificationId, noted);
    else this.#outbox.schedule({ ...noted, delivery: noted.delivery === "delivered" ? "delivered" : "waiting" }, next);
  }
}

/** The object that a change is about. */
interface Changed {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly objectType: ObjectType;
  readonly objectId: string;
  readonly chargePermissionId: string;
  readonly state: string;
}

/** Names in state changes of what merchants are told about. */
const TOLD_OF: ReadonlySet<string> = new Set(["chargePermission", "charge", "refund", "dispute"]);

/** Posts a notification for every change of state that the service tells merchants about (docs/amazon-pay/notifications.md). */
function listen(context: SandboxContext, outbox: Outbox): void {
  const { engine } = context;
  /**
   * Last state that was told of, by object. Of one that has not moved since the start nothing is known, and it is not read for
   * it: its merchant was told in an earlier life.
   */
  const told = new Map<string, string | null>();
  engine.bus.on("state.replaced", () => {
    told.clear();
  });
  engine.bus.on("object.moved", ({ object, id, transition }) => {
    if (TOLD_OF.has(object) && !told.has(id)) told.set(id, transition.from);
  });

  const tell = (changed: Changed): void => {
    const last = told.get(changed.objectId);
    if (last === undefined || last === changed.state) return;
    told.set(changed.objectId, changed.state);
    const url = engine.state.merchants.get(changed.merchantId)?.notificationUrl;
    if (url === null || url === undefined) return;
    outbox.post({
      ...changed,
      notificationId: engine.uuid(),
      messageId: engine.uuid(),
      notificationType: "STATE_CHANGE",
      at: engine.now(),
      publishedAt: context.clock.now(),
      url,
    });
  };

  engine.bus.on("permission.changed", ({ permission }) => {
    const { merchantId, environment, chargePermissionId, state } = permission;
    tell({
      merchantId,
      environment,
      objectType: "CHARGE_PERMISSION",
      objectId: chargePermissionId,
      chargePermissionId,
      state,
    });
  });
  engine.bus.on("charge.changed", ({ charge }) => {
    const { merchantId, environment, chargeId, chargePermissionId, status } = charge;
    tell({
      merchantId,
      environment,
      objectType: "CHARGE",
      objectId: chargeId,
      chargePermissionId,
      state: status.state,
    });
  });
  engine.bus.on("refund.changed", ({ refund }) => {
    const { merchantId, environment, refundId, chargePermissionId, status } = refund;
    tell({
      merchantId,
      environment,
      objectType: "REFUND",
      objectId: refundId,
      chargePermissionId,
      state: status.state,
    });
  });
  engine.bus.on("dispute.changed", ({ dispute }) => {
    const { merchantId, environment, disputeId, chargeId, state } = dispute;
    const chargePermissionId = engine.state.charges.get(chargeId)?.chargePermissionId ?? "";
    tell({ merchantId, environment, objectType: "CHARGEBACK", objectId: disputeId, chargePermissionId, state });
  });
}

/** The object that a message names. */
interface Subject {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly chargePermissionId: string;
  readonly state: string;
}

/**
 * `POST /_sandbox/notifications/messages` `{"objectType":"CHARGE","objectId":"…","notificationType":"ATTRIBUTE_CHANGE"}`: tells the
 * merchant of an object once more, without any change to it. `notificationType` is `STATE_CHANGE` by default.
 *
 * @throws ControlError for an object that is not there, and for a merchant without an address for notifications
 */
function postMessage(
  { engine, clock }: Pick<SandboxContext, "engine" | "clock">,
  outbox: Outbox,
  body: ControlRequest["body"],
): unknown {
  const objectType = optionalChoice(body, "objectType", OBJECT_TYPES);
  if (objectType === undefined)
    throw new ControlError("control.missing", `objectType is missing: one of ${OBJECT_TYPES.join(", ")}`);
  const objectId = requiredText(body, "objectId");
  const notificationType = optionalChoice(body, "notificationType", NOTIFICATION_TYPES) ?? "STATE_CHANGE";
  const subject = subjectOf({ engine }, objectType, objectId);
  if (subject === undefined) throw new ControlError("control.not-found", `there is no ${objectType} ${objectId}`);
  const { merchantId } = subject;
  const url = engine.state.merchants.get(merchantId)?.notificationUrl ?? null;
  if (url === null) {
    throw new ControlError(
      "control.conflict",
      `merchant ${merchantId} has no address for notifications: POST /_sandbox/merchants/${merchantId} {"notificationUrl":"…"}`,
    );
  }
  const notificationId = engine.uuid();
  outbox.post({
    ...subject,
    objectType,
    objectId,
    notificationId,
    messageId: engine.uuid(),
    notificationType,
    at: engine.now(),
    publishedAt: clock.now(),
    url,
  });
  const posted = outbox.notifications.get(notificationId);
  if (posted === undefined) throw new TypeError(`notification ${notificationId} is gone`);
  return shown(posted);
}

function subjectOf(
  { engine }: Pick<SandboxContext, "engine">,
  objectType: ObjectType,
  objectId: string,
): Subject | undefined {
  const { state } = engine;
  switch (objectType) {
    case "CHARGE_PERMISSION": {
      const permission = state.chargePermissions.get(objectId);
      return permission === undefined ? undefined : { ...placeOf(permission), state: permission.state };
    }
    case "CHARGE": {
      const charge = state.charges.get(objectId);
      return charge === undefined ? undefined : { ...placeOf(charge), state: charge.status.state };
    }
    case "REFUND": {
      const refund = state.refunds.get(objectId);
      return refund === undefined ? undefined : { ...placeOf(refund), state: refund.status.state };
    }
    case "CHARGEBACK": {
      const dispute = state.disputes.get(objectId);
      if (dispute === undefined) return undefined;
      const chargePermissionId = state.charges.get(dispute.chargeId)?.chargePermissionId ?? "";
      return { ...placeOf({ ...dispute, chargePermissionId }), state: dispute.state };
    }
  }
}

const placeOf = ({ merchantId, environment, chargePermissionId }: Omit<Subject, "state">): Omit<Subject, "state"> => ({
  merchantId,
  environment,
  chargePermissionId,
});

/** Tells merchants of changes, as Amazon SNS does. */
export const notificationsModule: Module = {
  name: "notifications",
  install: (context) => {
    const outbox = new Outbox(context.engine);
    const certificate = signingCertificate(context);
    const worker = new DeliveryWorker(context, outbox, certificate);
    listen(context, outbox);
    return {
      routes: [
        {
          method: "GET",
          path: `${CERTIFICATE_FOLDER}/:file`,
          logged: false,
          handle: async (call) => {
            const { certificatePem, path } = await certificate();
            if (call.path !== path)
              return { status: 404, headers: { "content-type": "text/plain" }, body: "no such certificate\n" };
            return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: certificatePem };
          },
        },
      ],
      control: [
        ...notificationCalls(context.engine, outbox),
        {
          method: "POST",
          path: "/notifications/messages",
          members: ["objectType", "objectId", "notificationType"],
          handle: ({ body }) => postMessage(context, outbox, body),
        },
      ],
      idle: () => worker.idle(),
    };
  },
};
