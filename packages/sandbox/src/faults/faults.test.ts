import type { FaultRequest } from "../service/control.ts";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../index.ts";
import { makePermission, signedCaller, type SignedCaller } from "../testing/index.ts";
import { fitsPattern } from "./fault-book.ts";

it.each([
  ["/v2/charges", "/v2/charges", true],
  ["/v2/charges", "/sandbox/v2/charges/", true],
  ["/charges", "/live/v2/charges", true],
  ["/v2/charges", "/v2/charges/S01-1/capture", true],
  ["/v2/charges/*/capture", "/v2/charges/S01-1/capture", true],
  ["/v2/charges/{chargeId}/capture", "/v2/charges/S01-1/cancel", false],
  ["/v2/charge*", "/v2/chargePermissions/S01-1", true],
  ["/v2/*Permissions", "/v2/chargePermissions", true],
  ["/v2/c*P*s", "/v2/chargePermissions", true],
  ["/v2/charges*", "/v2/chargePermissions", false],
  ["/v2/ab*ba", "/v2/aba", false],
  ["/v2/charges", "/v2/refunds", false],
  ["/", "/", true],
  ["/", "/v2/charges", false],
])("pattern %s and path %s: %s", (pattern, path, fits) => {
  expect(fitsPattern(pattern, path)).toBe(fits);
});

describe("faults", () => {
  let sandbox: Sandbox;
  let call: SignedCaller;
  let permission: string;
  const path = "/v2/chargePermissions/";
  const add = (rule: object) => sandbox.control("POST", "/faults", rule as FaultRequest);
  const get = () => call("GET", path + permission);
  const charge = (key: string) =>
    call(
      "POST",
      "/v2/charges",
      { chargePermissionId: permission, chargeAmount: { amount: "5.00", currencyCode: "USD" } },
      { "x-amz-pay-idempotency-key": key },
    );
  const balance = async () => {
    const { limits } = (await get()).body as {
      readonly limits: { readonly amountBalance: { readonly amount: string } };
    };
    return limits.amountBalance.amount;
  };

  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 1, merchants: [{ region: "na" }] });
    call = signedCaller(sandbox);
  });
  beforeEach(async () => {
    permission = (await makePermission(sandbox)).chargePermissionId;
  });
  afterEach(() => sandbox.control("DELETE", "/faults"));

  it.each([
    [{}, "fault is missing: one of"],
    [{ fault: "boom" }, "fault must be one of"],
    [{ fault: "status" }, "status is missing"],
    [{ fault: "status", status: 200 }, "from 400 to 599"],
    [{ fault: "status", status: "503" }, "from 400 to 599"],
    [{ fault: "reset", times: 0 }, "times must be"],
    [{ fault: "reset", skip: -1 }, "skip must be"],
    [{ fault: "reset", probability: 2 }, "probability must be"],
    [{ fault: "reset", match: "x" }, "match must be an object"],
    [{ fault: "reset", match: { path: "charges" } }, "must begin with /"],
    [{ fault: "reset", match: { host: "x" } }, "match.host"],
    [{ fault: "slow", delay: 1 }, '"delay" is not a member'],
  ])("refuses the rule %j", async (rule, message) => {
    await expect(add(rule)).rejects.toThrow(message);
    expect(await sandbox.control("GET", "/faults")).toMatchObject({ faults: [] });
  });

  it("shows a rule as it is in force: once unless it says otherwise", async () => {
    expect(await add({ fault: "slow", delayMs: 5, match: { method: "GET" } })).toMatchObject({
      match: { method: "GET" },
      skip: 0,
      times: 1,
      fault: "slow",
      delayMs: 5,
      probability: null,
    });
    expect(await add({ fault: "reset", times: "always", probability: 0.5 })).toMatchObject({
      times: "always",
      probability: 0.5,
    });
    expect(await add({ fault: "status", status: 503, times: 2 })).toMatchObject({ times: 2, status: 503 });
  });

  it("status and throttle answer as the service does, after skipping, so many times", async () => {
    await add({
      match: { method: "GET", path: "/v2/chargePermissions" },
      skip: 1,
      times: 2,
      fault: "status",
      status: 503,
    });
    const statuses = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await get()).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    await add({ fault: "throttle", retryAfter: 7 });
    const throttled = await get();
    expect(throttled).toMatchObject({ status: 429, body: { reasonCode: "TooManyRequests" } });
    expect(throttled.headers.get("retry-after")).toBe("7");
    expect(throttled.headers.get("x-amz-pay-request-id")).not.toBeNull();
  });

  it("a reset comes before the work, a lost answer after it; the key makes both harmless", async () => {
    await add({ match: { method: "POST" }, fault: "reset" });
    await expect(charge("one")).rejects.toThrow("fetch failed");
    expect(await balance()).toBe("100.00");
    await add({ match: { method: "POST" }, fault: "lost-answer" });
    await expect(charge("one")).rejects.toThrow("fetch failed");
    expect(await balance()).toBe("95.00");
    expect((await charge("one")).status).toBe(201);
    expect(await balance()).toBe("95.00");
  });

  it("a cut answer breaks off, a slow one takes its time, a hanging one never comes", async () => {
    await add({ fault: "truncate" });
    await expect(get()).rejects.toThrow("terminated");
    await add({ fault: "slow", delayMs: 30 });
    const before = performance.now();
    expect((await get()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(25);
    await add({ fault: "hang" });
    const request = new Request("http://sandbox.invalid/v2/charges/x", { signal: AbortSignal.timeout(30) });
    await expect(sandbox.fetch(request)).rejects.toThrow(/timeout|aborted/i);
  });

  it("chance comes from the seed, and what was hit is in the truth", async () => {
    await add({ fault: "status", status: 500, times: "always", probability: 0.5 });
    const statuses = [];
    for (let turn = 0; turn < 40; turn += 1) statuses.push((await get()).status);
    const hit = statuses.filter((status) => status === 500).length;
    expect(hit).toBeGreaterThan(8);
    expect(hit).toBeLessThan(32);
    const { faults } = (await sandbox.control("GET", `/truth?merchantId=${sandbox.merchants[0]?.merchantId}`)) as {
      readonly faults: readonly object[];
    };
    expect(faults.slice(-hit)).toEqual(
      Array.from({ length: hit }, () =>
        expect.objectContaining({ fault: "status", method: "GET", path: path + permission }),
      ),
    );
  });

  it("the control plane is never hit, and a reset takes the rules away", async () => {
    await add({ fault: "status", status: 503, times: "always" });
    const health = await sandbox.fetch(new Request("http://127.0.0.1/_sandbox/health"));
    expect(health.status).toBe(200);
    sandbox.reset();
    expect(await sandbox.control("GET", "/faults")).toEqual({ faults: [], hits: [] });
  });
});
