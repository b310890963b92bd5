import type { Answer } from "../client/exchange.ts";
import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import {
  createMerchantAccount,
  deleteAmazonPayAccount,
  merchantAccountClaim,
  registerAmazonPayAccount,
  updateAmazonPayAccount,
  updateMerchantAccount,
} from "../operations/groups/merchant-accounts.ts";
import type {
  ClaimedMerchantAccount,
  MerchantAccount,
  MerchantAccountClaim,
  MerchantAccountCreate,
  MerchantAccountRegister,
  MerchantAccountUpdate,
  RegisteredAccountUpdate,
} from "../types/merchant-account.ts";
import type { MerchantAccountId } from "../types/ids.ts";

/** Accounts of merchants, for those whom Amazon lets manage them. */
export class MerchantAccounts extends Resource {
  /**
   * Registers an account for a merchant: authorised merchants only.
   *
   * @example
   * const { merchantAccountId } = await client.merchantAccounts.register({
   *   uniqueReferenceId: "shop-1",
   *   ledgerCurrency: "JPY",
   *   businessInfo: { businessType: "CORPORATE", countryOfEstablishment: "JP", businessLegalName: "Example KK" },
   * });
   */
  register(body: MerchantAccountRegister, options?: RequestOptions): ApiPromise<MerchantAccount> {
    return this.call(registerAmazonPayAccount, options, { body });
  }

  /** Changes a registered account. The service answers 204, so the result is an empty object. */
  updateRegistered(
    merchantAccountId: MerchantAccountId,
    body: RegisteredAccountUpdate,
    options?: RequestOptions,
  ): ApiPromise<MerchantAccount> {
    return this.call(updateAmazonPayAccount, options, { ids: [merchantAccountId], body });
  }

  /** Deletes a registered account. */
  delete(merchantAccountId: MerchantAccountId, options?: RequestOptions): ApiPromise<MerchantAccount> {
    return this.call(deleteAmazonPayAccount, options, { ids: [merchantAccountId] });
  }

  /** Provisions an account for a merchant: authorised solution providers. */
  create(body: MerchantAccountCreate, options?: RequestOptions): ApiPromise<MerchantAccount> {
    return this.call(createMerchantAccount, options, { body });
  }

  /** Changes a provisioned account; needs `authToken`. */
  update(
    merchantAccountId: MerchantAccountId,
    body: MerchantAccountUpdate,
    options?: RequestOptions,
  ): ApiPromise<MerchantAccount> {
    return this.call(updateMerchantAccount, options, { ids: [merchantAccountId], body });
  }

  /**
   * Starts the handing over of an account to its merchant. The service answers with a redirect, which is not followed:
   * send the merchant to `location`. It is null where the account is claimed already.
   *
   * @example const { location } = await client.merchantAccounts.claim(id, { uniqueReferenceId: "shop-1" });
   */
  claim(
    merchantAccountId: MerchantAccountId,
    body: MerchantAccountClaim,
    options?: RequestOptions,
  ): ApiPromise<ClaimedMerchantAccount> {
    return this.call(merchantAccountClaim, options, { ids: [merchantAccountId], body }, readClaim);
  }
}

function readClaim({ data, status, headers }: Answer): ClaimedMerchantAccount {
  return { ...(data as MerchantAccount), location: status === 303 ? (headers["location"] ?? null) : null };
}
