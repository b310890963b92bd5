import type { Region } from "@amazon-pay-kit/sdk/operations";

/** What the service does with a checkout that is paid with the instrument (docs/amazon-pay/sandbox.md). */
export type InstrumentOutcome =
  | "success"
  /** The session ends `Canceled` / `BuyerCanceled` on the processing page. */
  | "buyer-canceled"
  /** The session ends `Canceled` / `Declined` on the processing page. */
  | "declined"
  /** The charge is `AuthorizationInitiated`, and `Authorized` after 30 seconds. */
  | "pending-authorized"
  /** The charge is `AuthorizationInitiated`, and `Declined` / `HardDeclined` after 30 seconds. */
  | "pending-declined";

/** A card in the test buyers' wallets. */
export interface TestInstrument {
  /** Brand and last digits: `visa-1111`. */
  readonly instrumentId: string;
  readonly brand: string;
  readonly lastDigits: string;
  /** Regions whose buyers have it. */
  readonly regions: readonly Region[];
  readonly outcome: InstrumentOutcome;
}

const everywhere: readonly Region[] = ["na", "eu", "jp"];

/**
 * The cards of the service's own sandbox by their last digits. The documentation names digits and results; the brands
 * of 0000 and of the failing cards are our choice.
 */
export const TEST_INSTRUMENTS: readonly TestInstrument[] = [
  { instrumentId: "visa-1111", brand: "Visa", lastDigits: "1111", regions: everywhere, outcome: "success" },
  { instrumentId: "amex-0005", brand: "Amex", lastDigits: "0005", regions: everywhere, outcome: "success" },
  { instrumentId: "mastercard-4444", brand: "MasterCard", lastDigits: "4444", regions: everywhere, outcome: "success" },
  { instrumentId: "discover-9424", brand: "Discover", lastDigits: "9424", regions: everywhere, outcome: "success" },
  { instrumentId: "jcb-0000", brand: "JCB", lastDigits: "0000", regions: everywhere, outcome: "success" },
  { instrumentId: "diners-1212", brand: "Diners", lastDigits: "1212", regions: ["jp"], outcome: "success" },
  { instrumentId: "visa-3064", brand: "Visa", lastDigits: "3064", regions: everywhere, outcome: "buyer-canceled" },
  { instrumentId: "visa-3434", brand: "Visa", lastDigits: "3434", regions: everywhere, outcome: "declined" },
  { instrumentId: "visa-0701", brand: "Visa", lastDigits: "0701", regions: everywhere, outcome: "pending-authorized" },
  { instrumentId: "visa-4354", brand: "Visa", lastDigits: "4354", regions: everywhere, outcome: "pending-declined" },
];

/** How long a pending authorization of a test card stays pending: 30 seconds, in milliseconds. */
export const PENDING_AUTHORIZATION_MILLIS = 30_000;

/** The cards in the wallet of a region's buyers. */
export function instrumentsOf(region: Region): readonly TestInstrument[] {
  return TEST_INSTRUMENTS.filter((instrument) => instrument.regions.includes(region));
}

/**
 * A card of a region by its id or its last digits; undefined for none.
 *
 * @example findInstrument("3434", "na")?.outcome // "declined"
 */
export function findInstrument(idOrLastDigits: string, region: Region): TestInstrument | undefined {
  return instrumentsOf(region).find(
    (instrument) => instrument.instrumentId === idOrLastDigits || instrument.lastDigits === idOrLastDigits,
  );
}

/** How answers name the card: `Visa ****1111 (Amazon Pay)`. */
export function paymentDescriptor(instrument: TestInstrument): string {
  return `${instrument.brand} ****${instrument.lastDigits} (Amazon Pay)`;
}
