/** Version of the kit. */
export const VERSION = "0.1.0";
