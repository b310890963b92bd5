/** Letters and digits only, so that `amazon_payments_advanced` and `Amazon Payments Advanced` are the same. */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Names and codes under which shops offer Amazon Pay: `amazonpay`, `amazon_payments` (Shopify), `amazon_payments_advanced`
 * (WooCommerce), `amazon_payment_v2` (Magento), `oxidamazon` (OXID), and the buttons of its earlier names.
 */
const AMAZON_PAY =
  /amazonpay|amazonlogin|oxidamazon|checkoutbyamazon|(?:pay|login|bezahlen|zahlen|payer|paga|pagar|betalen)(?:with|mit|ueber|über|via|avec|con|met)amazon|amazonペイ|アマゾンペイ|アマゾンペイメント/u;

/** Other things that are called Amazon: its marketplace and fulfilment, and the card processor that was PayFort. */
const ANOTHER =
  /marketplace|marktplatz|marketplatz|placedemarche|paymentservices|payfort|fulfil|fba|mfn|sellercentral|vendorcentral|giftcard|マーケットプレイス|マケプレ/u;

/**
 * Whether a shop's word for a means of payment is Amazon Pay. Orders of Amazon's marketplace, FBA, "Amazon Payment Services"
 * (PayFort) and a bare "Amazon" are not: Amazon Pay does not settle them. Of several means (`Amazon Pay + Gift Card`) one is
 * enough.
 *
 * @example isAmazonPay("amazon_payments_advanced") // true
 * @example isAmazonPay("Amazon Marketplace") // false
 */
export function isAmazonPay(text: string): boolean {
  return text.split(/[+,&|/]/).some((part) => {
    const name = plain(part);
    return AMAZON_PAY.test(name) && !ANOTHER.test(name);
  });
}
