import { readPrice, showPrice } from "../../engine/amounts.ts";
import { objectOf } from "../../engine/sessions/read-details.ts";

/** `merchantMetadata` with every member. */
export function showMerchantMetadata(value: unknown): unknown {
  const metadata = objectOf(value);
  return {
    merchantReferenceId: metadata["merchantReferenceId"] ?? null,
    merchantStoreName: metadata["merchantStoreName"] ?? null,
    noteToBuyer: metadata["noteToBuyer"] ?? null,
    customInformation: metadata["customInformation"] ?? null,
  };
}

/** `providerMetadata` with its member. */
export function showProviderMetadata(value: unknown): unknown {
  return { providerReferenceId: objectOf(value)["providerReferenceId"] ?? null };
}

/** `paymentMethodOnFileMetadata` with its member; null where there is none. */
export function showOnFileMetadata(value: unknown): unknown {
  return value === null ? null : { setupOnly: objectOf(value)["setupOnly"] ?? null };
}

/** `recurringMetadata` with every member; null where there is none. */
export function showRecurringMetadata(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return null;
  const metadata = objectOf(value);
  const frequency = objectOf(metadata["frequency"]);
  const amount = objectOf(metadata["amount"]);
  const count = frequency["value"];
  return {
    frequency: {
      unit: frequency["unit"] ?? null,
      value: typeof count === "number" || typeof count === "string" ? String(count) : null,
    },
    amount: amount["amount"] === undefined ? null : showPrice(readPrice(amount, "recurringMetadata.amount")),
  };
}
