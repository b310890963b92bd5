/** Hooks to call for what happens in the books: webhooks and programs. */
export { DISABLED_AFTER_DAYS } from "./deliver.ts";
export { HookError, type HookErrorCode } from "./errors.ts";
export type { CommandHook, Hook, HookMessage, WebhookHook } from "./hook.ts";
export { type HookState, type HookStateFilter, hookStates } from "./hook-states.ts";
export { enableHook, type Replay, type Replayed, replayEvents, testHook } from "./replay.ts";
export { hookSignature, SIGNATURE_HEADER, verifyHookSignature, type HookDelivery } from "./signature.ts";
