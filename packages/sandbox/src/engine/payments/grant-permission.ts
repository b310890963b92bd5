import { addDuration } from "@amazon-pay-kit/money";
import type { Engine } from "../engine.ts";
import { monthlyLimit, orderLimit } from "../limits.ts";
import type { Amount, ChargePermission, Merchant, SessionBuyer } from "../objects/index.ts";
import { record } from "../states/move.ts";
import { PERMISSION_STATES } from "../states/state-tables.ts";
import { EXTENDED_LIFE, ONE_TIME_LIFE } from "../times.ts";
import { monthOf } from "./balance.ts";
import { EXPIRE_PERMISSION } from "./move-permission.ts";

/** What a permission is made from. */
export interface NewPermission {
  readonly merchant: Merchant;
  readonly environment: "sandbox" | "live";
  readonly type: ChargePermission["type"];
  /** Amount of the order; for other types than `OneTime` only its currency counts. */
  readonly order: Amount;
  readonly buyer: SessionBuyer;
  readonly merchantMetadata?: Partial<ChargePermission["merchantMetadata"]>;
  readonly recurringMetadata?: unknown;
  readonly platformId?: string | null;
  readonly scopes?: readonly string[] | null;
  readonly productType?: string | null;
  /** Default false. */
  readonly allowOvercharge?: boolean;
  /** 13 months in place of 180 days, for `OneTime`. Default false. */
  readonly extendExpiration?: boolean;
}

const REGION_NUMBER = { na: "01", eu: "02", jp: "03" } as const;

/**
 * Makes a charge permission: a buyer's consent to be charged.
 *
 * @example grantPermission(engine, { merchant, environment: "sandbox", type: "OneTime", order, buyer })
 */
export function grantPermission(engine: Engine, spec: NewPermission): ChargePermission {
  const { merchant, environment, type, order, buyer } = spec;
  const now = engine.now();
  const limit =
    type === "OneTime"
      ? orderLimit(order, spec.allowOvercharge ?? false)
      : monthlyLimit(type, order.currencyCode, engine.monthlyLimits);
  const permission: ChargePermission = {
    chargePermissionId: engine.amazonId(idPrefix(type, environment, merchant.region)),
    merchantId: merchant.merchantId,
    environment,
    type,
    state: "Chargeable",
    reasons: null,
    lastUpdatedAt: now,
    limit,
    balance: limit,
    balanceMonth: type === "OneTime" ? null : monthOf(now),
    presentmentCurrency: order.currencyCode,
    buyerId: buyer.buyerId,
    instrumentId: buyer.instrumentId,
    addressId: buyer.addressId,
    scopes: spec.scopes ?? null,
    productType: spec.productType ?? null,
    merchantMetadata: { ...NO_METADATA, ...spec.merchantMetadata },
    recurringMetadata: spec.recurringMetadata ?? null,
    platformId: spec.platformId ?? null,
    chargeCount: 0,
    createdAt: now,
    expiresAt: expiryOf(type, now, spec.extendExpiration ?? false),
    history: [],
  };
  const id = permission.chargePermissionId;
  record(engine, PERMISSION_STATES.object, id, permission, { at: now, from: null, to: "Chargeable", reasonCode: null });
  engine.state.chargePermissions.put(id, permission);
  if (permission.expiresAt !== null) engine.schedule(permission.expiresAt, EXPIRE_PERMISSION, id);
  engine.bus.emit("permission.changed", { permission });
  return permission;
}

/** Starts the time of a recurring permission anew, as each of its charges does (docs/amazon-pay/states.md). */
export function extendExpiry(engine: Engine, permission: ChargePermission): void {
  if (permission.type !== "Recurring") return;
  permission.expiresAt = addDuration(engine.now(), EXTENDED_LIFE);
  engine.unschedule(EXPIRE_PERMISSION, permission.chargePermissionId);
  engine.schedule(permission.expiresAt, EXPIRE_PERMISSION, permission.chargePermissionId);
}

const NO_METADATA: ChargePermission["merchantMetadata"] = {
  merchantReferenceId: null,
  merchantStoreName: null,
  noteToBuyer: null,
  customInformation: null,
};

/** docs/amazon-pay/operations.md: `S0n` and `P0n` for one payment, `C0n` and `B0n` for several; `n` by region. */
export function idPrefix(
  type: ChargePermission["type"],
  environment: "sandbox" | "live",
  region: Merchant["region"],
): string {
  const letters = type === "OneTime" ? { sandbox: "S", live: "P" } : { sandbox: "C", live: "B" };
  return letters[environment] + REGION_NUMBER[region];
}

function expiryOf(type: ChargePermission["type"], now: number, extended: boolean): number | null {
  if (type === "PaymentMethodOnFile") return null;
  return addDuration(now, type === "Recurring" || extended ? EXTENDED_LIFE : ONE_TIME_LIFE);
}
