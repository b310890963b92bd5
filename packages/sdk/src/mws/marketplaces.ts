/** A marketplace of MWS and the host that serves it (MWS Reports API reference). */
export interface MwsMarketplace {
  /** ISO 3166 code of the country; `UK` as Amazon writes it. */
  readonly country: string;
  /** The service's id of it. */
  readonly marketplaceId: string;
  /** Address of the host that serves it. */
  readonly endpoint: string;
}

const at = (endpoint: string, marketplaces: Readonly<Record<string, string>>): MwsMarketplace[] =>
  Object.entries(marketplaces).map(([country, marketplaceId]) => ({ country, marketplaceId, endpoint }));

/** Every marketplace of MWS, for `baseUrl` outside the three regions. */
export const MWS_MARKETPLACES: readonly MwsMarketplace[] = [
  ...at("https://mws.amazonservices.com", { US: "ATVPDKIKX0DER", BR: "A2Q3Y263D00KWC" }),
  ...at("https://mws.amazonservices.ca", { CA: "A2EUQ1WTGCTBG2" }),
  ...at("https://mws.amazonservices.com.mx", { MX: "A1AM78C64UM0Y8" }),
  ...at("https://mws-eu.amazonservices.com", {
    DE: "A1PA6795UKMFR9",
    UK: "A1F83G8C2ARO7P",
    FR: "A13V1IB3VIYZZH",
    IT: "APJ6JRA9NG5V4",
    ES: "A1RKKUPIHCS9HS",
    NL: "A1805IZSGTT6HS",
    BE: "AMEN7PMS3EDWL",
    PL: "A1C3SOZRARQ6R3",
    SE: "A2NODRKZP88ZB9",
    TR: "A33AVAJ2PDY3EV",
    EG: "ARBP9OOSHTCHU",
    SA: "A17E79C6D8DWNP",
  }),
  ...at("https://mws.amazonservices.ae", { AE: "A2VIGQ35RCS4UG" }),
  ...at("https://mws.amazonservices.in", { IN: "A21TJRUUN4KGV" }),
  ...at("https://mws.amazonservices.jp", { JP: "A1VC38T7YXB528" }),
  ...at("https://mws-fe.amazonservices.com", { SG: "A19VAU5U5O7RUS" }),
  ...at("https://mws.amazonservices.com.au", { AU: "A39IBJ37TRP1C6" }),
];

/** The hosts of the regions in which Amazon Pay exists. */
export const MWS_ENDPOINTS = {
  na: "https://mws.amazonservices.com",
  eu: "https://mws-eu.amazonservices.com",
  jp: "https://mws.amazonservices.jp",
} as const;
