/**
 * Runs on the page of the checkout's window where the buyer places the order ("Buy Now"), and on the page that closes the
 * window: asks the shop's page, which opened the window, and shows what its callbacks answer.
 *
 * @typedef {{ amount: string | number, currencyCode: string }} Price
 * @typedef {Record<string, unknown>} Cart
 */

const root = /** @type {HTMLElement} */ (document.querySelector("[data-happened]"));
const shopOrigin = root.dataset.shop ?? "";
/** @type {Record<string, unknown>} */
const facts = JSON.parse(root.dataset.detail ?? "{}");
let asked = 0;

/**
 * @param {string} happened
 * @param {Record<string, unknown>} detail
 * @returns {Promise<unknown>} what the page's callback answered
 */
function ask(happened, detail) {
  const number = ++asked;
  const shop = /** @type {Window | null} */ (window.opener);
  return new Promise((resolve, reject) => {
    if (shop === null || shop.closed) {
      reject(new Error("the shop's page is closed"));
      return;
    }
    /** @param {MessageEvent} message */
    const answered = ({ source, origin, data }) => {
      if (source !== shop || origin !== shopOrigin || data?.number !== number) return;
      window.removeEventListener("message", answered);
      if (typeof data.failure === "string") reject(new Error(data.failure));
      else resolve(JSON.parse(String(data.answer)));
    };
    window.addEventListener("message", answered);
    shop.postMessage({ happened, number, detail: { ...facts, ...detail } }, shopOrigin);
  });
}

const TOTALS = ["totalBaseAmount", "totalShippingAmount", "totalTaxAmount", "totalDiscountAmount", "totalChargeAmount"];

/** @param {unknown} value @returns {value is Price} */
const isPrice = (value) =>
  typeof value === "object" &&
  value !== null &&
  "amount" in value &&
  "currencyCode" in value &&
  /^-?\d+(\.\d+)?$/.test(String(value.amount));

/** @param {Price} price */
const moneyOf = ({ amount, currencyCode }) =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: currencyCode }).format(
    /** @type {Intl.StringNumericLiteral} */ (String(amount)),
  );

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} text */
function complainOnPage(text) {
  const alert = part("order-alert");
  alert.hidden = false;
  alert.textContent = text;
  /** @type {HTMLButtonElement} */ (document.querySelector("button.main")).disabled = true;
}

/**
 * Shows the cart, or what is wrong with it.
 *
 * @param {string} callback whose answer it is
 * @param {unknown} answer
 */
function show(callback, answer) {
  /** @type {Cart} */
  const cart = typeof answer === "object" && answer !== null ? /** @type {Cart} */ (answer) : {};
  if (!isPrice(cart.totalChargeAmount)) {
    complainOnPage(`${callback} must answer with totalChargeAmount: { amount, currencyCode }`);
    return;
  }
  part("order-alert").hidden = true;
  for (const name of TOTALS) {
    const price = cart[name];
    const row = part(name);
    row.hidden = !isPrice(price);
    if (isPrice(price)) /** @type {HTMLElement} */ (row.lastElementChild).textContent = moneyOf(price);
  }
  choices("deliveryOptions", cart.deliveryOptions, "deliveryOptionSelection", "onDeliveryOptionSelection");
  choices("giftWrapOptions", cart.giftWrapOptions, "giftWrapOptionSelection", "onGiftWrapOptionSelection");
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("button.main"));
  button.textContent = String(button.dataset.pay).replace("{amount}", moneyOf(cart.totalChargeAmount));
  button.disabled = false;
}

/**
 * A group of choices that the shop offers; choosing one asks the shop again.
 *
 * @param {string} name
 * @param {unknown} offered
 * @param {string} happened
 * @param {string} callback
 */
function choices(name, offered, happened, callback) {
  if (!Array.isArray(offered)) return;
  const group = part(name);
  group.hidden = offered.length === 0;
  const before = /** @type {HTMLInputElement | null} */ (group.querySelector("input:checked"))?.value;
  group.querySelectorAll(".choice").forEach((row) => row.remove());
  for (const option of offered) {
    const row = document.createElement("div");
    row.className = "choice";
    const input = document.createElement("input");
    input.type = "radio";
    input.name = name;
    input.value = String(option.id);
    input.id = `${name}-${input.value}`;
    input.checked = before === undefined ? option.isDefault === true : before === input.value;
    input.addEventListener("change", () => void update(happened, callback, { [name]: option }));
    const label = document.createElement("label");
    label.htmlFor = input.id;
    const title = option.shippingMethod?.shippingMethodName ?? option.title ?? option.id;
    label.textContent = isPrice(option.price) ? `${title} (${moneyOf(option.price)})` : String(title);
    row.append(input, label);
    group.append(row);
  }
}

/**
 * @param {string} happened
 * @param {string} callback
 * @param {Record<string, unknown>} detail
 */
async function update(happened, callback, detail) {
  try {
    show(callback, await ask(happened, detail));
  } catch (error) {
    complainOnPage(error instanceof Error ? error.message : String(error));
  }
}

const { happened = "" } = root.dataset;
if (happened === "completeCheckout" || happened === "cancel") {
  // The window closes in either case: what the shop's page failed at is in its console.
  ask(happened, {}).then(
    () => window.close(),
    () => window.close(),
  );
} else {
  void update(happened, happened === "initCheckout" ? "onInitCheckout" : "onShippingAddressSelection", {});
  document.getElementById("order-code-apply")?.addEventListener("click", () => {
    const { value } = /** @type {HTMLInputElement} */ (part("order-code"));
    const detail = { merchantManagedPaymentMethods: [{ type: "PROMO_CODE", value }] };
    void update("merchantManagedPaymentMethodSelection", "onMerchantManagedPaymentMethodSelection", detail);
  });
}
