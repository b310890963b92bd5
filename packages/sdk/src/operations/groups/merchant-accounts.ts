import {
  claimMerchantAccountFields,
  createMerchantAccountFields,
  createStoreFields,
  registerAccountFields,
  updateAccountFields,
  updateMerchantAccountFields,
  updateStoreFields,
} from "../fields/merchant-accounts.ts";
import { throttle, type Operation } from "../operation.ts";

/** Reference 3.31. Shares its path with createMerchantAccount. */
export const registerAmazonPayAccount: Operation = {
  name: "registerAmazonPayAccount",
  method: "POST",
  path: "/merchantAccounts",
  success: [201],
  idempotency: "optional",
  body: registerAccountFields,
};

/** Reference 3.31. Shares its path with updateMerchantAccount. */
export const updateAmazonPayAccount: Operation = {
  name: "updateAmazonPayAccount",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [204],
  idempotency: "optional",
  body: updateAccountFields,
};

/** Reference 3.31. */
export const deleteAmazonPayAccount: Operation = {
  name: "deleteAmazonPayAccount",
  method: "DELETE",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [202],
  idempotency: "none",
};

/** Reference 3.31: authorised solution providers. */
export const createMerchantAccount: Operation = {
  name: "createMerchantAccount",
  method: "POST",
  path: "/merchantAccounts",
  success: [201, 200],
  idempotency: "optional",
  body: createMerchantAccountFields,
  throttle: throttle(10, 1, 1, 1),
};

/** Reference 3.31: authorised solution providers. */
export const updateMerchantAccount: Operation = {
  name: "updateMerchantAccount",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [200],
  idempotency: "optional",
  body: updateMerchantAccountFields,
  authToken: "needed",
};

/** Reference 3.31. 303 with a `Location` to hand to the merchant, 200 when already claimed. */
export const merchantAccountClaim: Operation = {
  name: "merchantAccountClaim",
  method: "POST",
  path: "/merchantAccounts/{merchantAccountId}/claim",
  success: [303, 200],
  idempotency: "optional",
  body: claimMerchantAccountFields,
};

/** Reference 3.31: allow-listed solution providers. */
export const createStore: Operation = {
  name: "createStore",
  method: "POST",
  path: "/merchantAccounts/{merchantAccountId}/stores",
  success: [201],
  idempotency: "optional",
  body: createStoreFields,
  authToken: "needed",
};

/** Reference 3.31: allow-listed solution providers. */
export const updateStore: Operation = {
  name: "updateStore",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}/stores/{storeId}",
  success: [200],
  idempotency: "none",
  body: updateStoreFields,
  authToken: "needed",
};
