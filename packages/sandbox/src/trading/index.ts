/** Shops that trade by themselves: for the demonstration, simulation and known answers. */
export { tradeDemo, type DemoOptions } from "./demo.ts";
export { DEFAULT_BEHAVIOUR, type BuyerBehaviour } from "./buyer-behaviour.ts";
export { shopRecords, type ShopRecord } from "./records.ts";
export { DirectOrders, type Order } from "./direct-orders.ts";
export { trade, tradeTogether, type Trade, type TradeOptions } from "./trade.ts";
export { TradingError, type TradingErrorCode } from "./trading-error.ts";
