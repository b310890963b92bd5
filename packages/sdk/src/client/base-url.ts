import { ConfigurationError } from "../errors/configuration-error.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether an address may be called: HTTPS anywhere, plain HTTP only where it does not leave the machine.
 */
export function isSafeUrl(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.test(url.hostname));
}

/**
 * Origin of a base address.
 *
 * @throws ConfigurationError `config.base-url`
 */
export function originOf(baseUrl: string): string {
  if (!URL.canParse(baseUrl))
    throw new ConfigurationError(
      "config.base-url",
      "`baseUrl` is not an address: write it like https://localhost:8543",
    );
  const url = new URL(baseUrl);
  if (!isSafeUrl(url)) {
    throw new ConfigurationError(
      "config.base-url",
      "`baseUrl` must begin with https:// (trust a certificate of your own with `ca`); plain http:// is for this machine only",
    );
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new ConfigurationError(
      "config.base-url",
      "`baseUrl` must hold scheme, host and port only: the path is part of what is signed",
    );
  }
  return url.origin;
}
