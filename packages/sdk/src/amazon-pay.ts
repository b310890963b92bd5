import { AuthorizationTokens } from "./resources/authorization-tokens.ts";
import { Button } from "./resources/button.ts";
import { Buyers } from "./resources/buyers.ts";
import { ChargePermissions } from "./resources/charge-permissions.ts";
import { Charges } from "./resources/charges.ts";
import { CheckoutSessions } from "./resources/checkout-sessions.ts";
import { DeliveryTrackers } from "./resources/delivery-trackers.ts";
import { Disbursements } from "./resources/disbursements.ts";
import { Disputes } from "./resources/disputes.ts";
import { Files } from "./resources/files.ts";
import { InStore } from "./resources/in-store.ts";
import { MerchantAccounts } from "./resources/merchant-accounts.ts";
import { Refunds } from "./resources/refunds.ts";
import { ReportDocuments } from "./resources/report-documents.ts";
import { ReportSchedules } from "./resources/report-schedules.ts";
import { Reports } from "./resources/reports.ts";
import { Stores } from "./resources/stores.ts";
import { diagnoseSignature } from "./diagnosis/diagnose.ts";
import { hintForRefusal } from "./diagnosis/hints.ts";
import { suggestions } from "./diagnosis/suggestions.ts";
import { ApiPromise, type Requester } from "./client/requester.ts";
import { connect } from "./client/connect.ts";
import {
  type NotificationTrust,
  type SandboxChoice,
  type SandboxConnection,
  type SandboxReadyFile,
  sandboxConnection,
  trustOf,
} from "./client/for-sandbox.ts";
import { type Environment, optionsFromEnv } from "./client/from-env.ts";
import { checkOptionTypes } from "./client/option-types.ts";
import type { AmazonPayOptions } from "./client/options.ts";
import { type RawCall, callRaw } from "./client/raw-call.ts";

/**
 * Client for Amazon Pay API v2. Create one and reuse it: it holds the parsed key and the open connections.
 *
 * @example
 * const client = new AmazonPay({ region: "eu", publicKeyId: "SANDBOX-AE…", privateKey: process.env.AMAZON_PAY_PRIVATE_KEY! });
 * const charge = await client.charges.retrieve("S02-5454037-1929856-C015396");
 */
export class AmazonPay {
  /** Checkouts: create, read, update, complete and finalize. */
  readonly checkoutSessions: CheckoutSessions;
  /** A buyer's permission to be charged: read, update and close. */
  readonly chargePermissions: ChargePermissions;
  /** Authorizations and captures of money: create, read, capture, cancel. */
  readonly charges: Charges;
  /** Refunds of captured charges: create and read. */
  readonly refunds: Refunds;
  /** The signed-in buyer, by the token from the sign-in button: read. */
  readonly buyers: Buyers;
  /** Settlement and transaction reports: list, read and request. */
  readonly reports: Reports;
  /** A report's file: get its URL (valid for 30 seconds) or download it. */
  readonly reportDocuments: ReportDocuments;
  /** Recurring reports: list, read, create and cancel schedules. */
  readonly reportSchedules: ReportSchedules;
  /** Payouts to the bank: list. */
  readonly disbursements: Disbursements;
  /** Disputes, for payment service providers: create, read, change, contest. */
  readonly disputes: Disputes;
  /** Evidence files for disputes: create. */
  readonly files: Files;
  /** Delivery notifications through Alexa: create. */
  readonly deliveryTrackers: DeliveryTrackers;
  /** Tokens that let a solution provider act for a merchant: retrieve. */
  readonly authorizationTokens: AuthorizationTokens;
  /** Merchant accounts managed by a solution provider: register, create, update, delete and claim. */
  readonly merchantAccounts: MerchantAccounts;
  /** Stores of a merchant account: create, update. */
  readonly stores: Stores;
  /** In-store purchases: scan, charge and refund. */
  readonly inStore: InStore;
  /** Checkout and sign-in buttons: sign a payload, render the page's script. */
  readonly button: Button;
  /** Region in the service's spelling. */
  readonly region: "na" | "eu" | "jp";
  /** Environment, as given to the client or taken from the key id's prefix. */
  readonly environment: "live" | "sandbox";
  /** The sandbox's merchant that this client acts for; undefined for a client that `forSandbox` did not make. */
  readonly sandboxMerchant: SandboxReadyFile["merchants"][number] | undefined;
  readonly #requester: Requester;
  readonly #trust: NotificationTrust;

