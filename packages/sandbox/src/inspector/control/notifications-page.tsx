/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { SandboxContext } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import { inspectorPage } from "../frame/inspector-page.tsx";
import { Json, Mark, stateTone } from "../frame/marks.tsx";
import { hrefOfObject } from "../frame/object-kinds.ts";
import { Choose, ControlForm, Field, merchantOptions } from "./control-form.tsx";

interface Shown {
  readonly notificationId: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly state: string;
  readonly at: string;
  readonly url: string;
  readonly delivery: string;
  readonly deliveryFaults: readonly string[];
  readonly attempts: readonly { readonly at: string; readonly outcome: string; readonly status: number | null }[];
  readonly nextAttemptAt: string | null;
}

const OBJECTS: Readonly<Record<string, string>> = {
  CHARGE_PERMISSION: "permissions",
  CHARGE: "charges",
  REFUND: "refunds",
  CHARGEBACK: "disputes",
};

/** Notifications with their deliveries, and ways to disturb the next ones. */
export async function notificationsPage(context: SandboxContext): Promise<Answer> {
  const { notifications, planned } = (await context.control("GET", "/notifications?limit=200")) as {
    readonly notifications: readonly Shown[];
    readonly planned: readonly unknown[];
  };
  return inspectorPage(context, {
    title: "Notifications",
    section: "/notifications",
    live: true,
    children: (
      <>
        <ControlForm title="Where notifications go" method="POST" path="/merchants/{merchantId}" submit="Set">
          <Choose id="address-merchant" name="merchantId" label="Merchant" options={merchantOptions(context)} />
          <Field id="address" name="notificationUrl" label="Address" placeholder="http://localhost:3000/ipn" required />
        </ControlForm>
        <ControlForm title="Disturb the next deliveries" method="POST" path="/notifications" submit="Disturb">
          <Choose id="spoil-merchant" name="merchantId" label="Merchant" options={merchantOptions(context)} />
          <Field id="duplicate" name="duplicate" label="Further copies" placeholder="0" number />
          <Field id="delay" name="delay" label="Delivered later by (ISO 8601)" placeholder="PT5M" />
          <Field id="reorder" name="reorder" label="Reverse the order of" placeholder="2" number />
          <Field id="spoil-times" name="times" label="How often" placeholder="1" number />
        </ControlForm>
        <ControlForm method="DELETE" path="/notifications" submit="Stop disturbing" />
        {planned.length === 0 ? null : <Json value={planned} label="Disturbances to come" />}
        <h2>{`Deliveries: ${notifications.length}`}</h2>
        {notifications.length === 0 ? (
          <p class="nothing">None yet. Merchants with an address get every change of state.</p>
        ) : null}
        <ul class="cards">
          {notifications.toReversed().map((notification) => (
            <li>
              <p>
                <Mark tone={stateTone(notification.delivery)}>{notification.delivery}</Mark>{" "}
                <a href={hrefOfObject(OBJECTS[notification.objectType] ?? "", notification.objectId)}>
                  {notification.objectId}
                </a>{" "}
                <span class="quiet">{`${notification.objectType} is ${notification.state} · ${notification.at}`}</span>
              </p>
              <p class="quiet">
                {[
                  notification.url,
                  ...notification.deliveryFaults,
                  ...notification.attempts.map(
                    ({ at, outcome, status }) => `${at} ${outcome}${status === null ? "" : ` ${status}`}`,
                  ),
                  ...(notification.nextAttemptAt === null ? [] : [`next ${notification.nextAttemptAt}`]),
                ].join(" · ")}
              </p>
              <ControlForm
                method="POST"
                path={`/notifications/${notification.notificationId}/deliveries`}
                submit="Deliver again"
              />
            </li>
          ))}
        </ul>
      </>
    ),
  });
}
