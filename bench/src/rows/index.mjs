import { client } from "./client.mjs";
import { footprint } from "./footprint.mjs";
import { sign } from "./sign.mjs";

/** Every comparison: a file and a line here. */
export const ROWS = [sign, client, footprint];
