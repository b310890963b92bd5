import { Inject } from "@nestjs/common";
import { Args, Mutation, Resolver } from "@nestjs/graphql";
import {
  ActiveOrderService,
  Allow,
  ConfigService,
  Ctx,
  type Injector,
  LanguageCode,
  Logger,
  OrderService,
  Payment,
  PaymentMethodHandler,
  type PaymentProcess,
  Permission,
  PluginCommonModule,
  Refund,
  type RequestContext,
  RequestContextService,
  TransactionalConnection,
  VendurePlugin,
} from "@vendure/core";
import { connectShop, type PermissionKind, type Shop, type ShopOptions } from "@amazon-pay-kit/payments";
import type { RecurringMetadataInput } from "@amazon-pay-kit/sdk";
import { memoryReplayStore, nodeNotificationHandler, type ReplayStore } from "@amazon-pay-kit/sdk/notifications";
import { parse } from "graphql";
import { follow, type Payments } from "./notifications.ts";
import { cancel, type Checkout, checkout, createPayment, type Given, PENDING, refund, settle } from "./operations.ts";

/** Options of the plugin. */
export interface AmazonPayPluginOptions extends ShopOptions {
  /** Where notifications are posted to. Default `payments/amazon-pay`. */
  readonly route?: string | undefined;
  /** Which notifications were seen. Default: in memory, until the process ends. */
  readonly replayStore?: ReplayStore | undefined;
}

type NodeHandler = ReturnType<typeof nodeNotificationHandler>;

interface Services {
  readonly orders: OrderService;
  readonly connection: TransactionalConnection;
  readonly contexts: RequestContextService;
  readonly precision: number;
}

let shop: Shop | undefined;
let services: Services | undefined;

function opened(): { readonly shop: Shop; readonly services: Services } {
  if (shop === undefined || services === undefined)
    throw new Error("AmazonPayPlugin.init(options) was not called, or Vendure has not started yet");
  return { shop, services };
}

/** The payment method handler, code `amazon-pay`. */
export const amazonPayHandler: PaymentMethodHandler = new PaymentMethodHandler({
  code: "amazon-pay",
  description: [{ languageCode: LanguageCode.en, value: "Amazon Pay" }],
  args: {},
  init: (injector: Injector) => {
    services = {
      orders: injector.get(OrderService),
      connection: injector.get(TransactionalConnection),
      contexts: injector.get(RequestContextService),
      precision: injector.get(ConfigService).entityOptions.moneyStrategy.precision ?? 2,
    };
  },
  createPayment: async (ctx, order, amount, _args, metadata) => {
    const { shop: open, services: own } = opened();
    const { checkoutSessionId, chargePermissionId } = metadata as Given;
    const given = { checkoutSessionId, chargePermissionId };
    const made = await createPayment(open, order, amount, given, ctx.activeUserId, {
      precision: own.precision,
      isTaken: async (chargeId) =>
        (await own.connection.getRepository(ctx, Payment).findOne({ where: { transactionId: chargeId } })) !== null,
    });
    // The state of pending payments is the process's own, which Vendure's types cannot know.
    return { ...made, state: made.state as never };
  },
  settlePayment: (_ctx, _order, payment) => settle(opened().shop, payment),
  cancelPayment: (_ctx, _order, payment) => cancel(opened().shop, payment),
  createRefund: (_ctx, _input, amount, _order, payment) => {
    const { shop: open, services: own } = opened();
    return refund(open, payment, amount, own.precision);
  },
});

/** Lets payments wait for Amazon's decision. */
export const amazonPayProcess: PaymentProcess<typeof PENDING> = {
  transitions: {
    Created: { to: [PENDING] },
    [PENDING]: { to: ["Authorized", "Settled", "Declined", "Cancelled", "Error"] },
  },
};

/** Lets refunds wait for theirs. */
const refundProcess = { transitions: { Pending: { to: ["Pending"] } } };

/** The Shop API's part of a checkout. */
class AmazonPayResolver {
  readonly #orders: ActiveOrderService;

  constructor(orders: ActiveOrderService) {
    this.#orders = orders;
  }

  async amazonPayCheckout(
    ctx: RequestContext,
    args: { checkoutSessionId?: string; permissionType?: PermissionKind; recurring?: RecurringMetadataInput },
  ): Promise<Checkout> {
    const { shop: open, services: own } = opened();
    const order = await this.#orders.getActiveOrder(ctx, undefined);
    if (order === undefined) throw new Error("there is no active order");
    return checkout(open, order, ctx.activeUserId, args, own.precision);
  }
}

