import type { AmazonPay } from "@amazon-pay-kit/sdk";
import type { SimulationCode } from "@amazon-pay-kit/sdk/operations";
import type { ControlMerchant, SandboxControl } from "./control-client.ts";

/** What an event is made with. */
export interface Stage {
  readonly pay: AmazonPay;
  readonly sandbox: SandboxControl;
  readonly merchant: ControlMerchant;
}

/** The object that the event is about. */
export interface Triggered {
  readonly objectType: "CHARGE_PERMISSION" | "CHARGE" | "REFUND" | "CHARGEBACK";
  readonly objectId: string;
  /** State of the object afterwards. */
  readonly state: string;
}

/** An event that can be asked for. */
export interface TriggerRow {
  readonly name: string;
  readonly help: string;
  readonly run: (stage: Stage) => Promise<Triggered>;
}

const amountOf = ({ currency }: ControlMerchant) => ({
  amount: currency === "JPY" ? "2500" : "25.00",
  currencyCode: currency,
});

async function permission({ sandbox, merchant }: Stage): Promise<string> {
  const { amount, currencyCode } = amountOf(merchant);
  const order = {
    merchantId: merchant.merchantId,
    type: "OneTime",
    amount,
    currencyCode,
    merchantReferenceId: "apay-trigger",
  };
  return (await sandbox.call<{ chargePermissionId: string }>("POST", "/charge-permissions", order)).chargePermissionId;
}

/** A charge, with a simulation code where it is to go another way than well. */
async function charge(
  stage: Stage,
  more: { readonly captureNow?: true; readonly pending?: true; readonly simulate?: SimulationCode } = {},
) {
  return stage.pay.charges.create(
    {
      chargePermissionId: await permission(stage),
      chargeAmount: amountOf(stage.merchant),
      ...(more.captureNow === undefined ? {} : { captureNow: true }),
      ...(more.pending === undefined ? {} : { canHandlePendingAuthorization: true }),
    },
    more.simulate === undefined ? {} : { simulate: more.simulate },
  );
}

const chargeResult = async ({ pay }: Stage, chargeId: string): Promise<Triggered> => {
  const { statusDetails } = await pay.charges.retrieve(chargeId);
  return { objectType: "CHARGE", objectId: chargeId, state: statusDetails.state };
};

const advance = ({ sandbox }: Stage, by: string): Promise<unknown> => sandbox.call("POST", "/clock", { advance: by });

function charged(name: string, help: string, more: Parameters<typeof charge>[1], after?: string): TriggerRow {
  return {
    name,
    help,
    run: async (stage) => {
      const { chargeId } = await charge(stage, more);
      if (after !== undefined) await advance(stage, after);
      return chargeResult(stage, chargeId);
    },
  };
}

/** A refund of a captured charge. */
function refunded(name: string, help: string, simulate?: SimulationCode): TriggerRow {
  return {
    name,
    help,
    run: async (stage) => {
      const { chargeId } = await charge(stage, { captureNow: true });
      const { refundId } = await stage.pay.refunds.create(
        { chargeId, refundAmount: amountOf(stage.merchant) },
        simulate === undefined ? {} : { simulate },
      );
      await advance(stage, "PT1M");
      const { statusDetails } = await stage.pay.refunds.retrieve(refundId);
      return { objectType: "REFUND", objectId: refundId, state: statusDetails.state };
    },
  };
}

/** What happens to a charge permission after it was granted. */
function permitted(
  name: string,
  help: string,
  act: (stage: Stage, chargePermissionId: string) => Promise<unknown>,
): TriggerRow {
  return {
    name,
    help,
    run: async (stage) => {
      const chargePermissionId = await permission(stage);
      await act(stage, chargePermissionId);
      const { statusDetails } = await stage.pay.chargePermissions.retrieve(chargePermissionId);
      return { objectType: "CHARGE_PERMISSION", objectId: chargePermissionId, state: statusDetails.state };
    },
  };
}

const buyerDoes =
  (action: string) =>
  ({ sandbox }: Stage, id: string) =>
    sandbox.call("POST", `/charge-permissions/${id}/buyer`, { action });

