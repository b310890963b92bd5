import { createHook } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../index.ts";

/** How many key pairs this process makes meanwhile. */
async function keyPairsMadeBy<T>(work: () => Promise<T>): Promise<{ readonly made: number; readonly value: T }> {
  let made = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type === "KEYPAIRGENREQUEST") made += 1;
    },
  }).enable();
  try {
    return { value: await work(), made };
  } finally {
    hook.disable();
  }
}

describe("the keys of a seeded sandbox in memory", () => {
  it("are there already: a test file makes no key pair before its first test", async () => {
    const { made, value } = await keyPairsMadeBy(() => createSandbox({ seed: 1 }));
    expect(made).toBe(0);
    const keys = (sandbox: typeof value) => sandbox.merchants.flatMap((merchant) => merchant.keys);
    expect(new Set(keys(value).map(({ privateKeyPem }) => privateKeyPem)).size).toBe(6);
    const other = await keyPairsMadeBy(() => createSandbox({ seed: 2 }));
    expect(other.made).toBe(0);
    expect(keys(other.value).map(({ privateKeyPem }) => privateKeyPem)).toEqual(
      keys(value).map(({ privateKeyPem }) => privateKeyPem),
    );
  });

  it("are made where there are no more of them", async () => {
    const sandbox = await createSandbox({ seed: 1 });
    // Those that other sandboxes of this process had made are there as well: how many there are is not known.
    let made = 0;
    while (made === 0) made = (await keyPairsMadeBy(() => sandbox.addMerchant({ region: "na" }))).made;
    expect(made).toBeLessThanOrEqual(2);
  });
});
