import { describe, expect, test } from "vitest";
import {
  TEST_ADDRESSES,
  TEST_BUYERS,
  TEST_INSTRUMENTS,
  findInstrument,
  instrumentsOf,
  paymentDescriptor,
} from "./index.ts";

/** docs/amazon-pay/sandbox.md. */
const LONGEST: Readonly<Record<string, number>> = {
  name: 50,
  addressLine1: 180,
  addressLine2: 60,
  addressLine3: 60,
  city: 50,
  county: 50,
  district: 50,
  stateOrRegion: 50,
  postalCode: 20,
  countryCode: 2,
  phoneNumber: 20,
};

describe("addresses", () => {
  test.each(TEST_ADDRESSES.map((row) => [row.addressId, row] as const))(
    "%s keeps to the documented limits",
    (_, row) => {
      expect(Object.keys(row.address)).toEqual(Object.keys(LONGEST));
      for (const [member, text] of Object.entries(row.address)) {
        if (text !== null) expect(text.length, member).toBeLessThanOrEqual(LONGEST[member] ?? 0);
      }
    },
  );

  test("have distinct ids that begin with their region", () => {
    expect(new Set(TEST_ADDRESSES.map((row) => row.addressId)).size).toBe(TEST_ADDRESSES.length);
    for (const row of TEST_ADDRESSES) expect(row.addressId.startsWith(`${row.region}-`)).toBe(true);
  });
});

describe("buyers", () => {
  test.each(TEST_BUYERS.map((buyer) => [buyer.buyerId, buyer] as const))(
    "%s has addresses of its own region",
    (_, buyer) => {
      for (const id of [...buyer.addressIds, buyer.billingAddressId]) {
        expect(TEST_ADDRESSES.find((row) => row.addressId === id)?.region).toBe(buyer.region);
      }
    },
  );
});

describe("instruments", () => {
  test("follow the documentation's list of last digits", () => {
    const outcomes = Object.fromEntries(TEST_INSTRUMENTS.map((row) => [row.lastDigits, row.outcome]));
    expect(outcomes).toEqual({
      "1111": "success",
      "0005": "success",
      "4444": "success",
      "9424": "success",
      "0000": "success",
      "1212": "success",
      "3064": "buyer-canceled",
      "3434": "declined",
      "0701": "pending-authorized",
      "4354": "pending-declined",
    });
  });

  test("the Diners card is Japan's only", () => {
    expect(findInstrument("1212", "na")).toBeUndefined();
    expect(instrumentsOf("jp").length).toBe(instrumentsOf("na").length + 1);
  });

  test("are found by id and by last digits, and described as in answers", () => {
    const card = findInstrument("visa-1111", "eu");
    expect(card).toBe(findInstrument("1111", "eu"));
    expect(card && paymentDescriptor(card)).toBe("Visa ****1111 (Amazon Pay)");
    expect(findInstrument("", "na")).toBeUndefined();
  });
});
