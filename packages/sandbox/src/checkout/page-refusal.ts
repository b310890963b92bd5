import { SandboxError } from "../errors.ts";

/** A text that helps the merchant's developer to compare: the string to sign, a member's name. */
export interface RefusalDetail {
  readonly name: string;
  readonly text: string;
}

/** A checkout that ends on an error page, with the code that the live page would show. */
export class PageRefusal extends SandboxError {
  override name = "PageRefusal";
  readonly code = "checkout.refused";
  /** `InvalidSignatureError`, `UnrecognizedField`, `InvalidParameterValue`, … */
  readonly pageCode: string;
  readonly status: number;
  readonly causes: readonly string[];
  readonly details: readonly RefusalDetail[];

  constructor(
    pageCode: string,
    message: string,
    more: {
      readonly status?: number;
      readonly causes?: readonly string[];
      readonly details?: readonly RefusalDetail[];
    } = {},
  ) {
    super(message);
    this.pageCode = pageCode;
    this.status = more.status ?? 400;
    this.causes = more.causes ?? [];
    this.details = more.details ?? [];
  }
}
