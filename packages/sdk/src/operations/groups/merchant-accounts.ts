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

/** Shares its path with createMerchantAccount. */
export const registerAmazonPayAccount = {
  name: "registerAmazonPayAccount",
  method: "POST",
  path: "/merchantAccounts",
  success: [201],
  idempotency: "optional",
  body: registerAccountFields,
} as const satisfies Operation;

/** Shares its path with updateMerchantAccount. */
export const updateAmazonPayAccount = {
  name: "updateAmazonPayAccount",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [204],
  idempotency: "optional",
  body: updateAccountFields,
} as const satisfies Operation;

export const deleteAmazonPayAccount = {
  name: "deleteAmazonPayAccount",
  method: "DELETE",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [202],
  idempotency: "none",
} as const satisfies Operation;

/** Authorised solution providers. */
export const createMerchantAccount = {
  name: "createMerchantAccount",
  method: "POST",
  path: "/merchantAccounts",
  success: [201, 200],
  idempotency: "optional",
  body: createMerchantAccountFields,
  throttle: throttle(10, 1, 1, 1),
} as const satisfies Operation;

/** Authorised solution providers. */
export const updateMerchantAccount = {
  name: "updateMerchantAccount",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}",
  success: [200],
  idempotency: "optional",
  body: updateMerchantAccountFields,
  authToken: "needed",
} as const satisfies Operation;

/** 303 with a `Location` to hand to the merchant, 200 when already claimed. */
export const merchantAccountClaim = {
  name: "merchantAccountClaim",
  method: "POST",
  path: "/merchantAccounts/{merchantAccountId}/claim",
  success: [303, 200],
  idempotency: "optional",
  body: claimMerchantAccountFields,
} as const satisfies Operation;

/** Allow-listed solution providers. */
export const createStore = {
  name: "createStore",
  method: "POST",
  path: "/merchantAccounts/{merchantAccountId}/stores",
  success: [201],
  idempotency: "optional",
  body: createStoreFields,
  authToken: "needed",
} as const satisfies Operation;

/** Allow-listed solution providers. */
export const updateStore = {
  name: "updateStore",
  method: "PATCH",
  path: "/merchantAccounts/{merchantAccountId}/stores/{storeId}",
  success: [200],
  idempotency: "none",
  body: updateStoreFields,
  authToken: "needed",
} as const satisfies Operation;