/** Decorators as functions: what runs is what is written, without a compiler's help. */
const method = "amazonPayCheckout";
const descriptor = Object.getOwnPropertyDescriptor(AmazonPayResolver.prototype, method)!;
Inject(ActiveOrderService)(AmazonPayResolver, undefined, 0);
Mutation()(AmazonPayResolver.prototype, method, descriptor);
Allow(Permission.Owner)(AmazonPayResolver.prototype, method, descriptor);
Ctx()(AmazonPayResolver.prototype, method, 0);
Args()(AmazonPayResolver.prototype, method, 1);
Resolver()(AmazonPayResolver);

const SCHEMA = `
  type AmazonPayCheckout {
    button: JSON
    redirectUrl: String
    constraints: [String!]!
  }
  extend type Mutation {
    amazonPayCheckout(checkoutSessionId: String, permissionType: String, recurring: JSON): AmazonPayCheckout!
  }
`;

/** What notifications change, by Vendure's own services. */
async function payments(): Promise<Payments> {
  const { services: own } = opened();
  const ctx = await own.contexts.create({ apiType: "admin" });
  const done = async (work: Promise<object>): Promise<void> => {
    const result = await work;
    if ("errorCode" in result) throw new Error(`Vendure refused: ${JSON.stringify(result)}`);
  };
  return {
    paymentOf: (transactionId) => own.connection.getRepository(ctx, Payment).findOne({ where: { transactionId } }),
    refundOf: (transactionId) => own.connection.getRepository(ctx, Refund).findOne({ where: { transactionId } }),
    move: (id, state) => done(own.orders.transitionPaymentToState(ctx, id, state)),
    settle: (id) => done(own.orders.settlePayment(ctx, id)),
    settleRefund: (id, transactionId) => done(own.orders.settleRefund(ctx, { id, transactionId })),
    failRefund: (id) => done(own.orders.transitionRefundToState(ctx, id, "Failed")),
  };
}

/**
 * Amazon Pay in a Vendure server: the handler `amazon-pay`, the mutation `amazonPayCheckout` of the Shop API and the route for
 * notifications. Make a payment method with the handler in the admin.
 *
 * @example const plugins = [AmazonPayPlugin.init({ sandbox: "sandbox.json", region: "eu", reviewUrl, resultUrl })];
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest makes plugins from classes
export class AmazonPayPlugin {
  /** @throws ConfigurationError that names the option */
  static init({
    route = "payments/amazon-pay",
    replayStore,
    ...options
  }: AmazonPayPluginOptions): typeof AmazonPayPlugin {
    shop = connectShop(options);
    // As Express takes a route.
    AmazonPayPlugin.#route = `/${route.replace(/^\/+/, "")}`;
    const { pay, merchantId } = shop;
    AmazonPayPlugin.#handler = nodeNotificationHandler({
      ...pay.notificationTrust,
      merchantIds: [merchantId],
      replayStore: replayStore ?? memoryReplayStore(),
      onChange: async (notification) => follow(opened().shop, notification, await payments()),
      onError: (error) => Logger.error(String(error), "AmazonPayPlugin"),
    });
    return AmazonPayPlugin;
  }

  static #route = "";
  static #handler: NodeHandler | undefined;

  /** Where notifications go, for Vendure's configuration. */
  static get middleware(): { route: string; handler: NodeHandler; beforeListen: boolean } {
    const handler = AmazonPayPlugin.#handler;
    if (handler === undefined)
      throw new Error("AmazonPayPlugin.init(options) was not called: plugins takes what it gives");
    return { route: AmazonPayPlugin.#route, handler, beforeListen: true };
  }
}

VendurePlugin({
  imports: [PluginCommonModule],
  compatibility: "^3.7.0",
  configuration: (config) => {
    config.paymentOptions.paymentMethodHandlers.push(amazonPayHandler);
    config.paymentOptions.process = [...(config.paymentOptions.process ?? []), amazonPayProcess];
    // A refund is made as `Pending` and then moved to the state that the handler gives, which may be the same.
    config.paymentOptions.refundProcess = [...(config.paymentOptions.refundProcess ?? []), refundProcess];
    config.apiOptions.middleware.push(AmazonPayPlugin.middleware);
    return config;
  },
  shopApiExtensions: { schema: parse(SCHEMA), resolvers: [AmazonPayResolver] },
})(AmazonPayPlugin);
