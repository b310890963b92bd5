/**
 * What the HTTPS server's certificate is good for: this machine, the hosts of API v2 (docs/amazon-pay/requests.md), and those of the
 * older MWS, so that a client with a fixed host needs a hosts entry and the authority's certificate, and nothing else.
 */
export const SERVER_HOSTS: readonly string[] = [
  "localhost",
  "127.0.0.1",
  "::1",
  "pay-api.amazon.com",
  "pay-api.amazon.eu",
  "pay-api.amazon.jp",
  "mws.amazonservices.com",
  "mws.amazonservices.ca",
  "mws.amazonservices.com.mx",
  "mws-eu.amazonservices.com",
  "mws.amazonservices.ae",
  "mws.amazonservices.in",
  "mws.amazonservices.jp",
  "mws-fe.amazonservices.com",
  "mws.amazonservices.com.au",
  "host.docker.internal",
  "sandbox",
];
