import { ControlError } from "../control/control-error.ts";
import type { RunningEngine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import { makeKeyIds, makeMerchant, merchantKey, type MerchantSpec } from "../merchants/make-merchant.ts";
import { sandboxMerchant, type SandboxMerchant } from "../merchants/sandbox-merchant.ts";
import type { KeyRing } from "../merchants/key-ring.ts";

/** A merchant to add, perhaps with a key of its own. */
export interface NewMerchant extends MerchantSpec {
  /** Public key, SPKI PEM. Default: the sandbox makes two key pairs. */
  readonly publicKeyPem?: string | undefined;
  /** Id of that key. Default: made up. */
  readonly publicKeyId?: string | undefined;
}

/** The merchants of a sandbox with their keys. */
export class MerchantBook {
  readonly #engine: RunningEngine;
  readonly #keyRing: KeyRing;

  constructor(engine: RunningEngine, keyRing: KeyRing) {
    this.#engine = engine;
    this.#keyRing = keyRing;
  }

  /** All merchants with the private keys that are known. */
  list(): SandboxMerchant[] {
    return [...this.#engine.state.merchants.values()].map((merchant) => this.#open(merchant));
  }

  /** Adds a merchant. @throws ControlError `control.conflict` where an id is taken */
  async add(spec: NewMerchant): Promise<SandboxMerchant> {
    const { state, random } = this.#engine;
    const keyIds = makeKeyIds(random);
    const merchant = makeMerchant(spec, random, this.#engine.now());
    const wanted = spec.publicKeyPem === undefined ? keyIds : [spec.publicKeyId ?? keyIds[0]];
    const pairs = spec.publicKeyPem === undefined ? await Promise.all(keyIds.map(() => this.#keyRing.next())) : [];
    if (state.merchants.get(merchant.merchantId) !== undefined) {
      throw new ControlError("control.conflict", `merchantId ${merchant.merchantId} is taken: choose another`);
    }
    for (const other of state.merchants.values()) {
      if (other.storeId === merchant.storeId) {
        throw new ControlError("control.conflict", `storeId ${merchant.storeId} is taken: choose another`);
      }
      const taken = other.keys.find((key) => wanted.includes(key.publicKeyId));
      if (taken !== undefined) {
        throw new ControlError("control.conflict", `publicKeyId ${taken.publicKeyId} is taken: choose another`);
      }
    }
    merchant.keys = wanted.map((publicKeyId, index) => {
      const pair = pairs[index];
      if (pair !== undefined) this.#keyRing.keep(publicKeyId, pair.privateKeyPem);
      return merchantKey(publicKeyId, pair?.publicKeyPem ?? spec.publicKeyPem ?? "");
    });
    state.merchants.put(merchant.merchantId, merchant);
    return this.#open(merchant);
  }

  /** Changes what may change. @throws ControlError `control.not-found` */
  change(
    merchantId: string,
    changes: { readonly notificationUrl?: string | null; readonly status?: Merchant["status"] | undefined },
  ): SandboxMerchant {
    const merchant = this.#engine.state.merchants.get(merchantId);
    if (merchant === undefined) throw new ControlError("control.not-found", `there is no merchant ${merchantId}`);
    if (changes.notificationUrl !== undefined) merchant.notificationUrl = changes.notificationUrl;
    if (changes.status !== undefined) merchant.status = changes.status;
    this.#engine.state.merchants.put(merchantId, merchant);
    return this.#open(merchant);
  }

  /** A merchant as the ready file and the control plane show it. */
  readonly show = (merchant: SandboxMerchant): unknown => {
    const { merchantId, storeId, region, currency, storeName, mws } = merchant;
    return {
      merchantId,
      storeId,
      region,
      currency,
      storeName,
      keys: merchant.keys.map((key) => ({
        publicKeyId: key.publicKeyId,
        privateKeyFile: this.#keyRing.fileOf(key.publicKeyId) ?? null,
        privateKey: key.privateKeyPem ?? null,
      })),
      mws,
      notificationUrl: this.#engine.state.merchants.get(merchantId)?.notificationUrl ?? null,
    };
  };

  #open(merchant: Merchant): SandboxMerchant {
    return sandboxMerchant(merchant, (publicKeyId) => this.#keyRing.privateKeyOf(publicKeyId));
  }
}
