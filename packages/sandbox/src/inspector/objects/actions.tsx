/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { Engine } from "../../engine/engine.ts";
import type {
  Charge,
  ChargePermission,
  CheckoutSession,
  Dispute,
  Merchant,
  Refund,
  Report,
} from "../../engine/objects/index.ts";
import { constraintsOf } from "../../engine/sessions/constraints.ts";
import { DISPUTE_OVER } from "../../engine/states/state-tables.ts";
import type { SandboxContext } from "../../module.ts";
import { instrumentsOf, type InstrumentOutcome } from "../../test-data/index.ts";
import { Choose, ControlForm, Field } from "../control/control-form.tsx";

/** Something that a person other than the merchant does, as a button. */
interface Action {
  readonly text: string;
  /** Below `/_sandbox`. */
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
  /** Further fields of the form. */
  readonly fields?: Child;
  readonly confirm?: string;
}

interface Group {
  readonly who: string;
  readonly actions: readonly Action[];
}

/** Types of charge permission, as a person would say it. */
const AGREEMENTS: readonly { readonly value: string; readonly text: string }[] = [
  { value: "OneTime", text: "one order" },
  { value: "Recurring", text: "recurring payments" },
  { value: "PaymentMethodOnFile", text: "payment method on file" },
];

type GroupsOf = (engine: Engine, object: never) => readonly Group[];

/** What can be done to an object, by its kind and state. */
const GROUPS: Readonly<Record<string, GroupsOf>> = {
  __proto__: null as never,
  sessions: (engine, session: CheckoutSession) => {
    if (session.status.state !== "Open") return [];
    const path = `/checkout-sessions/${session.checkoutSessionId}/buyer`;
    const left = constraintsOf(session).map(({ constraintId }) => constraintId);
    const ready = left.length === 0;
    const act = (text: string, action: string): Action => ({ text, path, body: { action } });
    return [
      {
        who: "The buyer",
        actions: [
          {
            text: session.buyer === null ? "Signs in with this card" : "Changes to this card",
            path,
            body: { action: "sign-in" },
            fields: <Card engine={engine} merchantId={session.merchantId} chosen={session.buyer?.instrumentId} />,
          },
          ...(ready && !session.buyerConfirmed ? [act("Confirms and pays", "approve")] : []),
          act("Cancels the checkout", "cancel"),
        ],
      },
      { who: "Amazon", actions: [act("Declines the payment", "decline"), act("Fails: cancels the checkout", "fail")] },
    ];
  },
  permissions: (engine, permission: ChargePermission) => {
    if (permission.state === "Closed") return [];
    const path = `/charge-permissions/${permission.chargePermissionId}/buyer`;
    const act = (text: string, action: string): Action => ({ text, path, body: { action } });
    return [
      {
        who: "The buyer",
        actions: [
          {
            text: "Changes to this card",
            path,
            body: { action: "change-instrument" },
            fields: <Card engine={engine} merchantId={permission.merchantId} chosen={permission.instrumentId} />,
          },
          act("Deletes the card", "delete-instrument"),
          act("Deletes the billing address", "delete-billing-address"),
          act("Ends the agreement", "cancel"),
        ],
      },
      {
        who: "Amazon",
        actions: [
          act("Lets the card expire", "expire-instrument"),
          {
            text: "Cancels the agreement and its open charges",
            path: `/charge-permissions/${permission.chargePermissionId}/amazon`,
            body: { action: "cancel" },
          },
        ],
      },
    ];
  },
  charges: (engine, charge: Charge) => {
    const { state } = charge.status;
    const path = `/charges/${charge.chargeId}/chargeback`;
    const later = waits(engine, charge.chargeId, charge.status.state);
    if (state !== "Captured") return later;
    const amount = <Field id="dispute-amount" name="amount" label="Amount (default: all)" placeholder="10.00" />;
    return [
      {
        who: "The buyer",
        actions: [
          { text: "Disputes the charge at the bank (chargeback)", path, body: { type: "Chargeback" }, fields: amount },
          { text: "Claims it from Amazon (A-to-z)", path, body: { type: "AtoZClaim" } },
        ],
      },
      ...later,
    ];
  },
  refunds: (engine, refund: Refund) => waits(engine, refund.refundId, refund.status.state),
  reports: (engine, report: Report) => waits(engine, report.reportId, report.processingStatus),
  disputes: (engine, dispute: Dispute) => {
    if (DISPUTE_OVER.has(dispute.state)) return [];
    const path = `/disputes/${dispute.disputeId}/decision`;
    return [
      {
        who: "Amazon",
        actions: [
          { text: "Decides for the merchant", path, body: { resolution: "MerchantWon" } },
          { text: "Decides for the buyer", path, body: { resolution: "BuyerWon" } },
        ],
      },
      ...waits(engine, dispute.disputeId, dispute.state),
    ];
  },
  merchants: (engine, merchant: Merchant) => {
    const path = `/merchants/${merchant.merchantId}`;
    const suspended = merchant.status === "suspended";
    return [
      {
        who: "A buyer",
        actions: [
          {
            text: "Agrees to pay",
            path: "/charge-permissions",
            body: { merchantId: merchant.merchantId },
            fields: (
              <>
                <Choose id="type" name="type" label="Agreement" options={AGREEMENTS} />
                <Field
                  id="amount"
                  name="amount"
                  label={`Amount (${merchant.currency})`}
                  value={merchant.currency === "JPY" ? "5000" : "50.00"}
                />
                <Card engine={engine} merchantId={merchant.merchantId} chosen={undefined} />
              </>
            ),
          },
        ],
      },
      {
        who: "Amazon",
        actions: [
          { text: "Pays out: closes the settlement", path: "/settlements", body: { merchantId: merchant.merchantId } },
          suspended
            ? { text: "Reactivates the account", path, body: { status: "active" } }
            : {
                text: "Suspends the account",
                path,
                body: { status: "suspended" },
                confirm: "Every call of this merchant will be refused until the account is reactivated. Suspend it?",
              },
        ],
      },
    ];
  },
};

