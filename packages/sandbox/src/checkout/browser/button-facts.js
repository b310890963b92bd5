// Made by tools/generate/run.mjs from packages/sdk/src/operations/button-facts.ts; change that.

export const placements = ["Home", "Product", "Cart", "Checkout", "Other"];

export const productTypes = ["PayAndShip", "PayOnly", "PayAndShipMultiAddress", "SignIn", "Donation"];

export const buttonColorNames = ["Gold", "LightGray", "DarkGray"];

/** Languages by ledger currency. */
export const languagesOf = {
  USD: ["en_US"],
  EUR: ["en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"],
  GBP: ["en_GB", "de_DE", "fr_FR", "it_IT", "es_ES"],
  JPY: ["ja_JP"],
};
