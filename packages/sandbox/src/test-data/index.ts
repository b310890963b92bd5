/** What the hosted pages offer and the API shows: test buyers, their addresses and their cards, as tables. */
export { address, type Address, type PlaceKind, type TestAddress } from "./address.ts";
export { TEST_ADDRESSES } from "./addresses.ts";
export { buyersOf, findBuyer, TEST_BUYERS, type TestBuyer } from "./buyers.ts";
export {
  findInstrument,
  instrumentsOf,
  paymentDescriptor,
  PENDING_AUTHORIZATION_MILLIS,
  TEST_INSTRUMENTS,
  type InstrumentOutcome,
  type TestInstrument,
} from "./instruments.ts";