  /**
   * @param sandbox what `forSandbox` read
   * @throws ConfigurationError that names the option; KeyError that says what is wrong with the key
   */
  constructor(options: AmazonPayOptions, sandbox?: SandboxConnection) {
    const requester = connect(options, { diagnose: diagnoseSignature, hint: hintForRefusal, suggestions });
    checkOptionTypes(options);
    const { settings } = requester;
    this.sandboxMerchant = sandbox?.merchant;
    this.#trust = sandbox?.trust ?? trustOf(options);
    this.#requester = requester;
    this.region = settings.region.region;
    this.environment = settings.environment;
    this.checkoutSessions = new CheckoutSessions(requester);
    this.chargePermissions = new ChargePermissions(requester);
    this.charges = new Charges(requester);
    this.refunds = new Refunds(requester);
    this.buyers = new Buyers(requester);
    this.reports = new Reports(requester);
    this.reportDocuments = new ReportDocuments(requester);
    this.reportSchedules = new ReportSchedules(requester);
    this.disbursements = new Disbursements(requester);
    this.disputes = new Disputes(requester);
    this.files = new Files(requester);
    this.deliveryTrackers = new DeliveryTrackers(requester);
    this.authorizationTokens = new AuthorizationTokens(requester);
    this.merchantAccounts = new MerchantAccounts(requester);
    this.stores = new Stores(requester);
    this.inStore = new InStore(requester);
    this.button = new Button(requester);
  }

  /**
   * A client from the environment: `AMAZON_PAY_REGION`, `AMAZON_PAY_PUBLIC_KEY_ID`, `AMAZON_PAY_PRIVATE_KEY` or
   * `AMAZON_PAY_PRIVATE_KEY_FILE`, and where they are set `AMAZON_PAY_ENDPOINT` and `AMAZON_PAY_CA_FILE`.
   *
   * @param options win over the environment
   * @param env default: the process's environment
   * @example const pay = AmazonPay.fromEnv({ maxRetries: 1 });
   * @throws ConfigurationError that names the variable
   */
  static fromEnv(options: Partial<AmazonPayOptions> = {}, env?: Environment): AmazonPay {
    return new AmazonPay(optionsFromEnv(options, env));
  }

  /**
   * A client for a sandbox on this machine, with everything that belongs to it: the merchant and its key, the script of the
   * buttons (`pay.button.render`) and the trust in its notifications (`pay.notificationTrust`).
   *
   * @param ready path of the file that `apay sandbox start --ready-file FILE` writes, or what it holds
   * @param choice which merchant (default: the first), and options of the client
   * @example const pay = AmazonPay.forSandbox("sandbox.json", { region: "eu" });
   * @throws ConfigurationError `config.sandbox`
   */
  static forSandbox(ready: string | SandboxReadyFile, choice?: SandboxChoice): AmazonPay {
    const sandbox = sandboxConnection(ready, choice);
    return new AmazonPay(sandbox.options, sandbox);
  }

  /**
   * Options for `notificationHandler` and `verifyNotification` that fit where this client calls: empty for Amazon Pay itself, the
   * host and the certificate authority of a sandbox for one.
   *
   * @example const handler = notificationHandler({ ...pay.notificationTrust, onChange, replayStore });
   */
  get notificationTrust(): NotificationTrust {
    return this.#trust;
  }

  /**
   * Calls any path below `/v2`, for what this version does not know. The body goes out as it is, unchecked. A POST is
   * repeated after a failure only if it has an `idempotencyKey`.
   *
   * @example await client.call({ method: "GET", path: "/charges/S01-5454037-1929856-C015396" });
   */
  call(call: RawCall): ApiPromise<unknown> {
    return new ApiPromise(callRaw(this.#requester, call));
  }

  /** Closes idle connections. The client can still be used afterwards. */
  close(): void {
    this.#requester.settings.transport.close();
  }
}
