/** Shops that trade by themselves: for the demonstration, simulation and known answers. */
export { tradeDemo, type DemoOptions } from "./demo.ts";
export { DEFAULT_BEHAVIOUR as USUAL_HABITS, type BuyerBehaviour as Habits } from "./buyer-behaviour.ts";
export { shopRecords, type ShopRecord } from "./records.ts";
export { DirectOrders as ShopFloor, type Order as OrderSlip } from "./direct-orders.ts";
export { trade, tradeTogether, type Trade, type TradeOptions } from "./trade.ts";
export { TradingError, type TradingErrorCode } from "./trading-error.ts";
