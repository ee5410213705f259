// SPDX-License-Identifier: Apache-2.0
/** The head end: what suppliers and the DCC say to each other; no clock, thread, socket or file. */
module org.hanota.headend {
  requires transitive org.hanota.api;
  requires transitive org.hanota.gbcs;
  requires transitive org.hanota.keys;
  requires java.xml;
  requires java.xml.crypto;
  requires static org.jspecify;

  exports org.hanota.headend.duis;
  exports org.hanota.headend.duis.signature;
  exports org.hanota.headend.request;
}
