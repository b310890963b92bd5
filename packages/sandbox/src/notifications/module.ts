import type { Module } from "../module.ts";
import { CERTIFICATE_FOLDER, signingCertificate } from "./certificate.ts";
import { notificationCalls } from "./control.ts";
import { DeliveryWorker } from "./delivery-worker.ts";
import { listen } from "./listen.ts";
import { Outbox } from "./outbox.ts";
import { postMessage } from "./post-message.ts";

/** Tells merchants of changes, as Amazon SNS does. */
export const notificationsModule: Module = {
  name: "notifications",
  install: (context) => {
    const outbox = new Outbox(context.engine);
    const certificate = signingCertificate(context);
    const worker = new DeliveryWorker(context, outbox, certificate);
    listen(context, outbox);
    return {
      routes: [
        {
          method: "GET",
          path: `${CERTIFICATE_FOLDER}/:file`,
          logged: false,
          handle: async (call) => {
            const { certificatePem, path } = await certificate();
            if (call.path !== path)
              return { status: 404, headers: { "content-type": "text/plain" }, body: "no such certificate\n" };
            return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: certificatePem };
          },
        },
      ],
      control: [
        ...notificationCalls(context.engine, outbox),
        {
          method: "POST",
          path: "/notifications/messages",
          handle: ({ body }) => postMessage(context, outbox, body),
        },
      ],
      idle: () => worker.idle(),
    };
  },
};
