/**
 * Amazon Pay on your own machine: stateful, strict, with a movable clock and faults on request.
 *
 * `createSandbox` makes one in this process; `startSandbox` lets it listen on HTTP and HTTPS.
 */
export { createSandbox } from "./service/create-sandbox.ts";
export { startSandbox, type StartedSandbox, type StartOptions } from "./server/start-sandbox.ts";
export { readyLines } from "./command/ready-lines.ts";
export { readStartOptions, START_OPTIONS, type StartOptionRow, type StartValues } from "./command/start-options.ts";
export { UsageError } from "./command/usage-error.ts";
export { listen, type Listening, type ListenOptions } from "./server/listen.ts";
export { ListenError, type ListenErrorCode } from "./server/listen-error.ts";
export type { ReadyFile, ReadyMerchant } from "./server/ready-file.ts";
export type { Sandbox, SandboxClock } from "./service/sandbox.ts";
export type { SandboxLogger, SandboxOptions } from "./service/options.ts";
export type { SandboxKey, SandboxMerchant } from "./merchants/sandbox-merchant.ts";
export type { NewMerchant } from "./service/merchant-book.ts";
export type { MerchantSpec } from "./merchants/make-merchant.ts";
export { createEngine, type EngineOptions } from "./engine/create-engine.ts";
export type { Engine, RunningEngine } from "./engine/engine.ts";
export type { Settings } from "./settings.ts";
export type { SandboxEvent, SignatureFinding, StateChange } from "./events/event.ts";
export { SandboxError } from "./errors.ts";
export type {
  BuyerRequest,
  ChargebackRequest,
  ClockReading,
  Control,
  ControlCalls,
  DiscrepancyRequest,
  FaultRequest,
  PermissionRequest,
  PermissionType,
} from "./service/control.ts";
export { ControlError, type ControlErrorCode } from "./control/control-error.ts";
export { DomainError, type DomainReason } from "./engine/domain-error.ts";
export { ServiceError } from "./api/service-error.ts";
export { SnapshotError } from "./durable/snapshot.ts";
export { StoreError, type StoreErrorCode } from "./durable/store-error.ts";
export { bankStatement, type BankLine, type BooksSettings, type ReservePolicy } from "./settlement/index.ts";
export { type ReportsSettings } from "./reports/index.ts";
export {
  shopRecords,
  trade,
  tradeDemo,
  tradeTogether,
  TradingError,
  type DemoOptions,
  type BuyerBehaviour,
  type ShopRecord,
  type Trade,
  type TradeOptions,
} from "./trading/index.ts";
export {
  requestDiscrepancy,
  discrepancies,
  DISCREPANCY_KINDS,
  DiscrepancyError,
  truthOf,
  withdrawDiscrepancies,
  type Discrepancy,
  type DiscrepancyKind,
  type DiscrepancySpec,
  type Truth,
} from "./discrepancies/index.ts";
