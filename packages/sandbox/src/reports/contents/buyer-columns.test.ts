import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { expect, it } from "vitest";
import { keepAddress } from "../../test-data/address-book.ts";
import { TEST_ADDRESSES, type Address } from "../../test-data/index.ts";
import { createEngine } from "../../engine/create-engine.ts";
import { addressColumns } from "./buyer-columns.ts";

const engine = createEngine({ clock: manualClock(0), seed: 1 });

it("no address, no values", () => {
  for (const addressId of [null, "nowhere"])
    expect(new Set(Object.values(addressColumns(engine, "billingAddress", addressId)))).toEqual(new Set([null]));
});

it.each(TEST_ADDRESSES)("the address $addressId stands in the columns of its prefix", ({ addressId, address }) => {
  expect(addressColumns(engine, "shippingAddress", addressId)).toEqual({
    shippingAddressLine1: address.addressLine1,
    shippingAddressLine2: address.addressLine2,
    shippingAddressLine3: address.addressLine3,
    shippingAddressCity: address.city,
    shippingAddressDistrictOrCounty: address.county,
    shippingAddressStateOrRegion: address.stateOrRegion,
    shippingAddressPostalCode: address.postalCode,
    shippingAddressCountryCode: address.countryCode,
  });
});

it("one column holds the district, and where there is none the county", () => {
  const address = { ...(TEST_ADDRESSES[0]?.address as Address), county: "Hampshire", district: "Winchester" };
  const columnOf = (given: Address) =>
    addressColumns(engine, "billingAddress", keepAddress(engine, "eu", given).addressId)[
      "billingAddressDistrictOrCounty"
    ];
  expect([columnOf(address), columnOf({ ...address, district: null })]).toEqual(["Winchester", "Hampshire"]);
});
