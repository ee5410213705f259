// SPDX-License-Identifier: Apache-2.0
// Runs zigbee-herdsman as host and OTA server: forms a network, opens it, waits for one device,
// interviews it and updates it; then starts once more and resumes the network. One line of JSON for
// each step; ends with 0 if all of it succeeded.
// usage: node update.cjs NODE_MODULES_FOLDER PORT IMAGE DATA_FOLDER ADAPTER (zstack or ember)
"use strict";
const { createRequire } = require("node:module");
const path = require("node:path");

const [folder, port, image, data, adapter] = process.argv.slice(2);
const herdsman = createRequire(path.join(path.resolve(folder), "from-here.js"))("zigbee-herdsman");
const say = (step, more) => console.log(JSON.stringify({ step, ...more }));

// Silent but for errors, unless HERDSMAN_LOG says info or debug.
const wanted = process.env.HERDSMAN_LOG || "error";
const levels = ["error", "warning", "info", "debug"];
const logger = {};
for (const level of levels) {
  logger[level] = (message, namespace) => {
    if (levels.indexOf(level) <= levels.indexOf(wanted)) {
      console.error(level, namespace, typeof message === "function" ? message() : message);
    }
  };
}
herdsman.setLogger(logger);

const options = {
  network: {
    panID: 0x5a5a,
    extendedPanID: [0xdd, 0xdd, 0xdd, 0xdd, 0x0d, 0xdd, 0xdd, 0x0d],
    channelList: [15],
    networkKey: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  },
  serialPort: { path: port, baudRate: 115200, rtscts: false, adapter },
  databasePath: path.join(data, "database.db"),
  databaseBackupPath: path.join(data, "database.backup"),
  backupPath: path.join(data, "backup.json"),
  adapter: { disableLED: false },
  acceptJoiningDeviceHandler: async () => true,
};

async function update(device) {
  let percent = -1;
  const [from, to] = await device.updateOta(
    { url: image },
    undefined,
    undefined,
    {},
    (progress) => {
      if (Math.floor(progress / 10) > percent) {
        percent = Math.floor(progress / 10);
        say("progress", { percent: Math.floor(progress) });
      }
    },
    { requestTimeout: 30000, responseDelay: 0, baseSize: 50 },
  );
  say("updated", { from, to });
}

async function first(controller) {
  const interviewed = new Promise((resolve, reject) => {
    controller.on("deviceJoined", (event) => say("joined", { device: event.device.ieeeAddr }));
    controller.on("deviceInterview", (event) => {
      say("interview", { status: event.status });
      if (event.status === "successful") {
        resolve(event.device);
      } else if (event.status === "failed") {
        reject(new Error("the interview failed"));
      }
    });
  });
  say("started", { result: await controller.start() });
  say("coordinator", await controller.getCoordinatorVersion());
  await controller.permitJoin(60);
  const device = await interviewed;
  await controller.permitJoin(0);
  await update(device);
  say("network", await controller.getNetworkParameters());
  await controller.stop();
}

async function again(controller) {
  say("started again", { result: await controller.start() });
  await controller.stop();
}

first(new herdsman.Controller(options))
  .then(() => again(new herdsman.Controller(options)))
  .then(
    () => process.exit(0),
    (error) => {
      say("failed", { reason: String(error && error.stack) });
      process.exit(1);
    },
  );