/** What is scheduled about an object, as a button that moves the clock there. */
function waits(engine: Engine, id: string, state: string): readonly Group[] {
  const due = [...engine.state.tasks.values()]
    .filter(({ subject }) => subject === id)
    .map((task) => task.due)
    .sort((left, right) => left - right)[0];
  if (due === undefined) return [];
  const seconds = Math.max(1, Math.ceil((due - engine.now()) / 1000));
  return [
    {
      who: "Time",
      actions: [
        {
          text: `Passes until it is no longer ${state} (${spanOf(seconds)})`,
          path: "/clock",
          body: { advance: `PT${seconds}S` },
        },
      ],
    },
  ];
}

/** `45 seconds`, `2 hours`, `30 days`. */
function spanOf(seconds: number): string {
  const [size, unit] =
    seconds < 120
      ? [1, "second"]
      : seconds < 7200
        ? [60, "minute"]
        : seconds < 172_800
          ? [3600, "hour"]
          : [86_400, "day"];
  const count = Math.round(seconds / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const OUTCOMES: Readonly<Record<InstrumentOutcome, string>> = {
  success: "accepted",
  "buyer-canceled": "buyer cancels",
  declined: "declined",
  "pending-authorized": "pending, then accepted",
  "pending-declined": "pending, then declined",
};

function Card(props: { readonly engine: Engine; readonly merchantId: string; readonly chosen: string | undefined }) {
  const region = props.engine.state.merchants.get(props.merchantId)?.region ?? "na";
  return (
    <Choose
      id="card"
      name="instrument"
      label="Card"
      chosen={props.chosen}
      options={instrumentsOf(region).map(({ instrumentId, brand, lastDigits, outcome }) => ({
        value: instrumentId,
        text: `${brand} ${lastDigits}, ${OUTCOMES[outcome]}`,
      }))}
    />
  );
}

/** Buttons for what the buyer, Amazon and time can do to an object. */
export function Actions(props: { readonly context: SandboxContext; readonly kind: string; readonly object: unknown }) {
  const { engine } = props.context;
  const groups = Object.hasOwn(GROUPS, props.kind) ? (GROUPS[props.kind]?.(engine, props.object as never) ?? []) : [];
  const page = props.kind === "sessions" ? hostedPage(props.object as CheckoutSession) : undefined;
  if (groups.length === 0) return null;
  return (
    <section class="actions">
      <h2>What can happen now</h2>
      <div class="groups">
        {groups.map((group) => (
          <section aria-label={group.who}>
            <h3>{group.who}</h3>
            {group.actions.map((action) => (
              <ControlForm method="POST" path={action.path} submit={action.text} confirm={action.confirm}>
                {Object.entries(action.body).map(([name, value]) => (
                  <input type="hidden" name={name} value={value} />
                ))}
                {action.fields}
              </ControlForm>
            ))}
          </section>
        ))}
      </div>
      {page === undefined ? null : (
        <p>
          <a href={page}>Open Amazon’s page where the buyer confirms</a>
        </p>
      )}
    </section>
  );
}

/** Amazon's page behind `amazonPayRedirectUrl`, once the session is complete enough for it. */
function hostedPage(session: CheckoutSession): string | undefined {
  if (session.status.state !== "Open" || constraintsOf(session).length > 0) return undefined;
  return `/checkout/processing?amazonCheckoutSessionId=${encodeURIComponent(session.checkoutSessionId)}`;
}
