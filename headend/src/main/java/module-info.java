// SPDX-License-Identifier: Apache-2.0
/**
 * The head end: suppliers and the DCC as machines, and what they say to each other; no clock,
 * thread, socket or file.
 */
module org.hanota.headend {
  requires transitive org.hanota.api;
  requires transitive org.hanota.gbcs;
  requires transitive org.hanota.keys;
  requires transitive org.hanota.otaformat;
  requires java.xml;
  requires java.xml.crypto;
  requires static org.jspecify;

  exports org.hanota.headend;
  exports org.hanota.headend.campaign;
  exports org.hanota.headend.capacity;
  exports org.hanota.headend.check;
  exports org.hanota.headend.clock;
  exports org.hanota.headend.csp;
  exports org.hanota.headend.dsp;
  exports org.hanota.headend.duis;
  exports org.hanota.headend.duis.signature;
  exports org.hanota.headend.edge;
  exports org.hanota.headend.estate;
  exports org.hanota.headend.letter;
  exports org.hanota.headend.request;
  exports org.hanota.headend.store;
  exports org.hanota.headend.supplier;
  exports org.hanota.headend.track;
}
