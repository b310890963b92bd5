import { alphanumeric, hex } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import { textOf } from "../../engine/sessions/read-details.ts";
import { hasStore, storesOf } from "../../engine/stores.ts";
import { makeMerchant } from "../../merchants/make-merchant.ts";
import { issueAuthToken } from "../auth-tokens.ts";
import type { OperationCall } from "../operation-call.ts";
import { notFound } from "../own-objects.ts";
import { ServiceError } from "../service-error.ts";
import type { Handlers } from "./handlers.ts";

/** An account that a merchant registered, or a solution provider made. */
interface Account {
  readonly merchantAccountId: string;
  /** Who made it. */
  readonly madeBy: string;
  readonly uniqueReferenceId: string;
  details: Readonly<Record<string, unknown>>;
  claimed: boolean;
}

const REGION_OF = { USD: "na", EUR: "eu", GBP: "eu", JPY: "jp" } as const;

const accountsOf = (engine: Engine) => engine.state.extra<Account>("accounts");

/** docs/amazon-pay/operations.md. */
export const merchantAccountHandlers = {
  registerAmazonPayAccount: (call) => {
    const { uniqueReferenceId, merchantAccountId } = makeAccount(call);
    return { body: { uniqueReferenceId, merchantAccountId } };
  },

  updateAmazonPayAccount: (call) => {
    updateAccount(call);
    return {};
  },

  deleteAmazonPayAccount: (call) => {
    const { merchantAccountId } = accountOf(call);
    accountsOf(call.engine).delete(merchantAccountId);
    return {};
  },

  /** The official suite takes an `authorizationToken` out of the answer and acts with it. */
  createMerchantAccount: (call) => {
    const { engine, merchant } = call;
    const account = makeAccount(call);
    const currency = String(call.body["ledgerCurrency"]) as keyof typeof REGION_OF;
    const owner: Merchant = makeMerchant(
      { region: REGION_OF[currency], currency, merchantId: account.merchantAccountId },
      engine.random,
      engine.now(),
    );
    engine.state.merchants.put(owner.merchantId, owner);
    return {
      body: {
        uniqueReferenceId: account.uniqueReferenceId,
        merchantAccountId: account.merchantAccountId,
        authorizationToken: issueAuthToken(merchant.merchantId, owner, engine.now()),
      },
    };
  },

  updateMerchantAccount: (call) => {
    const { uniqueReferenceId, merchantAccountId } = updateAccount(call);
    return { body: { uniqueReferenceId, merchantAccountId } };
  },

  merchantAccountClaim: (call) => {
    const account = accountOf(call);
    if (call.body["uniqueReferenceId"] !== account.uniqueReferenceId) throw invalid("uniqueReferenceId");
    const { uniqueReferenceId, merchantAccountId } = account;
    const body = { uniqueReferenceId, merchantAccountId };
    if (account.claimed) return { status: 200, body };
    account.claimed = true;
    accountsOf(call.engine).put(merchantAccountId, account);
    const location = `${call.pages}/checkout/claim?merchantAccountId=${encodeURIComponent(merchantAccountId)}`;
    return { status: 303, body, headers: { location } };
  },

  createStore: (call) => {
    const { engine, merchant, body } = call;
    requireOwnAccount(call);
    const storeId = `amzn1.application-oa2-client.${hex(engine.random, 16)}`;
    storesOf(engine).put(storeId, { storeId, merchantId: merchant.merchantId, details: body });
    return { body: { storeId, ...body } };
  },

  updateStore: (call) => {
    const { engine, merchant, body, params } = call;
    requireOwnAccount(call);
    const storeId = params["storeId"] ?? "";
    if (!hasStore(engine, merchant, storeId)) throw notFound();
    const details = { ...storesOf(engine).get(storeId)?.details, ...body };
    storesOf(engine).put(storeId, { storeId, merchantId: merchant.merchantId, details });
    return { body: { storeId, ...details } };
  },
} satisfies Handlers;

function makeAccount({ engine, merchant, body }: OperationCall): Account {
  const account: Account = {
    merchantAccountId: `A${alphanumeric(engine.random, 13)}`,
    madeBy: merchant.merchantId,
    uniqueReferenceId: textOf(body["uniqueReferenceId"]) ?? "",
    details: body,
    claimed: false,
  };
  return accountsOf(engine).put(account.merchantAccountId, account);
}

function updateAccount(call: OperationCall): Account {
  const account = accountOf(call);
  account.details = { ...account.details, ...call.body };
  return accountsOf(call.engine).put(account.merchantAccountId, account);
}

/** The account in the path: made by the caller, or the one that the caller acts for. */
function accountOf(call: OperationCall): Account {
  const account = accountsOf(call.engine).get(call.params["merchantAccountId"] ?? "");
  const { merchantId } = call.merchant;
  if (account === undefined || (account.madeBy !== merchantId && account.merchantAccountId !== merchantId)) {
    throw notFound();
  }
  return account;
}

/** Stores are made with the token of the account in the path. */
function requireOwnAccount({ merchant, params }: OperationCall): void {
  if (params["merchantAccountId"] === merchant.merchantId) return;
  throw new ServiceError("UnauthorizedAccess", "The authorization token does not belong to this merchant account.");
}

const invalid = (path: string): ServiceError =>
  new ServiceError("InvalidParameterValue", `The value provided for [${path}] is invalid.`);
