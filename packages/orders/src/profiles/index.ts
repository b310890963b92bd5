import { AMERICA } from "./america.ts";
import { EUROPE } from "./europe.ts";
import { JAPAN } from "./japan.ts";
import { KIT } from "./kit.ts";
import { MAGENTO } from "./magento.ts";
import type { OrderProfile } from "./profile.ts";
import { SHOPIFY } from "./shopify.ts";
import { SHOPWARE } from "./shopware.ts";
import { WOOCOMMERCE } from "./woocommerce.ts";

/** Every export that is known, the most particular first: the first whose signature fits is taken. */
export const ORDER_PROFILES: readonly OrderProfile[] = [
  ...SHOPIFY,
  ...SHOPWARE,
  ...MAGENTO,
  ...JAPAN,
  ...WOOCOMMERCE,
  ...AMERICA,
  ...EUROPE,
  ...KIT,
];

/** The profile of a file with these column names, as `plainName` has them. */
export function recognise(names: ReadonlySet<string>): OrderProfile | undefined {
  return ORDER_PROFILES.find(
    ({ signature, without = [] }) =>
      !without.some((name) => names.has(name)) &&
      signature.every((entry) =>
        typeof entry === "string" ? names.has(entry) : entry.some((name) => names.has(name)),
      ),
  );
}
