/** What stands in place of a secret or of buyer data. */
export const HIDDEN = "[hidden]";

/** Members that hold a person's data, a secret, or an address that works like one. */
const PRIVATE_MEMBERS = new Set([
  "addressDetails",
  "authorizationToken",
  "beneficiaryOwners",
  "billingAddress",
  "businessInfo",
  "buyer",
  "buyerId",
  "buyerToken",
  "customInformation",
  "dateOfBirth",
  "email",
  "evidenceText",
  "name",
  "noteToBuyer",
  "paymentPreferences",
  "personFullName",
  "phoneNumber",
  "postalCode",
  "primaryContactPerson",
  "primeMembershipTypes",
  "privateKey",
  "scanData",
  "secretKey",
  "shippingAddress",
  "shippingAddressList",
  "supplementaryData",
  "url",
]);

/** A JSON value without private members; `null` members stay `null`, so that the shape can be seen. */
export function redactJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(redactJson);
  const shown: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value)) {
    shown[name] = member !== null && PRIVATE_MEMBERS.has(name) ? HIDDEN : redactJson(member);
  }
  return shown;
}

/** Body text for the log: JSON without private members; of anything else only its length. */
export function redactBody(text: string): unknown {
  if (text === "") return null;
  try {
    return redactJson(JSON.parse(text));
  } catch {
    return `[${text.length} characters that are not JSON]`;
  }
}

const PRIVATE_HEADERS = new Set(["cookie", "set-cookie", "x-amz-pay-authtoken", "x-mws-authtoken"]);

/** Headers without tokens; of an Authorization header everything but the signature is shown. */
export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name === "authorization") shown[name] = value.replace(/Signature=.*$/s, `Signature=${HIDDEN}`);
    else if (name === "location" || name === "referer") shown[name] = redactAddress(value);
    else shown[name] = PRIVATE_HEADERS.has(name) ? HIDDEN : value;
  }
  return shown;
}

/** A path without the tokens that some operations carry in it. */
export function redactPath(path: string): string {
  return path.replace(/\/(buyers|authorizationTokens)\/[^/?\n]+/g, `/$1/${HIDDEN}`);
}

/** A query without secrets. */
export function redactQuery(query: string): string {
  return query.replace(/(^|&)(Signature|MWSAuthToken|buyerToken|X-Amz-Signature|token)=[^&]*/gi, `$1$2=${HIDDEN}`);
}

function redactAddress(address: string): string {
  const at = address.indexOf("?");
  return at < 0 ? redactPath(address) : `${redactPath(address.slice(0, at))}?${redactQuery(address.slice(at + 1))}`;
}

/** A canonical request without tokens: its hash no longer fits then, and the string to sign beside it still does. */
export function redactCanonicalRequest(text: string): string {
  return redactPath(text).replace(/^(x-amz-pay-authtoken):.*$/im, `$1:${HIDDEN}`);
}
