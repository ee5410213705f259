// SPDX-License-Identifier: Apache-2.0
/** One black-box suite for every transport, with the machines on top of it. */
module org.hanota.conformance {
  requires static org.jspecify;
  requires transitive org.hanota.api;
  requires org.hanota.device;
  requires org.hanota.hub;
  requires org.hanota.otaformat;

  exports org.hanota.conformance;
}
