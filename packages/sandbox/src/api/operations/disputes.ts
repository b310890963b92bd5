import { readInstant } from "@amazon-pay-kit/money";
import { readPrice } from "../../engine/amounts.ts";
import { changeDispute, contestDispute, openDispute } from "../../engine/disputes/index.ts";
import type { Dispute } from "../../engine/objects/index.ts";
import { objectOf, textOf } from "../../engine/sessions/read-details.ts";
import { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "../../engine/states/state-tables.ts";
import type { OperationCall } from "../operation-call.ts";
import { chargeOf, disputeOf } from "../own-objects.ts";
import { showDispute } from "../render/render.ts";
import { ServiceError } from "../service-error.ts";
import type { Handlers } from "./handlers.ts";

const show = (call: OperationCall, dispute: Dispute): { readonly body: unknown } => ({
  body: showDispute(dispute, call.settings.disputeTimes),
});

/** docs/amazon-pay/operations.md: all four answer 200 with the dispute. */
export const disputeHandlers = {
  createDispute: (call) => {
    const { engine, body } = call;
    const charge = chargeOf(call, body["chargeId"]);
    const amount = readPrice(body["disputeAmount"], "disputeAmount");
    if (amount === null) throw new ServiceError("MissingParameterValue", "The value for [disputeAmount] is missing.");
    const status = statusOf(call);
    const filedAt = momentOf(body["filingTimestamp"] ?? body["creationTimestamp"], "filingTimestamp");
    const deadlineAt = momentOf(body["merchantResponseDeadline"], "merchantResponseDeadline");
    return show(
      call,
      openDispute(engine, charge, {
        amount,
        filingReason: String(body["filingReason"]),
        ...(filedAt === null ? {} : { filedAt }),
        ...(deadlineAt === null ? {} : { deadlineAt }),
        ...status,
        takesMoney: false,
      }),
    );
  },

  getDispute: (call) => show(call, disputeOf(call)),

  updateDispute: (call) => {
    const dispute = disputeOf(call);
    const closedAt = momentOf(call.body["closureTimestamp"], "closureTimestamp");
    changeDispute(call.engine, dispute, { ...statusOf(call), closedAt });
    return show(call, dispute);
  },

  contestDispute: (call) => {
    const dispute = disputeOf(call);
    const evidences = call.body["merchantEvidences"] as readonly unknown[];
    if (evidences.length === 0) throw invalid("merchantEvidences");
    contestDispute(call.engine, dispute, evidences.map(evidenceOf));
    return show(call, dispute);
  },
} satisfies Handlers;

function statusOf(call: OperationCall): {
  readonly state: string;
  readonly reasonCode: string | null;
  readonly reasonDescription: string | null;
  readonly resolution: string | null;
} {
  const status = objectOf(call.body["statusDetails"]);
  return {
    state: oneOf(DISPUTE_STATES, status["state"], "state") ?? missing("state"),
    reasonCode: oneOf(DISPUTE_REASONS, status["reasonCode"], "reasonCode"),
    reasonDescription: textOf(status["reasonDescription"]),
    resolution: oneOf(DISPUTE_RESOLUTIONS, status["resolution"], "resolution"),
  };
}

function oneOf(known: readonly string[], value: unknown, name: string): string | null {
  const text = textOf(value);
  if (text !== null && !known.includes(text)) throw invalid(`statusDetails.${name}`);
  return text;
}

function missing(name: string): never {
  throw new ServiceError("MissingParameterValue", `The value for [statusDetails.${name}] is missing.`);
}

const evidenceOf = (value: unknown): unknown => {
  const evidence = objectOf(value);
  return {
    evidenceType: evidence["evidenceType"] ?? null,
    fileId: evidence["fileId"] ?? null,
    evidenceText: evidence["evidenceText"] ?? null,
  };
};

/** The samples send seconds, milliseconds, or a text; which of the two numbers it is can be told by its size. */
function momentOf(value: unknown, path: string): number | null {
  if (value === undefined || value === null) return null;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  const moment =
    typeof number === "number" ? (number < 100_000_000_000 ? number * 1000 : number) : readInstant(String(number));
  // The largest moment that a date can hold.
  if (moment === null || !Number.isSafeInteger(moment) || Math.abs(moment) > 8_640_000_000_000_000) throw invalid(path);
  return moment;
}

const invalid = (path: string): ServiceError =>
  new ServiceError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);
