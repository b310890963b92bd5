/** Shops that trade by themselves: for the demonstration, simulation and known answers. */
export { tradeDemo, type DemoOptions } from "./demo.ts";
export { USUAL_HABITS, type Habits } from "./buyer-behaviour.ts";
export { shopRecords, type ShopRecord } from "./records.ts";
export { ShopFloor, type OrderSlip } from "./direct-orders.ts";
export { trade, tradeTogether, type Trade, type TradeOptions } from "./trade.ts";
export { TradingError, type TradingErrorCode } from "./trading-error.ts";
