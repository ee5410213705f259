// SPDX-License-Identifier: Apache-2.0
// Drives OtaSession with a device that asks for the next block as soon as it has the last one, both
// ways through the encoder and decoder of zigbee-herdsman. Prints blocks per second.
"use strict";
const {createRequire} = require("node:module");
const load = createRequire(process.cwd() + "/");
const {OtaSession} = load("zigbee-herdsman/dist/controller/helpers/ota");
const Zcl = load("zigbee-herdsman/dist/zspec/zcl");

load("zigbee-herdsman/dist/utils/logger").setLogger({debug() {}, info() {}, warning() {}, error() {}});

const blocks = Number(process.argv[2]);
const dataSize = 48;
const image = {
  header: {manufacturerCode: 0x121d, imageType: 0x80, fileVersion: 2, totalImageSize: blocks * dataSize},
  elements: [],
  raw: Buffer.alloc(blocks * dataSize, 0x5a),
};
const waiting = new Map();
let sequence = 0;

function request(name, payload) {
  sequence = (sequence + 1) & 0xff;
  const octets = Zcl.Frame.create(
    Zcl.FrameType.SPECIFIC, Zcl.Direction.CLIENT_TO_SERVER, false, undefined, sequence, name, "genOta", payload, {},
  ).toBuffer();
  const frame = Zcl.Frame.fromBuffer(0x0019, Zcl.Header.fromBuffer(octets), octets, {});
  waiting.get(frame.command.ID).resolve(frame);
}

function waitForOtaCommand(endpoint, commandId) {
  const waiter = {};
  const promise = new Promise((resolve) => (waiter.resolve = resolve));
  waiting.set(commandId, waiter);
  return {promise, cancel: () => {}};
}

const id = {manufacturerCode: 0x121d, imageType: 0x80, fileVersion: 2};
function next(offset) {
  if (offset >= image.raw.length) {
    request("upgradeEndRequest", {status: 0, ...id});
  } else {
    request("imageBlockRequest", {fieldControl: 0, ...id, fileOffset: offset, maximumDataSize: dataSize});
  }
}

const endpoint = {
  ID: 1,
  commandResponse: async (cluster, name, payload, options, tsn) => {
    const octets = Zcl.Frame.create(
      Zcl.FrameType.SPECIFIC, Zcl.Direction.SERVER_TO_CLIENT, true, undefined, tsn, name, cluster, payload, {},
    ).toBuffer();
    const frame = Zcl.Frame.fromBuffer(0x0019, Zcl.Header.fromBuffer(octets), octets, {});
    setImmediate(() => next(frame.payload.fileOffset + frame.payload.dataSize));
  },
};

const session = new OtaSession(
  "0x00db123456789100", endpoint, image, () => {},
  {requestTimeout: 10000, responseDelay: 0, baseSize: dataSize}, waitForOtaCommand,
);
const start = process.hrtime.bigint();
const ended = session.run({aborted: false});
setImmediate(() => next(0));
ended.then(() => {
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log((blocks / seconds).toFixed(0));
}).catch((error) => {
  console.log(String(error));
  process.exitCode = 1;
});
