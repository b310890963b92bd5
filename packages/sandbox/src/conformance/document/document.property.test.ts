import fc from "fast-check";
import { OPERATIONS } from "@amazon-pay-kit/sdk/operations";
import { beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../../index.ts";
import { makePermission, signedCaller, type SignedCaller } from "../../testing/index.ts";
import { DOCUMENTED, misfits, type DocumentedOperation } from "./schema.ts";
import { fullBody, validBodies, type KnownValues } from "./valid-requests.ts";
import { violationsOf } from "./violations.ts";

/** The published document drives the sandbox: what it allows is answered as it says, what it does not is refused by name. */

let sandbox: Sandbox;
let call: SignedCaller;
beforeEach(async () => {
  sandbox = await createSandbox({ seed: 1 });
  call = signedCaller(sandbox);
});

const usd = { amount: "100.00", currencyCode: "USD" };

/** Objects for the ids of a request: each call gets its own, because most can be used once only. */
async function objectsFor(operation: string): Promise<KnownValues> {
  const { chargePermissionId } = await makePermission(sandbox, { amount: "1000.00" });
  const [merchant] = sandbox.merchants;
  if (merchant === undefined) throw new Error("no merchant");
  const captured = operation !== "captureCharge" && operation !== "cancelCharge" && operation !== "updateCharge";
  const id = async (path: string, body: object, name: string): Promise<string> =>
    String((await call("POST", `/v2${path}`, body)).body[name]);
  // A permission with an open charge takes no other.
  const other = captured
    ? (await makePermission(sandbox, { amount: "1000.00" })).chargePermissionId
    : chargePermissionId;
  const chargeId = await id(
    "/charges",
    { chargePermissionId: other, chargeAmount: usd, captureNow: captured },
    "chargeId",
  );
  const { storeId } = merchant;
  return {
    chargePermissionId,
    chargeId,
    storeId,
    merchantId: merchant.merchantId,
    scanData: "UKhrmatMeKdlfY6b",
    merchantCOE: "US",
    uniqueReferenceId: "unique",
    startTime: "20260101T000000Z",
    endTime: "20260102T000000Z",
  };
}

/** Ids of a path's variable segments. */
async function pathOf(operation: DocumentedOperation, known: KnownValues): Promise<string> {
  const id = async (path: string, body: object, name: string): Promise<string> =>
    String((await call("POST", `/v2${path}`, body)).body[name]);
  const makers: Readonly<Record<string, () => string | Promise<string>>> = {
    chargePermissionId: () => known["chargePermissionId"] ?? "",
    chargeId: () => known["chargeId"] ?? "",
    checkoutSessionId: () =>
      id(
        "/checkoutSessions",
        { storeId: known["storeId"], webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/r" } },
        "checkoutSessionId",
      ),
    refundId: () =>
      id("/refunds", { chargeId: known["chargeId"], refundAmount: { amount: "1", currencyCode: "USD" } }, "refundId"),
    disputeId: async () =>
      String((await sandbox.control("POST", `/charges/${known["chargeId"]}/chargeback`, {})).disputeId),
    merchantAccountId: () =>
      id(
        "/merchantAccounts",
        { uniqueReferenceId: "unique", ledgerCurrency: "USD", businessInfo: {} },
        "merchantAccountId",
      ),
    reportScheduleId: () =>
      id(
        "/report-schedules",
        {
          reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
          scheduleFrequency: "P1D",
          deleteExistingSchedule: true,
        },
        "reportScheduleId",
      ),
    buyerToken: async () =>
      String((await sandbox.control("POST", "/buyer-tokens", { merchantId: known["merchantId"] ?? "" })).buyerToken),
    mwsAuthToken: () => sandbox.merchants[0]?.mws.authToken ?? "",
  };
  let path = operation.path;
  for (const [place, name = ""] of operation.path.matchAll(/\{(\w+)\}/g)) {
    path = path.replace(place, encodeURIComponent((await makers[name]?.()) ?? "1"));
  }
  return `/v2${path}`;
}

const schemaOf = (operation: DocumentedOperation) => operation.requestBody?.content["application/json"].schema;

/** Refusals of a request whose members are all well formed: none of them may be about the form. */
const FORM = new Set(["UnrecognizedField", "MissingHeader", "InvalidRequestFormat", "UnsupportedOperation"]);

/** Solution providers act for a merchant that has given them a token; the test has none to give. */
const needsToken = new Set(OPERATIONS.filter((row) => row.authToken === "needed").map((row) => row.name as string));

describe("the document", () => {
  it("has every operation", () => {
    const documented = DOCUMENTED.flatMap((operation) => {
      const { "x-alternatives": names = [operation.operationId] } = operation as {
        "x-alternatives"?: readonly string[];
      };
      return names;
    });
    expect(documented.toSorted()).toEqual(OPERATIONS.map((row) => row.name).toSorted());
  });
});

describe("a request that fits the document is answered as it says", () => {
  it.each(DOCUMENTED.map((operation) => [operation.operationId, operation] as const))("%s", async (name, operation) => {
    const schema = schemaOf(operation);
    const query = operation.parameters.some((parameter) => parameter.name === "merchantId")
      ? `?merchantId=${sandbox.merchants[0]?.merchantId}`
      : "";
    const problems: string[] = [];
    let answered = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      const known = await objectsFor(name);
      const [body] = schema === undefined ? [undefined] : fc.sample(validBodies(schema, known), { numRuns: 1, seed });
      const answer = await call(operation.method, (await pathOf(operation, known)) + query, body);
      const refusal = answer.body as { readonly reasonCode?: string; readonly message?: string } | null;
      const words = `${JSON.stringify(body)}: ${answer.status} ${refusal?.reasonCode} ${refusal?.message}`;
      const documented = operation.responses[String(answer.status)];
      if (documented === undefined) {
        const reason = String(refusal?.reasonCode);
        if (!operation["x-reason-codes"].includes(reason)) problems.push(`undocumented reason of ${words}`);
        if (!needsToken.has(name) && FORM.has(reason)) problems.push(`refused for its form ${words}`);
        continue;
      }
      answered += 1;
      const answerSchema = documented.content?.["application/json"].schema;
      const found = answerSchema === undefined ? [] : misfits(answerSchema, answer.body);
      if (found.length > 0) problems.push(`${found.join(", ")} after ${words}`);
    }
    expect(problems).toEqual([]);
    if (!needsToken.has(name) && !REFUSED_BY_STATE.has(name))
      expect(answered, "answered with success").toBeGreaterThan(0);
  });
});

/** What this test cannot bring about with a random body: a session that a buyer has approved, a claimed upload, a finished report. */
const REFUSED_BY_STATE = new Set([
  "completeCheckoutSession",
  "finalizeCheckoutSession",
  "getReportById",
  "getReportDocument",
  "updateCharge",
  "contestDispute",
]);

describe("a request that breaks one rule of the document is refused, and the member is named", () => {
  const withBody = DOCUMENTED.filter((operation) => schemaOf(operation) !== undefined);
  it.each(withBody.map((operation) => [operation.operationId, operation] as const))("%s", async (name, operation) => {
    const schema = schemaOf(operation);
    if (schema === undefined || needsToken.has(name)) return;
    const known = await objectsFor(name);
    const path = await pathOf(operation, known);
    const violations = violationsOf(schema, fullBody(schema, known));
    expect(violations.length).toBeGreaterThan(1);
    for (const { what, member, body } of violations) {
      const answer = await call(operation.method, path, body);
      expect([answer.status, answer.body["message"]], `${member} ${what}`).toEqual([
        400,
        expect.stringContaining(member),
      ]);
    }
  });
});
