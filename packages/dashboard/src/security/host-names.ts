/**
 * A host as the browser's `Host` header has it, whatever its spelling: lower case, without the port that `http` or `https` have anyway and
 * without the dot that ends a full name. Undefined for what is no host, such as an address with a scheme or a path.
 *
 * @example hostName("Books.Example:443") // "books.example"
 */
export function hostName(given: string): string | undefined {
  const address = `http://${given}`;
  if (given === "" || /[\s/?#@\\]/.test(given) || !URL.canParse(address)) return undefined;
  const { hostname, port } = new URL(address);
  const name = hostname.replace(/\.$/, "");
  return port === "" || port === "443" ? name : `${name}:${port}`;
}

/** Names under which a server may be called. */
export class HostNames {
  readonly #names = new Set<string>();

  /** @returns whether it is a host */
  add(given: string): boolean {
    const name = hostName(given);
    if (name !== undefined) this.#names.add(name);
    return name !== undefined;
  }

  has(given: string): boolean {
    const name = hostName(given);
    return name !== undefined && this.#names.has(name);
  }
}
