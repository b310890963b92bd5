import type { AmazonPay } from "@amazon-pay-kit/sdk";
import type { HandlerOptions } from "@amazon-pay-kit/sdk/notifications";
import type { Currency, OrderBook } from "./order-book.ts";

/** What the shop needs to know. */
export interface ShopConfig {
  readonly pay: AmazonPay;
  readonly orders: OrderBook;
  readonly merchantId: string;
  readonly storeId: string;
  readonly currency: Currency;
  /** Address under which buyers reach the shop. */
  readonly origin: string;
  /** Address of checkout.js: the region's in production, the sandbox's here. */
  readonly scriptUrl: string;
  /** How notifications are verified; a sandbox has its own certificate authority. */
  readonly notifications: Omit<HandlerOptions, "onChange">;
}
