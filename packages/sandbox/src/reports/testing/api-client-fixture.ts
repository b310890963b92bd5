import { privateKeySigner, requiredHeaders, signRequest } from "@amazon-pay-kit/sdk/signing";
import type { SandboxMerchant } from "../../merchants/sandbox-merchant.ts";
import type { Sandbox } from "../../service/sandbox.ts";

/** What was answered. */
export interface FixtureAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Calls API v2 of a sandbox in this process, signed with a merchant's key for the sandbox environment. */
export class ApiClientFixture {
  readonly sandbox: Sandbox;
  readonly merchant: SandboxMerchant;
  /** Which of the merchant's keys signs: the first is for the sandbox environment, the second for both. */
  readonly #key: number;
  readonly #root: string;

  constructor(sandbox: Sandbox, merchant: SandboxMerchant, environment?: "live" | "sandbox") {
    this.sandbox = sandbox;
    this.merchant = merchant;
    this.#key = environment === undefined ? 0 : 1;
    this.#root = environment === undefined ? "/v2" : `/${environment}/v2`;
  }

  /** A signed call; `path` may hold a query. */
  async call(method: string, path: string, body?: unknown): Promise<FixtureAnswer> {
    const key = this.merchant.keys[this.#key];
    if (key?.privateKeyPem === undefined) throw new Error("the merchant has no private key");
    const text = body === undefined ? "" : JSON.stringify(body);
    const { region } = this.merchant;
    const { headers } = await signRequest(
      {
        method,
        path: `${this.#root}${path}`,
        headers: requiredHeaders({ region, now: this.sandbox.engine.realNow() }),
        body: text,
      },
      { publicKeyId: key.publicKeyId, signer: privateKeySigner(key.privateKeyPem) },
    );
    const response = await this.sandbox.fetch(
      new Request(`http://sandbox.invalid${this.#root}${path}`, {
        method,
        headers: headers as Record<string, string>,
        ...(text === "" ? {} : { body: text }),
      }),
    );
    const answer = await response.text();
    return { status: response.status, body: answer === "" ? {} : (JSON.parse(answer) as Record<string, unknown>) };
  }
}
