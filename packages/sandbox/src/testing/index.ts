/**
 * For tests of programs that use Amazon Pay, with vitest, jest or node:test.
 *
 * @example
 * const pay = useSandbox({ beforeAll, afterAll, beforeEach });
 * test("charges", async () => {
 *   const client = new AmazonPay(pay.client());
 *   const { chargePermissionId } = await pay.permission({ amount: "10.00" });
 *   await client.charges.create({ chargePermissionId, chargeAmount: { amount: "10.00", currencyCode: "USD" } });
 * });
 */
export { useSandbox, type SandboxHooks, type SandboxInUse } from "./use-sandbox.ts";
export { withSandbox } from "./with-sandbox.ts";
export { clientOptions, type ClientChoice, type ClientOptions } from "./client-options.ts";
export { makePermission, type PermissionSpec } from "./make-permission.ts";
export { payThrough, type PaidSession } from "./pay-through.ts";
export { signedCaller, type SignedAnswer, type SignedCaller, type SignedCallOptions } from "./signed-caller.ts";
