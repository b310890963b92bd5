import type { Buffer } from "node:buffer";
export function refuseForeignContent(_bytes: Buffer, _last: boolean): void {}
