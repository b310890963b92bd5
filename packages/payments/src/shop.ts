import {
  AmazonPay,
  type AmazonPayOptions,
  type ButtonRendering,
  ConfigurationError,
  type SandboxReadyFile,
} from "@amazon-pay-kit/sdk";

/** How a shop takes payments: what a commerce server's configuration holds. */
export interface ShopOptions {
  /** Options of the client. Not together with `sandbox`. */
  readonly client?: AmazonPayOptions | undefined;
  /** For development: the file that `apay sandbox start --ready-file FILE` writes, or what it holds. Brings merchant and store along. */
  readonly sandbox?: string | SandboxReadyFile | undefined;
  /** Which of the sandbox's merchants. Default: the first. */
  readonly region?: "na" | "eu" | "jp" | undefined;
  /** Seller id. Needed with `client`. */
  readonly merchantId?: string | undefined;
  /** The "Login with Amazon" client id. Needed with `client`. */
  readonly storeId?: string | undefined;
  /** Currency of the merchant's account. Needed with `client`. */
  readonly ledgerCurrency?: "USD" | "EUR" | "GBP" | "JPY" | undefined;
  /** The storefront's page where the buyer reviews the order after the first visit to Amazon: `https://shop.example/checkout/review`. */
  readonly reviewUrl: string;
  /** The storefront's page where the buyer arrives after paying. */
  readonly resultUrl: string;
  /** Where the buyer goes on cancelling. Default: the page with the button. */
  readonly cancelUrl?: string | undefined;
  /** Capture at checkout instead of when the order is shipped. Default false. */
  readonly captureAtCheckout?: boolean | undefined;
  /** Take authorizations that Amazon decides about within 24 hours; not together with `captureAtCheckout`. Default false. */
  readonly allowPending?: boolean | undefined;
  /** Which kind of page the button stands on. Default `Checkout`. */
  readonly placement?: ButtonRendering["placement"] | undefined;
  /** Default: Amazon's own, `PayAndShip`. */
  readonly productType?: ButtonRendering["productType"] | undefined;
}

/** A shop that is connected. */
export interface Shop {
  readonly pay: AmazonPay;
  readonly merchantId: string;
  readonly storeId: string;
  readonly ledgerCurrency: NonNullable<ShopOptions["ledgerCurrency"]>;
  readonly options: ShopOptions;
}

const NAMES: Readonly<Record<keyof ShopOptions, true>> = {
  client: true,
  sandbox: true,
  region: true,
  merchantId: true,
  storeId: true,
  ledgerCurrency: true,
  reviewUrl: true,
  resultUrl: true,
  cancelUrl: true,
  captureAtCheckout: true,
  allowPending: true,
  placement: true,
  productType: true,
};

/**
 * Checks a shop's options.
 *
 * @throws ConfigurationError `config.option` that names the option
 */
export function checkShopOptions(options: ShopOptions): void {
  if (typeof options !== "object" || options === null)
    throw refused("the options are missing: an object with `client` (or `sandbox`), `reviewUrl` and `resultUrl`");
  for (const name of Object.keys(options))
    if (!Object.hasOwn(NAMES, name))
      throw refused(`unknown option \`${name}\`: there are ${Object.keys(NAMES).join(", ")}`);
  const { client, sandbox, captureAtCheckout, allowPending } = options;
  if ((client === undefined) === (sandbox === undefined))
    throw refused("give either `client`, with the options of the client, or `sandbox`, with a sandbox's ready file");
  if (client !== undefined) {
    for (const name of ["merchantId", "storeId", "ledgerCurrency"] as const)
      if (typeof options[name] !== "string" || options[name] === "")
        throw refused(`\`${name}\` is needed beside \`client\``);
  }
  for (const name of ["reviewUrl", "resultUrl", "cancelUrl"] as const) {
    const url = options[name];
    if (name === "cancelUrl" && url === undefined) continue;
    if (typeof url !== "string" || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw refused(`\`${name}\` must be a whole address, such as https://shop.example/checkout`);
  }
  for (const name of ["captureAtCheckout", "allowPending"] as const)
    if (options[name] !== undefined && typeof options[name] !== "boolean")
      throw refused(`\`${name}\` must be true or false`);
  if (captureAtCheckout === true && allowPending === true)
    throw refused(
      "`captureAtCheckout` and `allowPending` exclude each other: what is captured at once is decided at once",
    );
}

/**
 * Connects a shop.
 *
 * @throws ConfigurationError; KeyError for the key
 */
export function connectShop(options: ShopOptions): Shop {
  checkShopOptions(options);
  const { client, sandbox, region } = options;
  if (client !== undefined) {
    const { merchantId = "", storeId = "", ledgerCurrency = "EUR" } = options;
    return { pay: new AmazonPay(client), merchantId, storeId, ledgerCurrency, options };
  }
  const pay = AmazonPay.forSandbox(sandbox ?? "", region === undefined ? {} : { region });
  const merchant = pay.sandboxMerchant!;
  return {
    pay,
    merchantId: merchant.merchantId,
    storeId: merchant.storeId,
    ledgerCurrency: merchant.currency as Shop["ledgerCurrency"],
    options,
  };
}

function refused(message: string): ConfigurationError {
  return new ConfigurationError("config.option", message);
}
