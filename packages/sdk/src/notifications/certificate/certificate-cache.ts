import type { Certificate } from "./certificate.ts";
import { readCertificates } from "./pem.ts";
import type { CertificateSource } from "./source.ts";

/** Certificates that were fetched before. Their dates and chain are checked at every use, so nothing grows stale. */
export interface CertificateCache {
  /** The certificates of that file, the signer's first; fetched once, however many ask for it at the same time. */
  take(url: URL, source: CertificateSource): Promise<readonly [Certificate, ...Certificate[]]>;
}

const MOST_FILES = 32;

/** Makes an empty cache. It holds 32 files; SNS changes its certificate about once a year. */
function certificateCache(): CertificateCache {
  const files = new Map<string, Promise<readonly [Certificate, ...Certificate[]]>>();
  return {
    take(url, source) {
      const known = files.get(url.href);
      if (known !== undefined) return known;
      const file = source(url, new AbortController().signal).then(readCertificates);
      files.set(url.href, file);
      const [oldest] = files.keys();
      if (files.size > MOST_FILES && oldest !== undefined) files.delete(oldest);
      file.catch(() => files.delete(url.href));
      return file;
    },
  };
}

const shelves = new WeakMap<object, CertificateCache>();

/** The cache that belongs to a source or fetch function, so that files of one are never taken for files of another. */
export function cacheFor(key: object): CertificateCache {
  const known = shelves.get(key);
  if (known !== undefined) return known;
  const made = certificateCache();
  shelves.set(key, made);
  return made;
}
