/**
 * A region by its form: `eu-west-1`, `us-gov-east-1`, `cn-north-1`. Not a list, which would end with the next region, and not
 * any name: anyone who makes a bucket called `sns` has the host `sns.s3-us-west-2.amazonaws.com`, with a certificate of Amazon.
 */
const REGION = /^(?:[a-z]{2}|eusc)(?:-[a-z]{2,12}){1,2}-\d{1,2}$/;

const HOST = /^sns\.([^.]+)\.(amazonaws\.com(?:\.cn)?)$/;

/** Region and suffix of a host of SNS, or `null` for every other one. */
export function snsHost(host: string): { readonly region: string; readonly suffix: string } | null {
  const [, region = "", suffix = ""] = HOST.exec(host) ?? [];
  if (!REGION.test(region) || region.startsWith("cn-") !== suffix.endsWith(".cn")) return null;
  return { region, suffix };
}