/** A dispute over a captured charge. */
function disputed(name: string, help: string, type: "Chargeback" | "AtoZClaim"): TriggerRow {
  return {
    name,
    help,
    run: async (stage) => {
      const { chargeId } = await charge(stage, { captureNow: true });
      const { disputeId } = await stage.sandbox.call<{ disputeId: string }>("POST", `/charges/${chargeId}/chargeback`, {
        type,
      });
      const { statusDetails } = await stage.pay.disputes.retrieve(disputeId);
      return { objectType: "CHARGEBACK", objectId: disputeId, state: statusDetails.state };
    },
  };
}

/** Tells of an object once more, as a change of something else than its state. */
const attributeChange: TriggerRow = {
  name: "ATTRIBUTE_CHANGE",
  help: "the buyer chose another card: a notification without a change of state",
  run: async (stage) => {
    const objectId = await permission(stage);
    await stage.sandbox.call("POST", `/charge-permissions/${objectId}/buyer`, {
      action: "change-instrument",
      instrument: "amex-0005",
    });
    const told = { objectType: "CHARGE_PERMISSION", objectId, notificationType: "ATTRIBUTE_CHANGE" } as const;
    if (stage.merchant.notificationUrl !== null) await stage.sandbox.call("POST", "/notifications/messages", told);
    const { statusDetails } = await stage.pay.chargePermissions.retrieve(objectId);
    return { objectType: told.objectType, objectId, state: statusDetails.state };
  },
};

/** Every event of `apay trigger`. Those that need time move the sandbox's clock, and say so. */
export const TRIGGERS: readonly TriggerRow[] = [
  charged("charge.authorized", "a charge is authorized", {}),
  charged("charge.captured", "a charge is authorized and captured", { captureNow: true }),
  charged("charge.pending", "a charge is pending (AuthorizationInitiated); decided 30 s later by the sandbox's clock", {
    pending: true,
    simulate: "PendingAuthorized",
  }),
  charged(
    "charge.pending-authorized",
    "a pending charge is authorized (moves the clock by a minute)",
    { pending: true, simulate: "PendingAuthorized" },
    "PT1M",
  ),
  charged(
    "charge.declined",
    "a pending charge is declined: HardDeclined (moves the clock by a minute)",
    { pending: true, simulate: "PendingHardDeclined" },
    "PT1M",
  ),
  charged(
    "charge.soft-declined",
    "a pending charge is declined, and may be tried again: SoftDeclined (moves the clock by a minute)",
    { pending: true, simulate: "PendingSoftDeclined" },
    "PT1M",
  ),
  charged("charge.expired", "an authorization is not captured for 30 days (moves the clock by 31 days)", {}, "P31D"),
  {
    name: "charge.canceled",
    help: "an authorization is canceled by the merchant",
    run: async (stage) => {
      const { chargeId } = await charge(stage);
      await stage.pay.charges.cancel(chargeId, { cancellationReason: "apay trigger" });
      return chargeResult(stage, chargeId);
    },
  },
  refunded("refund.completed", "a refund is completed (moves the clock by a minute)"),
  refunded("refund.declined", "a refund is declined: AmazonRejected (moves the clock by a minute)", "AmazonRejected"),
  permitted("permission.closed", "the merchant closes a charge permission", ({ pay }, id) =>
    pay.chargePermissions.close(id, { closureReason: "apay trigger", cancelPendingCharges: true }),
  ),
  permitted("permission.canceled", "the buyer cancels a charge permission at Amazon", buyerDoes("cancel")),
  permitted("permission.non-chargeable", "the buyer deletes the card at Amazon", buyerDoes("delete-instrument")),
  permitted("permission.expired", "a charge permission expires (moves the clock by 181 days)", (stage) =>
    advance(stage, "P181D"),
  ),
  disputed("chargeback", "the buyer's bank opens a chargeback", "Chargeback"),
  disputed("chargeback.a-to-z", "the buyer makes an A-to-z Guarantee claim", "AtoZClaim"),
  attributeChange,
];
