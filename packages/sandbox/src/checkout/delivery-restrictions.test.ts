import { describe, expect, test } from "vitest";
import { deliveryRefusal, type DeliverySpecifications } from "./delivery-restrictions.ts";
import { TEST_ADDRESSES } from "../test-data/index.ts";

function place(addressId: string) {
  const found = TEST_ADDRESSES.find((row) => row.addressId === addressId);
  if (found === undefined) throw new Error(`no test address ${addressId}`);
  return found;
}

function only(type: string, restrictions: Record<string, { statesOrRegions?: string[]; zipCodes?: string[] }>) {
  return { addressRestrictions: { type, restrictions } } satisfies DeliverySpecifications;
}

describe("special places", () => {
  test.each([
    ["na-po-box", ["RestrictPOBoxes"], "po-box"],
    ["jp-po-box", ["RestrictPOBoxes"], "po-box"],
    ["eu-packstation", ["RestrictPackstations"], "packstation"],
    ["eu-packstation", ["RestrictPOBoxes"], undefined],
    ["na-home", ["RestrictPOBoxes", "RestrictPackstations"], undefined],
  ])("%s under %j", (id, specialRestrictions, refusal) => {
    expect(deliveryRefusal({ specialRestrictions }, place(id))).toBe(refusal);
  });
});

describe("allowed and excluded places", () => {
  test.each([
    ["nothing said", undefined, "na-canada", undefined],
    ["null members", { specialRestrictions: null, addressRestrictions: null }, "na-canada", undefined],
    ["a whole country", only("Allowed", { US: {} }), "na-home", undefined],
    ["another country", only("Allowed", { US: {} }), "na-canada", "not-in-allowed-places"],
    ["no country at all", only("Allowed", {}), "na-home", "not-in-allowed-places"],
    [
      "an excluded state",
      only("NotAllowed", { US: { statesOrRegions: ["AK", "HI"] } }),
      "na-alaska",
      "in-excluded-places",
    ],
    ["case of the state", only("NotAllowed", { US: { statesOrRegions: ["ak"] } }), "na-alaska", "in-excluded-places"],
    ["a state not excluded", only("NotAllowed", { US: { statesOrRegions: ["AK"] } }), "na-home", undefined],
    [
      "an address without a state",
      only("Allowed", { DE: { statesOrRegions: ["RLP"] } }),
      "eu-company",
      "not-in-allowed-places",
    ],
    [
      "state or zip code",
      only("Allowed", { DE: { statesOrRegions: ["RLP"], zipCodes: ["10117"] } }),
      "eu-company",
      undefined,
    ],
    ["five digits for nine", only("Allowed", { US: { zipCodes: ["98109"] } }), "na-home", undefined],
    ["nine digits exactly", only("Allowed", { US: { zipCodes: ["98109-9999"] } }), "na-home", "not-in-allowed-places"],
    ["beginning of a zip code", only("NotAllowed", { US: { zipCodes: ["995*"] } }), "na-alaska", "in-excluded-places"],
    ["a short code is no beginning", only("NotAllowed", { US: { zipCodes: ["995"] } }), "na-alaska", undefined],
    ["blanks in British codes", only("Allowed", { GB: { zipCodes: ["SO239AA"] } }), "eu-uk", undefined],
    ["names of Object.prototype", only("Allowed", { toString: {} } as never), "na-home", "not-in-allowed-places"],
  ] as const)("%s", (_, specifications, id, refusal) => {
    expect(deliveryRefusal(specifications, place(id))).toBe(refusal);
  });
});
