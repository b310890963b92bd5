/** What is wrong with packed bytes; the reader of the kind of file puts it into its own words. */
export type PackedFault =
  /** More bytes come out than are allowed. */
  | { readonly fault: "too-large"; readonly bytes: number }
  /** More entries in a zip file than are allowed. */
  | { readonly fault: "too-many-entries"; readonly entries: number }
  /** More bytes than are allowed, of a zip file that is held in memory. */
  | { readonly fault: "zip-too-large"; readonly bytes: number }
  /** The bytes grow by more than this factor when unpacked. */
  | { readonly fault: "growth"; readonly ratio: number }
  /** The gzip data ends too early, has a wrong sum, or is none; `why` in the words of the library that reads it. */
  | { readonly fault: "damaged-gzip"; readonly why: string; readonly cause: unknown }
  /** Behind the gzip data, at this byte of the file, stands something else than more of them or zeros up to the end. */
  | { readonly fault: "rest-after-gzip"; readonly at: number }
  /** The zip file breaks the format, or its contents are not what its table of contents promises; `why` may be empty. */
  | { readonly fault: "damaged-zip"; readonly why: string; readonly cause: unknown }
  /** An entry of a zip file is protected by a password. */
  | { readonly fault: "encrypted" }
  /** An entry of a zip file is packed by another method than deflate, by its number in the format. */
  | { readonly fault: "method"; readonly method: number };

/**
 * Makes the error that a fault is reported by. Each reader has its own class, codes and remedies.
 *
 * @example
 * const refuse: Refuse = (fault) => new Error(`the file cannot be unpacked: ${fault.fault}`);
 */
export type Refuse = (fault: PackedFault) => Error;
