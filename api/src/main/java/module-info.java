// SPDX-License-Identifier: Apache-2.0
/**
 * Values, commands and contracts; no clock, thread, socket or random source, and files only in the
 * package of that name.
 */
module org.hanota.api {
  requires static org.jspecify;

  exports org.hanota.api;
  exports org.hanota.api.control;
  exports org.hanota.api.file;
  exports org.hanota.api.machine;
  exports org.hanota.api.node;
  exports org.hanota.api.pcap;
  exports org.hanota.api.transport;
  exports org.hanota.api.zcl;
}
