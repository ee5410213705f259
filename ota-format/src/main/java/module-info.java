// SPDX-License-Identifier: Apache-2.0
/** OTA upgrade files; no clock, thread, socket, file or random source. */
module org.hanota.otaformat {
  requires transitive org.hanota.api;
  requires transitive org.hanota.keys;
  requires static org.jspecify;
  requires org.bouncycastle.provider;

  exports org.hanota.otaformat;
}
