/**
 * As much of `@vendure/core` as the plugin is compiled against. Vendure brings 424 packages (decisions/0055), so CI does not install it;
 * `examples/vendure/run.mjs` compiles the plugin against the real declarations, and runs it in the real server.
 */
export type ID = string | number;
type Metadata = Record<string, unknown>;
/** Those of Vendure's own process; a plugin that knows of more says so by a declaration of its own. */
type PaymentState = "Created" | "Authorized" | "Settled" | "Declined" | "Cancelled" | "Error";
type RefundState = "Pending" | "Settled" | "Failed";

export interface RequestContext {
  readonly activeUserId?: ID | undefined;
}
export interface Order {
  readonly id: ID;
  readonly code: string;
  readonly currencyCode: string;
  readonly totalWithTax: number;
}
export interface PaymentMethod {
  readonly code: string;
}
interface ConfigurationOptions {
  readonly code: string;
  readonly description: readonly { readonly languageCode: string; readonly value: string }[];
  readonly args: Record<string, never>;
  readonly init: (injector: Injector) => void;
}
interface HandlerOptions extends ConfigurationOptions {
  readonly createPayment: (
    ctx: RequestContext,
    order: Order,
    amount: number,
    args: object,
    metadata: Metadata,
  ) => Promise<CreatePaymentResult>;
  readonly settlePayment: (ctx: RequestContext, order: Order, payment: Payment) => Promise<MoveResult>;
  readonly cancelPayment: (ctx: RequestContext, order: Order, payment: Payment) => Promise<MoveResult>;
  readonly createRefund: (
    ctx: RequestContext,
    input: object,
    amount: number,
    order: Order,
    payment: Payment,
  ) => Promise<CreateRefundResult>;
}
export interface CreatePaymentResult {
  readonly amount: number;
  readonly state: never;
  readonly transactionId?: string;
  readonly errorMessage?: string;
  readonly metadata?: Metadata;
}
export interface MoveResult {
  readonly success: true;
  readonly metadata?: Metadata;
}
export interface CreateRefundResult {
  readonly state: "Pending" | "Settled" | "Failed";
  readonly transactionId?: string;
  readonly metadata?: Metadata;
}
export declare class PaymentMethodHandler {
  readonly code: string;
  constructor(options: HandlerOptions);
}
export interface PaymentProcess<State extends string> {
  readonly transitions?: Partial<Record<string, { readonly to: readonly (State | string)[] }>>;
}
export interface Injector {
  get<T>(token: abstract new (...args: never[]) => T): T;
}
interface Repository<T> {
  findOne(options: { where: object; relations?: string[] }): Promise<T | null>;
}
export declare class Payment {
  readonly id: ID;
  readonly amount: number;
  readonly state: string;
  readonly transactionId: string;
  readonly metadata: Metadata;
  readonly refunds?: readonly { readonly id: ID }[];
}
export declare class Refund {
  readonly id: ID;
  readonly state: string;
}
export declare class TransactionalConnection {
  getRepository<T>(ctx: RequestContext, entity: new () => T): Repository<T>;
}
export declare class RequestContextService {
  create(options: { apiType: "admin" }): Promise<RequestContext>;
}
export declare class OrderService {
  transitionPaymentToState(ctx: RequestContext, paymentId: ID, state: PaymentState): Promise<object>;
  settlePayment(ctx: RequestContext, paymentId: ID): Promise<object>;
  settleRefund(ctx: RequestContext, input: { id: ID; transactionId: string }): Promise<object>;
  transitionRefundToState(ctx: RequestContext, refundId: ID, state: RefundState): Promise<object>;
}
export declare class ActiveOrderService {
  getActiveOrder(ctx: RequestContext, input: undefined): Promise<Order | undefined>;
}
export declare class ConfigService {
  readonly entityOptions: { readonly moneyStrategy: { readonly precision?: number } };
}
export declare const PluginCommonModule: unknown;
export declare const Logger: { error(message: string, context?: string): void };
export declare const Permission: { readonly Owner: string };
export declare const LanguageCode: { readonly en: string };
export declare function Allow(permission: string): MethodDecorator;
export declare function Ctx(): ParameterDecorator;
export interface RuntimeVendureConfig {
  readonly paymentOptions: { paymentMethodHandlers: unknown[]; process?: unknown[]; refundProcess?: unknown[] };
  readonly apiOptions: {
    middleware: { route: string; handler: (...given: never[]) => unknown; beforeListen?: boolean }[];
  };
}
export declare function VendurePlugin(options: {
  imports: unknown[];
  compatibility: string;
  configuration: (config: RuntimeVendureConfig) => RuntimeVendureConfig;
  shopApiExtensions: { schema: unknown; resolvers: unknown[] };
}): ClassDecorator;
