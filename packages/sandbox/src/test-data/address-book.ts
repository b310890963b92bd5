import type { Engine } from "../engine/engine.ts";
import { TEST_ADDRESSES, type Address, type PlaceKind, type TestAddress } from "./index.ts";

const TYPED_IN = "checkout.addresses";

/** Post office boxes and pack stations by their wording, for addresses that are typed in and not picked from the table. */
const KINDS: readonly { readonly kind: PlaceKind; readonly words: RegExp }[] = [
  { kind: "packstation", words: /\bpack\s?station\b/i },
  {
    kind: "po-box",
    words: /\bp\.?\s?o\.?\s?box\b|\bpostfach\b|\bbo[iî]te postale\b|\bapartado\b|\bcasella postale\b|私書箱/i,
  },
];

/**
 * An address by id: from the test buyers' address books, or one that was typed in during this run.
 *
 * @returns undefined when there is none
 */
export function findAddress(engine: Engine, addressId: string): TestAddress | undefined {
  return (
    TEST_ADDRESSES.find((row) => row.addressId === addressId) ??
    engine.state.extra<TestAddress>(TYPED_IN).get(addressId)
  );
}

/**
 * Keeps an address that is in no address book: the one a merchant hands over with an additional payment button
 * (`addressDetails`), or one that a script gives to the control plane.
 *
 * @returns its entry, under a fresh id
 */
export function keepAddress(engine: Engine, region: TestAddress["region"], given: Address): TestAddress {
  const lines = [given.addressLine1, given.addressLine2, given.addressLine3].join("\n");
  const kept: TestAddress = {
    addressId: engine.amazonId("typed-in"),
    region,
    kind: KINDS.find((row) => row.words.test(lines))?.kind ?? "street",
    note: "noteTypedIn",
    address: given,
  };
  return engine.state.extra<TestAddress>(TYPED_IN).put(kept.addressId, kept);
}
