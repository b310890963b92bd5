import { memoryReplayStore, notificationHandler } from "@amazon-pay-kit/sdk/notifications";
import { changed, shop } from "../../shop.js";

let handler;

export async function POST(request) {
  const { pay, merchantId } = shop();
  handler ??= notificationHandler({
    ...pay.notificationTrust,
    merchantIds: [merchantId],
    replayStore: memoryReplayStore(),
    onChange: ({ objectId }) => void changed.push(objectId),
  });
  return handler(request);
}
