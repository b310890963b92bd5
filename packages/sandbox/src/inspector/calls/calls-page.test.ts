import { expect, test } from "vitest";
import type { SandboxEvent } from "../../events/event.ts";
import { filterOf } from "./calls-page.tsx";

const event: SandboxEvent = {
  eventId: 1,
  at: 0,
  merchantId: "A1MERCHANT",
  environment: "sandbox",
  operation: "createCharge",
  requestId: "r-1",
  request: {
    method: "POST",
    path: "/v2/charges",
    query: "",
    headers: {},
    body: { chargePermissionId: "S01-1234567-1234567" },
  },
  response: { status: 422, headers: {}, body: { reasonCode: "HardDeclined" } },
  signature: {
    valid: true,
    publicKeyId: "SANDBOX-X",
    algorithm: null,
    canonicalRequest: null,
    stringToSign: null,
    explanation: null,
  },
  fault: null,
  changes: [],
};

test.each([
  ["", true],
  ["   ", true],
  ["charges", true],
  ["s01-1234567", true],
  ["harddeclined CHARGES", true],
  ["harddeclined refunds", false],
  ["method:post", true],
  ["method:get", false],
  ["status:422", true],
  ["status:4xx", true],
  ["status:5xx", false],
  ["status:", false],
  ["merchant:a1merchant", true],
  ["operation:createcharge", true],
  ["is:refused", true],
  ["is:fault", false],
  ["is:unsigned", false],
  ["is:change", false],
  ["is:tostring", false],
  ["tostring:x", false],
  ['"reasoncode":"harddeclined"', true],
])("%s finds it: %s", (search, found) => {
  expect(filterOf(search)(event)).toBe(found);
});
