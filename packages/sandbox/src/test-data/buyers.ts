import type { Region } from "@amazon-pay-kit/sdk/operations";

/** A person who may sign in on the hosted pages. */
export interface TestBuyer {
  /** `amzn1.account.…`, the same for every merchant of the sandbox. */
  readonly buyerId: string;
  readonly region: Region;
  readonly name: string;
  readonly email: string;
  readonly phoneNumber: string;
  /** Null unless the buyer is a member, as for merchants that are not allow-listed (docs/amazon-pay/operations.md). */
  readonly primeMembershipTypes: readonly string[] | null;
  /** Address book, the default first. */
  readonly addressIds: readonly string[];
  /** Where the buyer's bills go. */
  readonly billingAddressId: string;
  /** Names the phrase that says on the sign-in page what this buyer is for, in the page's language. */
  readonly note: BuyerNote;
}

/** What buyers are for, as phrases of the hosted pages (`checkout/locales/`). */
export type BuyerNote =
  | "noteSixAddresses"
  | "notePrimeMember"
  | "noteSevenAddresses"
  | "notePrimeInFrance"
  | "noteFiveAddresses"
  | "notePrimeStudent";

/** Who can sign in, by region; the first of a region is the default. */
export const TEST_BUYERS: readonly TestBuyer[] = [
  {
    buyerId: "amzn1.account.AHSANDBOXNABUYERONE",
    region: "na",
    name: "Test Buyer",
    email: "buyer.one@example.com",
    phoneNumber: "206-555-0100",
    primeMembershipTypes: null,
    addressIds: ["na-home", "na-work", "na-alaska", "na-po-box", "na-canada", "na-long"],
    billingAddressId: "na-home",
    note: "noteSixAddresses",
  },
  {
    buyerId: "amzn1.account.AHSANDBOXNABUYERTWO",
    region: "na",
    name: "Second Buyer",
    email: "buyer.two@example.com",
    phoneNumber: "512-555-0123",
    primeMembershipTypes: ["PRIME_GENERAL_US"],
    addressIds: ["na-work"],
    billingAddressId: "na-work",
    note: "notePrimeMember",
  },
  {
    buyerId: "amzn1.account.AHSANDBOXEUBUYERONE",
    region: "eu",
    name: "Testkäufer Süd",
    email: "kaeufer.sued@example.com",
    phoneNumber: "+49 89 5550100",
    primeMembershipTypes: null,
    addressIds: ["eu-home", "eu-company", "eu-packstation", "eu-po-box", "eu-france", "eu-uk", "eu-switzerland"],
    billingAddressId: "eu-home",
    note: "noteSevenAddresses",
  },
  {
    buyerId: "amzn1.account.AHSANDBOXEUBUYERTWO",
    region: "eu",
    name: "Acheteur d’Essai",
    email: "acheteur.essai@example.com",
    phoneNumber: "+33 2 55 50 01 00",
    primeMembershipTypes: ["PRIME_GENERAL"],
    addressIds: ["eu-france"],
    billingAddressId: "eu-france",
    note: "notePrimeInFrance",
  },
  {
    buyerId: "amzn1.account.AHSANDBOXJPBUYERONE",
    region: "jp",
    name: "テスト 購入者",
    email: "buyer.jp@example.com",
    phoneNumber: "03-5555-0100",
    primeMembershipTypes: null,
    addressIds: ["jp-home", "jp-osaka", "jp-okinawa", "jp-latin", "jp-po-box"],
    billingAddressId: "jp-home",
    note: "noteFiveAddresses",
  },
  {
    buyerId: "amzn1.account.AHSANDBOXJPBUYERTWO",
    region: "jp",
    name: "二人目 購入者",
    email: "buyer.jp.two@example.com",
    phoneNumber: "06-5555-0122",
    primeMembershipTypes: ["PRIME_STUDENT"],
    addressIds: ["jp-osaka"],
    billingAddressId: "jp-osaka",
    note: "notePrimeStudent",
  },
];

/** The buyers who can sign in at a merchant of the region. */
export function buyersOf(region: Region): readonly TestBuyer[] {
  return TEST_BUYERS.filter((buyer) => buyer.region === region);
}

/** A buyer by id; undefined for none. */
export function findBuyer(buyerId: string): TestBuyer | undefined {
  return TEST_BUYERS.find((buyer) => buyer.buyerId === buyerId);
}
