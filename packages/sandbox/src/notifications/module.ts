import type { Room } from "../module.ts";
import { CERTIFICATE_FOLDER, signingCertificate } from "./certificate.ts";
import { notificationCalls } from "./control.ts";
import { Courier } from "./delivery-worker.ts";
import { listen } from "./listen.ts";
import { Outbox } from "./outbox.ts";

/** Tells merchants of changes, as Amazon SNS does. */
export const notificationsRoom: Room = {
  name: "notifications",
  install: (house) => {
    const outbox = new Outbox(house.engine);
    const certificate = signingCertificate(house);
    const courier = new Courier(house, outbox, certificate);
    listen(house, outbox);
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
      control: notificationCalls(house.engine, outbox),
      idle: () => courier.idle(),
    };
  },
};
