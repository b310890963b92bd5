import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signedCaller } from "../testing/index.ts";
import { createSandbox } from "./create-sandbox.ts";
import type { Sandbox } from "./sandbox.ts";

interface Replayed {
  readonly eventId: number | null;
  readonly replayOf: number;
  readonly as: string;
  readonly status: number;
  readonly reasonCode: string | null;
}

const usd = (amount: string) => ({ amount, currencyCode: "USD" });

describe("a logged call is sent again", () => {
  let sandbox: Sandbox;
  let chargeEvent: number;
  let chargePermissionId: string;
  const replay = (id: number | string, body?: object) =>
    sandbox.control("POST", `/events/${id}/replay`, body) as Promise<Replayed>;
  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 1 });
    const merchantId = sandbox.merchants[0]?.merchantId ?? "";
    ({ chargePermissionId } = await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "100.00" }));
    const body = { chargePermissionId, chargeAmount: usd("10.00"), captureNow: true };
    expect((await signedCaller(sandbox)("POST", "/v2/charges", body)).status).toBe(201);
    chargeEvent = sandbox.events.nextId - 1;
  });
  afterAll(() => sandbox.close());

  test.each([
    ["0", {}, "control.not-found"],
    ["999", {}, "control.not-found"],
    ["1e0", {}, "control.not-found"],
    ["-1", {}, "control.not-found"],
    ["1", { as: "whatever" }, "control.invalid"],
    ["1", { As: "same-bytes" }, "control.invalid"],
  ])("%s %j is %s", async (id, body, code) => {
    await expect(replay(id, body)).rejects.toMatchObject({ code });
  });

  test("under the same key the first answer is repeated, also after the clock was moved", async () => {
    await sandbox.clock.advance("PT2H");
    const again = await replay(chargeEvent);
    expect(again).toMatchObject({ replayOf: chargeEvent, as: "same-request", status: 201, reasonCode: null });
    expect(sandbox.engine.state.charges.size).toBe(1);
    const [event] = sandbox.events.list({ after: (again.eventId ?? 0) - 1 });
    expect(event).toMatchObject({ eventId: again.eventId, operation: "createCharge", signature: { valid: true } });
  });

  test("as a new request it is done once more", async () => {
    expect(await replay(chargeEvent, { as: "new-request" })).toMatchObject({ status: 201 });
    expect(sandbox.engine.state.charges.size).toBe(2);
  });

  test("byte for byte the old signature is too old", async () => {
    const again = await replay(chargeEvent, { as: "same-bytes" });
    // The machine's clock is still near its date, although the sandbox's is not.
    expect(again).toMatchObject({ as: "same-bytes", status: 201 });
  });

  test("a wrong signature is made right, or stays wrong", async () => {
    const other = sandbox.merchants[0]?.keys[1];
    const call = signedCaller(sandbox, { publicKeyId: other?.publicKeyId ?? "" });
    await call("GET", "/sandbox/v2/chargePermissions/x");
    const id = sandbox.events.nextId - 1;
    expect(await replay(id)).toMatchObject({ status: 404, reasonCode: "ResourceNotFound" });
    await call("GET", "/v2/charges/x", undefined, { authorization: "x" });
  });

  test("calls that nobody signed are sent as they came", async () => {
    await sandbox.fetch(new Request("http://sandbox.invalid/checkout/visits/none"));
    const id = sandbox.events.nextId - 1;
    expect(await replay(id)).toMatchObject({ as: "same-bytes", status: 404 });
    await expect(replay(id, { as: "new-request" })).rejects.toMatchObject({ code: "control.invalid" });
    await sandbox.fetch(new Request("http://sandbox.invalid/v2/charges/x"));
    await expect(replay(sandbox.events.nextId - 1)).rejects.toMatchObject({ code: "control.conflict" });
    expect(await replay(sandbox.events.nextId - 1, { as: "same-bytes" })).toMatchObject({
      reasonCode: "MissingHeader",
    });
  });

  test("a key that the sandbox has only the public half of cannot sign", async () => {
    const made = sandbox.merchants[1]?.keys[0];
    const { createPublicKey } = await import("node:crypto");
    const publicKeyPem = String(createPublicKey(made?.privateKeyPem ?? "").export({ type: "spki", format: "pem" }));
    await sandbox.addMerchant({ region: "na", publicKeyPem, publicKeyId: "SANDBOX-OWN" });
    const { region, secureOrigin, privateKey } = {
      region: "na",
      secureOrigin: "",
      privateKey: made?.privateKeyPem ?? "",
    } as const;
    const { requiredHeaders, signRequest } = await import("@amazon-pay-kit/sdk/signing");
    const headers = requiredHeaders({ region, now: sandbox.clock.now() });
    const path = `${secureOrigin}/v2/charges/x`;
    const signed = await signRequest({ method: "GET", path, headers }, { publicKeyId: "SANDBOX-OWN", privateKey });
    await sandbox.fetch(new Request(`http://sandbox.invalid${path}`, { headers: signed.headers }));
    await expect(replay(sandbox.events.nextId - 1)).rejects.toThrow(/does not have the private key of SANDBOX-OWN/);
    expect(await replay(sandbox.events.nextId - 1, { as: "same-bytes" })).toMatchObject({ status: 404 });
  });

  test("a fault on the way is reported", async () => {
    await sandbox.control("POST", "/faults", { fault: "status", status: 503 });
    expect(await replay(chargeEvent)).toMatchObject({ status: 503, reasonCode: "ServiceUnavailable" });
  });
});

