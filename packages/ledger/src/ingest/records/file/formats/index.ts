import type { RecordFormat } from "../record-format.ts";
import { kit } from "./kit.ts";
import { magento } from "./magento.ts";
import { shopify } from "./shopify.ts";
import { shopifyTransactions } from "./shopify-transactions.ts";
import { shopware } from "./shopware.ts";
import { woocommerce } from "./woocommerce.ts";

/** Every format, the most particular first: the first whose signature fits is taken. */
export const RECORD_FORMATS: readonly RecordFormat[] = [
  shopifyTransactions,
  shopify,
  shopware,
  magento,
  woocommerce,
  kit,
];
