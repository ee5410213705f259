// SPDX-License-Identifier: Apache-2.0
// A device in Node.js: joins a hub over hanota's gRPC contract, takes an image with the ZigBee OTA
// cluster, and tells the hub that it runs. All it knows of hanota is han.proto; the ZCL frames are
// written by hand below. To begin your own device with:
//
//   npm ci
//   node device.js --hub localhost:7355 --pki pki --eui64 00DB123400000000 \
//     --manufacturer 121D --image-type 0080 --version 01000000 --out image.ota
//
// Prints one line of JSON for each step and ends with 0 when the image is there and acknowledged.
// It does not connect again when the hub goes away: a real device would, and would go on at the
// file offset that it remembers.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createHash } = require("node:crypto");
const { parseArgs } = require("node:util");
const { setTimeout: sleep } = require("node:timers/promises");
const grpc = require("@grpc/grpc-js");
const protoLoader = require("@grpc/proto-loader");

const text = { type: "string" };
const { values: options } = parseArgs({
  options: {
    hub: { ...text, default: "localhost:7355" },
    pki: text, // a folder with ca.pem, devices.pem and devices.key; absent: no TLS
    proto: { ...text, default: path.join(__dirname, "../../main/proto") },
    eui64: { ...text, default: "00DB123400000000" },
    manufacturer: { ...text, default: "121D" },
    "image-type": { ...text, default: "0080" },
    version: { ...text, default: "01000000" },
    out: { ...text, default: "image.ota" },
  },
});

const PROFILE_SMART_ENERGY = 0x0109;
const CLUSTER_OTA = 0x0019;
const ENDPOINT = 1;
const RETRIES = 10;
const ANSWER_MS = 5_000;
const ASK_AGAIN_MS = 1_000;

// Commands of the cluster, and status codes.
const IMAGE_NOTIFY = 0x00;
const QUERY_NEXT_IMAGE = [0x01, 0x02]; // request, response
const IMAGE_BLOCK = [0x03, 0x05];
const UPGRADE_END = [0x06, 0x07];
const DEFAULT_RESPONSE = 0x0b;
const SUCCESS = 0x00;
const WAIT_FOR_DATA = 0x97;
const NO_IMAGE_AVAILABLE = 0x98;
const WAIT_FOR_EVER = 0xffffffff;

const say = (step, more) => console.log(JSON.stringify({ step, ...more }));
const eui64Text = (decimal) => BigInt(decimal).toString(16).toUpperCase().padStart(16, "0");

// ---- The link: one gRPC stream --------------------------------------------------------------

class Link {
  #stream;
  #sequence = 0;
  #waiting = []; // {wanted(message), resolve(message), reject(error)}
  onFrame = () => {};

  constructor(hub, credentials, protoFolder) {
    const definition = protoLoader.loadSync("hanota/v1/han.proto", {
      includeDirs: [protoFolder],
      keepCase: true,
      longs: String, // an EUI-64 does not fit a JavaScript number
      enums: String,
      oneofs: true,
      defaults: true,
    });
    const { hanota } = grpc.loadPackageDefinition(definition);
    this.#stream = new hanota.v1.Han(hub, credentials).Link();
    this.#stream.on("data", (message) => this.#received(message));
    this.#stream.on("error", (error) => this.#ended(error));
    this.#stream.on("end", () => this.#ended(new Error("the hub ended the stream")));
  }

  write(message) {
    this.#stream.write(message);
  }

  /** The next message for which `wanted` gives something, and that something. */
  next(wanted) {
    return new Promise((resolve, reject) => this.#waiting.push({ wanted, resolve, reject }));
  }

  /** The next event of that kind, such as "joined". */
  event(kind) {
    return this.next((message) => message.events.find((event) => event.event === kind)?.[kind]);
  }

  /** Sends a ZCL frame from this device. */
  send(from, to, zcl) {
    this.#sequence += 1;
    const frame = {
      sequence: this.#sequence,
      source_eui64: from,
      source_endpoint: ENDPOINT,
      destination_eui64: to.eui64,
      destination_endpoint: to.endpoint,
      profile_id: PROFILE_SMART_ENERGY,
      cluster_id: CLUSTER_OTA,
      aps_acknowledgement: true,
      zcl,
    };
    this.write({ frames: [frame] });
  }

  #received(message) {
    // Each frame that wants a result gets one.
    const results = message.frames
      .filter((frame) => frame.aps_acknowledgement)
      .map((frame) => ({ sequence: frame.sequence, result: "RESULT_DELIVERED" }));
    if (results.length > 0) {
      this.write({ results });
    }
    message.frames.forEach((frame) => this.onFrame(frame));
    this.#waiting = this.#waiting.filter(({ wanted, resolve }) => {
      const found = wanted(message);
      if (found !== undefined && found !== null) {
        resolve(found);
        return false;
      }
      return true;
    });
  }

  #ended(error) {
    this.#waiting.forEach(({ reject }) => reject(error));
    this.#waiting = [];
  }

  close() {
    this.#stream.end();
  }
}

