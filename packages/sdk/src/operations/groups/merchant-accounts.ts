import {
  claimMerchantAccountFields,
  createMerchantAccountFields,
  createStoreFields,
  registerAccountFields,
  updateAccountFields,
  updateMerchantAccountFields,
  updateStoreFields,
} from "../fields/merchant-accounts.ts";
import { operation } from "../operation.ts";

/** Shares its path with createMerchantAccount. */
export const registerAmazonPayAccount = operation("registerAmazonPayAccount", "POST", "/merchantAccounts", [201], {
  body: registerAccountFields,
});

/** Shares its path with updateMerchantAccount. */
export const updateAmazonPayAccount = operation(
  "updateAmazonPayAccount",
  "PATCH",
  "/merchantAccounts/{merchantAccountId}",
  [204],
  {
    idempotency: "optional",
    body: updateAccountFields,
  },
);

export const deleteAmazonPayAccount = operation(
  "deleteAmazonPayAccount",
  "DELETE",
  "/merchantAccounts/{merchantAccountId}",
  [202],
);

/** Authorised solution providers. */
export const createMerchantAccount = operation("createMerchantAccount", "POST", "/merchantAccounts", [201, 200], {
  body: createMerchantAccountFields,
});

/** Authorised solution providers. */
export const updateMerchantAccount = operation(
  "updateMerchantAccount",
  "PATCH",
  "/merchantAccounts/{merchantAccountId}",
  [200],
  {
    idempotency: "optional",
    body: updateMerchantAccountFields,
    authToken: "needed",
  },
);

/** 303 with a `Location` to hand to the merchant, 200 when already claimed. */
export const merchantAccountClaim = operation(
  "merchantAccountClaim",
  "POST",
  "/merchantAccounts/{merchantAccountId}/claim",
  [303, 200],
  {
    body: claimMerchantAccountFields,
  },
);

/** Allow-listed solution providers. */
export const createStore = operation("createStore", "POST", "/merchantAccounts/{merchantAccountId}/stores", [201], {
  body: createStoreFields,
  authToken: "needed",
});

/** Allow-listed solution providers. */
export const updateStore = operation(
  "updateStore",
  "PATCH",
  "/merchantAccounts/{merchantAccountId}/stores/{storeId}",
  [200],
  {
    body: updateStoreFields,
    authToken: "needed",
  },
);
