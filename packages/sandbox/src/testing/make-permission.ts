import type { Sandbox } from "../index.ts";
import { merchantOf, type ClientChoice } from "./client-options.ts";

/** What the permission is for. */
export interface PermissionSpec extends ClientChoice {
  /** Decimal text. Default `100.00`, in Japan `10000`. */
  readonly amount?: string;
  /** Default: the merchant's ledger currency. */
  readonly currencyCode?: string;
  /** Default `OneTime`. */
  readonly type?: "OneTime" | "Recurring" | "PaymentMethodOnFile";
  readonly merchantReferenceId?: string;
  /** A test card, by id or last digits. Default: one that is accepted. */
  readonly instrument?: string;
  readonly environment?: "sandbox" | "live";
}

/** A charge permission without a browser, as if a buyer had gone through checkout. */
export async function makePermission(
  sandbox: Sandbox,
  spec: PermissionSpec = {},
): Promise<{ readonly chargePermissionId: string }> {
  const { merchantId, currency } = merchantOf(sandbox, spec);
  const currencyCode = spec.currencyCode ?? currency;
  const { type = "OneTime", amount = currencyCode === "JPY" ? "10000" : "100.00" } = spec;
  const { merchantReferenceId, instrument, environment } = spec;
  return (await sandbox.control("POST", "/charge-permissions", {
    merchantId,
    type,
    amount,
    currencyCode,
    merchantReferenceId,
    instrument,
    environment,
  })) as { readonly chargePermissionId: string };
}
