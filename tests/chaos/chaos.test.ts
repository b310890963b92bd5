import { expect, it } from "vitest";
import { chaos } from "./chaos.ts";

it(
  "loses nothing and has nothing twice when workers are killed and the network breaks",
  { timeout: 170_000 },
  async () => {
    const outcome = await chaos({
      seed: "small",
      merchants: 6,
      days: 10,
      ordersPerDay: 4,
      kills: 4,
      rate: 0.25,
      within: 150,
    });
    console.log(`chaos: ${JSON.stringify(outcome)}`);
    expect(outcome.differences).toEqual([]);
  },
);
