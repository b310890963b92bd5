import { expect, it } from "vitest";
import { nextStep, stepBefore, stepsOf } from "./steps.ts";
import type { Visit } from "./visit.ts";

const visit = (chosen: Partial<Visit> = {}): Visit =>
  ({ purpose: "sign-in", buyerId: null, addressIds: [], instrumentId: null, consented: false, ...chosen }) as Visit;

it("a sign-in asks who the buyer is and for consent, in this order, and leads back", () => {
  expect(stepsOf(visit(), null)).toEqual(["sign-in", "consent"]);
  expect([stepBefore(visit(), null, "sign-in"), stepBefore(visit(), null, "consent")]).toEqual([undefined, "sign-in"]);
});

it("the next page is the first whose choice is not made", () => {
  expect(nextStep(visit(), null)).toBe("sign-in");
  expect(nextStep(visit({ buyerId: "B" }), null)).toBe("consent");
  expect(nextStep(visit({ buyerId: "B", consented: true }), null)).toBeUndefined();
});

it.each([
  ["change-address", "address", { addressIds: ["A"] }],
  ["change-payment", "payment", { instrumentId: "I" }],
] as const)("%s is one page, %s, with none before it", (purpose, step, chosen) => {
  expect(stepsOf(visit({ purpose }), null)).toEqual([step]);
  expect(stepBefore(visit({ purpose }), null, step)).toBeUndefined();
  expect(nextStep(visit({ purpose }), null)).toBe(step);
  expect(nextStep(visit({ purpose, ...chosen }), null)).toBeUndefined();
});