// ---- ZCL: three octets of header, then little-endian fields ---------------------------------

const CLUSTER_COMMAND = 0x01; // to the server of the cluster
const FROM_SERVER = 0x08;

const u8 = (value) => Buffer.from([value]);
const u16 = (value) => {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
};
const u32 = (value) => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
};
/** Manufacturer code, image type, file version: eight octets that nearly every command has. */
const imageId = (image) =>
  Buffer.concat([u16(image.manufacturer), u16(image.type), u32(image.version)]);
const readImageId = (octets, at) => ({
  manufacturer: octets.readUInt16LE(at),
  type: octets.readUInt16LE(at + 2),
  version: octets.readUInt32LE(at + 4),
});

class Device {
  #transaction = 0;
  #answer = null; // of the one request under way: {transaction, command, resolve}

  constructor(link, self, hub) {
    this.link = link;
    this.self = self;
    this.hub = hub;
    link.onFrame = (frame) => this.#heard(frame);
  }

  #heard(frame) {
    const [control, transaction, command] = frame.zcl;
    const payload = frame.zcl.subarray(3);
    if (frame.cluster_id !== CLUSTER_OTA || (control & FROM_SERVER) === 0) {
      return;
    }
    const clusterCommand = (control & 0x03) === CLUSTER_COMMAND;
    if (clusterCommand && command === IMAGE_NOTIFY) {
      say("notified", {});
      return;
    }
    const pending = this.#answer;
    if (!pending || pending.transaction !== transaction) {
      return;
    }
    if (clusterCommand && command === pending.command) {
      pending.resolve(payload);
    } else if (!clusterCommand && command === DEFAULT_RESPONSE && payload[1] !== SUCCESS) {
      pending.reject(new Error(`command ${payload[0]} was refused with status ${payload[1]}`));
    }
  }

  /** Sends a request and returns its response's payload; repeats what nobody answers. */
  async request([command, response], payload) {
    for (let attempt = 0; attempt < RETRIES; attempt += 1) {
      this.#transaction = (this.#transaction + 1) & 0xff;
      const transaction = this.#transaction;
      const answered = new Promise((resolve, reject) => {
        this.#answer = { transaction, command: response, resolve, reject };
      });
      const header = Buffer.from([CLUSTER_COMMAND, transaction, command]);
      this.link.send(this.self, this.hub, Buffer.concat([header, payload]));
      const timer = new AbortController();
      const late = sleep(ANSWER_MS, null, { signal: timer.signal }).catch(() => null);
      const answer = await Promise.race([answered, late]);
      timer.abort();
      if (answer !== null) {
        return answer;
      }
    }
    throw new Error(`no answer to command ${command} after ${RETRIES} attempts`);
  }

  /** Query Next Image: what the hub has for a device that runs `running`, or null. */
  async query(running) {
    const answer = await this.request(
      QUERY_NEXT_IMAGE,
      Buffer.concat([u8(0), imageId(running)]), // field control 0: no hardware version
    );
    if (answer[0] === NO_IMAGE_AVAILABLE) {
      return null;
    }
    if (answer[0] !== SUCCESS) {
      throw new Error(`the query was answered with status ${answer[0]}`);
    }
    return { ...readImageId(answer, 1), size: answer.readUInt32LE(9) };
  }

  /** Image Block Requests until every octet is there. */
  async download(image, maximumDataSize) {
    const file = Buffer.alloc(image.size);
    let offset = 0;
    while (offset < image.size) {
      const answer = await this.request(
        IMAGE_BLOCK,
        Buffer.concat([u8(0), imageId(image), u32(offset), u8(maximumDataSize)]),
      );
      if (answer[0] === WAIT_FOR_DATA) {
        const seconds = answer.readUInt32LE(5) - answer.readUInt32LE(1);
        await sleep(Math.max(seconds, 1) * 1_000);
        continue;
      }
      if (answer[0] !== SUCCESS) {
        throw new Error(`the block at ${offset} was answered with status ${answer[0]}`);
      }
      const at = answer.readUInt32LE(9);
      const data = answer.subarray(14, 14 + answer[13]);
      if (at !== offset || data.length === 0 || at + data.length > image.size) {
        throw new Error(`asked for ${offset}, got ${data.length} octets at ${at}`);
      }
      data.copy(file, offset);
      offset += data.length;
    }
    return file;
  }

  /** Upgrade End Request; returns the seconds to wait before the image may run. */
  async end(image) {
    const answer = await this.request(
      UPGRADE_END,
      Buffer.concat([u8(SUCCESS), imageId(image)]),
    );
    const current = answer.readUInt32LE(8);
    const upgrade = answer.readUInt32LE(12);
    if (upgrade === WAIT_FOR_EVER) {
      throw new Error("the hub says to wait for another command, which this device does not know");
    }
    return Math.max(upgrade - current, 0);
  }
}

