import { nodeVerifier, type SyncVerifier } from "@amazon-pay-kit/sdk/signing";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";

/** A key with its owner, ready to verify. */
export interface KnownKey {
  readonly publicKeyId: string;
  readonly publicKeyPem: string;
  readonly merchantId: string;
  readonly verifier: SyncVerifier;
}

/** Finds keys by their id; a key's PEM is read once. */
export class KeyIndex {
  readonly #engine: Engine;
  readonly #known = new Map<string, KnownKey>();

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.bus.on("state.replaced", () => {
      this.#known.clear();
    });
  }

  /** The key of an id with its merchant; undefined for an id that no merchant has. */
  find(publicKeyId: string): { readonly key: KnownKey; readonly merchant: Merchant } | undefined {
    const known = this.#known.get(publicKeyId);
    if (known !== undefined) {
      const merchant = this.#engine.state.merchants.get(known.merchantId);
      if (merchant !== undefined) return { key: known, merchant };
    }
    for (const merchant of this.#engine.state.merchants.values()) {
      const key = merchant.keys.find((candidate) => candidate.publicKeyId === publicKeyId);
      if (key === undefined) continue;
      const ready: KnownKey = {
        ...key,
        merchantId: merchant.merchantId,
        verifier: nodeVerifier(key.publicKeyPem),
      };
      this.#known.set(publicKeyId, ready);
      return { key: ready, merchant };
    }
    return undefined;
  }

  /** Every key that there is, for finding out whose key made a signature. */
  *all(): Generator<KnownKey> {
    for (const merchant of this.#engine.state.merchants.values()) {
      for (const { publicKeyId } of merchant.keys) {
        const found = this.find(publicKeyId);
        if (found !== undefined) yield found.key;
      }
    }
  }
}
