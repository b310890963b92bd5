/** `npm create @amazon-pay-kit`: writes a small shop with Amazon Pay into a new folder. */
export { createShop, CreateError, type CreateErrorCode, type CreateOptions, type CreatedShop } from "./create-shop.ts";
export { main, type Terminal } from "./main.ts";
