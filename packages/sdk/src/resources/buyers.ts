import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { getBuyer } from "../operations/groups/buyers.ts";
import type { Buyer } from "../types/buyer.ts";

/** Buyers who signed in. */
export class Buyers extends Resource {
  /**
   * Reads a buyer who came back from a sign-in button.
   *
   * @param buyerToken from the return address of the sign-in button; good for 24 hours
   * @example const { buyerId, email } = await client.buyers.retrieve(url.searchParams.get("buyerToken") ?? "");
   * @throws NotFoundError or InvalidRequestError for an old or unknown token
   */
  retrieve(buyerToken: string, options?: RequestOptions): ApiPromise<Buyer> {
    return this.call(getBuyer, options, { ids: [buyerToken] });
  }
}