test("after a restart a call is rebuilt from what was kept, unless something was left out", async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), "apay-replay-")), "data");
  const first = await createSandbox({ dataDir });
  const merchantId = first.merchants[0]?.merchantId ?? "";
  const { chargePermissionId } = await first.control("POST", "/charge-permissions", { merchantId, amount: "100.00" });
  const call = signedCaller(first);
  await call("POST", "/v2/charges", { chargePermissionId, chargeAmount: usd("10.00") });
  await call("PATCH", `/v2/chargePermissions/${chargePermissionId}`, { merchantMetadata: { noteToBuyer: "for Ann" } });
  await first.close();
  const second = await createSandbox({ dataDir });
  const [charge, update] = second.events.list().map(({ eventId }) => eventId);
  expect(await second.control("POST", `/events/${charge}/replay`)).toMatchObject({ status: 201 });
  expect(second.engine.state.charges.size).toBe(1);
  await expect(second.control("POST", `/events/${charge}/replay`, { as: "same-bytes" })).rejects.toMatchObject({
    code: "control.conflict",
  });
  await expect(second.control("POST", `/events/${update}/replay`)).rejects.toThrow(/without secrets and buyer data/);
  await second.close();
});

test("what Amazon decides: disputes and agreements", async () => {
  const sandbox = await createSandbox({ seed: 3 });
  const merchantId = sandbox.merchants[0]?.merchantId ?? "";
  const { chargePermissionId } = await sandbox.control("POST", "/charge-permissions", { merchantId, amount: "100.00" });
  const body = { chargePermissionId, chargeAmount: usd("10.00"), captureNow: true };
  const { body: charge } = await signedCaller(sandbox)<{ chargeId: string }>("POST", "/v2/charges", body);
  const { disputeId } = await sandbox.control("POST", `/charges/${charge.chargeId}/chargeback`, {});
  const decide = (id: string, given: object) => sandbox.control("POST", `/disputes/${id}/decision`, given);
  await expect(decide("none", { resolution: "BuyerWon" })).rejects.toMatchObject({ code: "control.not-found" });
  await expect(decide(disputeId, {})).rejects.toMatchObject({ code: "control.missing" });
  await expect(decide(disputeId, { resolution: "Nobody" })).rejects.toMatchObject({ code: "control.invalid" });
  expect(await decide(disputeId, { resolution: "MerchantWon" })).toMatchObject({ state: "Resolved" });
  expect(sandbox.engine.state.disputes.get(disputeId)).toMatchObject({ resolution: "MerchantWon" });
  await expect(decide(disputeId, { resolution: "BuyerWon" })).rejects.toThrow(/is over/);
  const cancel = (given: object) => sandbox.control("POST", `/charge-permissions/${chargePermissionId}/amazon`, given);
  await expect(cancel({})).rejects.toMatchObject({ code: "control.missing" });
  expect(await cancel({ action: "cancel" })).toMatchObject({
    state: "Closed",
    reasons: [{ reasonCode: "AmazonCanceled" }],
  });
  await expect(cancel({ action: "cancel" })).rejects.toMatchObject({ code: "control.conflict" });
});
