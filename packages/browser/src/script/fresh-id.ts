let last = 0;

/** An id that no element of the page has: Amazon's script takes a selector and no element. */
export function freshId(): string {
  do last += 1;
  while (document.getElementById(`amazon-pay-kit-${last}`) !== null);
  return `amazon-pay-kit-${last}`;
}