/** The least that a device must check: the file's identifier, and the size that it claims. */
function check(file) {
  if (file.readUInt32LE(0) !== 0x0beef11e) {
    throw new Error("this is no OTA file");
  }
  const claimed = file.readUInt32LE(52);
  if (claimed !== file.length) {
    throw new Error(`the header says ${claimed} octets, there are ${file.length}`);
  }
}

// ---- One update -----------------------------------------------------------------------------

function credentials() {
  if (options.pki === undefined) {
    return grpc.credentials.createInsecure();
  }
  const read = (name) => fs.readFileSync(path.join(options.pki, name));
  return grpc.credentials.createSsl(read("ca.pem"), read("devices.key"), read("devices.pem"));
}

async function main() {
  const self = BigInt(`0x${options.eui64}`).toString();
  const link = new Link(options.hub, credentials(), options.proto);

  const welcomed = link.next((message) => message.welcome);
  const joined = link.event("joined");
  link.write({
    hello: { version: 1, name: "device.js" },
    events: [{ join: { eui64: self, endpoint: ENDPOINT } }],
  });
  const welcome = await welcomed;
  say("welcome", { hub: eui64Text(welcome.hub_eui64), version: welcome.version });
  await joined;
  say("joined", { device: options.eui64 });

  const found = link.event("server_found");
  const search = { eui64: self, endpoint: ENDPOINT };
  search.profile_id = PROFILE_SMART_ENERGY;
  search.cluster_id = CLUSTER_OTA;
  link.write({ events: [{ discover: search }] });
  const server = await found;
  const hub = { eui64: server.server_eui64, endpoint: server.server_endpoint };
  say("server", { hub: eui64Text(hub.eui64), endpoint: hub.endpoint });

  const device = new Device(link, self, hub);
  const running = {
    manufacturer: parseInt(options.manufacturer, 16),
    type: parseInt(options["image-type"], 16),
    version: parseInt(options.version, 16),
  };
  let image = await device.query(running);
  while (image === null) {
    await sleep(ASK_AGAIN_MS);
    image = await device.query(running);
  }
  say("offered", { version: image.version.toString(16), octets: image.size });

  // What fits one frame: the payload less the ZCL header and the fields before the data.
  const room = welcome.maximum_payload_octets === 0 ? 255 : welcome.maximum_payload_octets - 3 - 14;
  const file = await device.download(image, Math.min(room, 255));
  check(file);
  fs.writeFileSync(options.out, file);
  say("downloaded", { sha256: createHash("sha256").update(file).digest("hex") });

  const seconds = await device.end(image);
  await sleep(seconds * 1_000);
  // A real device would swap its banks and restart here. The hub knows it by the next query.
  running.version = image.version;
  const next = await device.query(running);
  say("updated", { version: running.version.toString(16), next });
  link.close();
}

main().then(
  () => process.exit(0),
  (error) => {
    say("failed", { reason: error.message });
    process.exit(1);
  },
);
