/** Version of this package; a test holds it to package.json. */
export const VERSION = "0.1.0";

/** What requests call themselves. Not signed, so that a proxy may rewrite it. */
export const USER_AGENT = `amazon-pay-kit/${VERSION}`;
