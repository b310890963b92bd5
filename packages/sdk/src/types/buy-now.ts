import type { PriceInput } from "./price.ts";

// Buy Now: the page handles the checkout, and its event handlers answer with the cart.
// https://developer.amazon.com/docs/amazon-pay-api-v2/buy-now-checkout.html

/** What an event handler of Buy Now answers: amounts, items, and how the goods can be delivered. */
export interface CartDetails {
  /** Ways of delivery to the buyer's address. Required of `onInitCheckout` with product type `PayAndShip`. */
  readonly deliveryOptions?: readonly DeliveryOption[] | null;
  /** What the delivery costs. */
  readonly totalShippingAmount: PriceInput;
  /** What the items cost. */
  readonly totalBaseAmount: PriceInput;
  /** Tax of the order. */
  readonly totalTaxAmount: PriceInput;
  /** What is charged now. */
  readonly totalChargeAmount: PriceInput;
  /** What is taken off. */
  readonly totalDiscountAmount?: PriceInput | null;
  /** What all charges may come to, where there are to be several. */
  readonly totalOrderAmount?: PriceInput | null;
  /** What is bought, for the buyer to see. */
  readonly lineItems?: readonly LineItem[] | null;
}

/** An item of the cart. */
export interface LineItem {
  /** The shop's own id of the item. */
  readonly id: string;
  /** Name of the item. */
  readonly title: string;
  /** How many, as text. */
  readonly quantity: string;
  /** Price of one. */
  readonly listPrice: PriceInput;
  /** Price of all of them: `listPrice` times `quantity`. */
  readonly totalListPrice: PriceInput;
  /** More about the item, such as colour and size. */
  readonly variantTitle?: string | null;
  /** Price of all of them after discounts. */
  readonly discountedPrice?: PriceInput | null;
}

/** A way of delivery that the buyer can choose. */
export interface DeliveryOption {
  /** The shop's own id of it; the event of the buyer's choice names it. */
  readonly id: string;
  /** What it costs. */
  readonly price: PriceInput;
  /** How the goods are sent. */
  readonly shippingMethod: ShippingMethod;
  /** Whether it is chosen unless the buyer chooses another. */
  readonly isDefault: boolean;
}

/** How goods are sent. */
export interface ShippingMethod {
  /** What the buyer reads, such as `Standard`. */
  readonly shippingMethodName: string;
  /** The shop's own code of it. */
  readonly shippingMethodCode: string;
}

/** What a shop can ask a buyer for besides the scopes, in the EU and UK only; each is there if it was asked for. */
export interface BuyerAdditionalInfo {
  /** VAT number, for an invoice to a business. */
  readonly vatId?: string | null;
  /** Province of the delivery address. */
  readonly province?: string | null;
  /** `DD/MM/YYYY`. */
  readonly dateOfBirth?: string | null;
  /** Form of address. */
  readonly prefix?: string | null;
  /** French number of a business and its place. */
  readonly SIRET?: string | null;
  /** French number of a business. */
  readonly SIREN?: string | null;
}

/** What the events of Buy Now tell of the buyer, by the scopes that the payload asks for. */
export interface BuyNowScopes {
  /** With the scope `name`. */
  readonly name?: string | null;
  /** With the scope `email`. */
  readonly email?: string | null;
  /** With the scope `phoneNumber`. */
  readonly phoneNumber?: string | null;
  /** Where it was asked for. */
  readonly buyerAdditionalInfo?: BuyerAdditionalInfo | null;
}
