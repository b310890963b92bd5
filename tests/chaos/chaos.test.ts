import { expect, it } from "vitest";
import { chaos } from "./chaos.ts";

it(
  "loses nothing and has nothing twice when workers are killed and the network breaks",
  { timeout: 900_000 },
  async () => {
    const outcome = await chaos({
      seed: "small",
      merchants: 6,
      days: 5,
      ordersPerDay: 4,
      kills: 3,
      workers: 3,
      archive: "s3",
      rate: 0.5,
      databaseRate: 0.003,
      within: 220,
    });
    console.log(`chaos: ${JSON.stringify(outcome)}`);
    expect(outcome.differences).toEqual([]);
    expect(outcome.kills).toBeGreaterThanOrEqual(3);
    for (const wire of [outcome.wire, outcome.archiveWire, outcome.databaseWire])
      expect((wire?.cuts ?? 0) + (wire?.stalls ?? 0) + (wire?.truncations ?? 0)).toBeGreaterThan(0);
    expect(outcome.rows).toBeGreaterThan(60);
  },
);
