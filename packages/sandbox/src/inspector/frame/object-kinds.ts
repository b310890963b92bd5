import type { Collection } from "../../engine/collection.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Amount, Transition } from "../../engine/objects/index.ts";
import { INSPECTOR_ROOT } from "./inspector-root.ts";

/** What every list of objects shows of one. */
export interface ObjectSummary {
  readonly id: string;
  readonly merchantId: string;
  readonly state: string;
  readonly reasonCode: string | null;
  readonly amount: Amount | null;
  /** What else tells it apart: a type, a reference, a name. */
  readonly what: string | null;
  readonly at: number;
  readonly history: readonly Transition[];
}

/** A kind of object that can be looked at. */
export interface ObjectKind {
  /** Path segment: `charges`. */
  readonly kind: string;
  readonly title: string;
  /** Name in state changes: `charge`. */
  readonly object: string;
  readonly size: (engine: Engine) => number;
  /** In order of arrival. */
  readonly all: (engine: Engine) => Iterable<unknown>;
  readonly get: (engine: Engine, id: string) => unknown;
  readonly summary: (object: unknown) => ObjectSummary;
}

function row<T>(spec: {
  readonly kind: string;
  readonly title: string;
  readonly object: string;
  readonly collection: (engine: Engine) => Collection<T>;
  readonly summary: (object: T) => ObjectSummary;
}): ObjectKind {
  return {
    kind: spec.kind,
    title: spec.title,
    object: spec.object,
    size: (engine) => spec.collection(engine).size,
    all: (engine) => spec.collection(engine).values(),
    get: (engine, id) => spec.collection(engine).get(id),
    summary: (object) => spec.summary(object as T),
  };
}

/** Every kind, in the order of the navigation. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  row({
    kind: "sessions",
    title: "Checkout sessions",
    object: "checkoutSession",
    collection: (engine) => engine.state.checkoutSessions,
    summary: (session) => ({
      id: session.checkoutSessionId,
      merchantId: session.merchantId,
      state: session.status.state,
      reasonCode: session.status.reasonCode,
      amount: session.details.paymentDetails.chargeAmount,
      what: session.details.productType,
      at: session.createdAt,
      history: session.history,
    }),
  }),
  row({
    kind: "permissions",
    title: "Charge permissions",
    object: "chargePermission",
    collection: (engine) => engine.state.chargePermissions,
    summary: (permission) => ({
      id: permission.chargePermissionId,
      merchantId: permission.merchantId,
      state: permission.state,
      reasonCode: permission.reasons?.map((reason) => reason.reasonCode).join(", ") ?? null,
      amount: permission.limit,
      what: [permission.type, permission.merchantMetadata.merchantReferenceId]
        .filter((text) => text !== null)
        .join(" · "),
      at: permission.createdAt,
      history: permission.history,
    }),
  }),
  row({
    kind: "charges",
    title: "Charges",
    object: "charge",
    collection: (engine) => engine.state.charges,
    summary: (charge) => ({
      id: charge.chargeId,
      merchantId: charge.merchantId,
      state: charge.status.state,
      reasonCode: charge.status.reasonCode,
      amount: charge.amount,
      what: charge.merchantMetadata.merchantReferenceId,
      at: charge.createdAt,
      history: charge.history,
    }),
  }),
  row({
    kind: "refunds",
    title: "Refunds",
    object: "refund",
    collection: (engine) => engine.state.refunds,
    summary: (refund) => ({
      id: refund.refundId,
      merchantId: refund.merchantId,
      state: refund.status.state,
      reasonCode: refund.status.reasonCode,
      amount: refund.amount,
      what: null,
      at: refund.createdAt,
      history: refund.history,
    }),
  }),
  row({
    kind: "disputes",
    title: "Disputes",
    object: "dispute",
    collection: (engine) => engine.state.disputes,
    summary: (dispute) => ({
      id: dispute.disputeId,
      merchantId: dispute.merchantId,
      state: dispute.state,
      reasonCode: dispute.reasonCode,
      amount: dispute.amount,
      what: dispute.disputeType,
      at: dispute.createdAt,
      history: dispute.history,
    }),
  }),
  row({
    kind: "reports",
    title: "Reports",
    object: "report",
    collection: (engine) => engine.state.reports,
    summary: (report) => ({
      id: report.reportId,
      merchantId: report.merchantId,
      state: report.processingStatus,
      reasonCode: null,
      amount: null,
      what: report.reportType.replaceAll(/^_GET_|_$/g, ""),
      at: report.createdAt,
      history: [],
    }),
  }),
  row({
    kind: "merchants",
    title: "Merchants",
    object: "merchant",
    collection: (engine) => engine.state.merchants,
    summary: (merchant) => ({
      id: merchant.merchantId,
      merchantId: merchant.merchantId,
      state: merchant.status,
      reasonCode: null,
      amount: null,
      what: `${merchant.storeName} · ${merchant.region} · ${merchant.currency}`,
      at: merchant.createdAt,
      history: [],
    }),
  }),
];

/** A kind by its path segment or by its name in state changes. */
export function findKind(name: string): ObjectKind | undefined {
  return OBJECT_KINDS.find((kind) => kind.kind === name || kind.object === name);
}

/** Where an object's page is. */
export function hrefOfObject(kindOrObject: string, id: string): string {
  const kind = findKind(kindOrObject)?.kind ?? kindOrObject;
  return `${INSPECTOR_ROOT}/objects/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`;
}
