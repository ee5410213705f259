// SPDX-License-Identifier: Apache-2.0
/** The OTA client: from Image Notify to the confirmed boot of the new image. */
module org.hanota.device {
  requires static org.jspecify;
  requires transitive org.hanota.api;
  requires transitive org.hanota.gbcs;
  requires transitive org.hanota.otaformat;

  exports org.hanota.device;
  exports org.hanota.device.bank;
  exports org.hanota.device.file;
}
