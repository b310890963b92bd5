/** A key that may sign for a merchant. Only the public half is kept in the state. */
export interface MerchantKey {
  /** `SANDBOX-…`, `LIVE-…`, or a plain id. */
  readonly publicKeyId: string;
  /** SPKI PEM. */
  readonly publicKeyPem: string;
}

/** Credentials of the older MWS Reports API. */
export interface MwsCredentials {
  readonly sellerId: string;
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly authToken: string;
}

/** A merchant that trades in the sandbox. */
export interface Merchant {
  readonly merchantId: string;
  readonly storeId: string;
  readonly region: "na" | "eu" | "jp";
  /** Ledger currency. */
  readonly currency: "USD" | "EUR" | "GBP" | "JPY";
  readonly storeName: string;
  keys: MerchantKey[];
  readonly mws: MwsCredentials;
  /** Where notifications go; null sends none. */
  notificationUrl: string | null;
  status: "active" | "suspended";
  readonly createdAt: number;
}
