import { operation } from "../operation.ts";

export const getBuyer = operation("getBuyer", "GET", "/buyers/{buyerToken}", [200]);
