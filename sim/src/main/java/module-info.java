// SPDX-License-Identifier: Apache-2.0
/** Virtual time, one home with its hub and devices, link faults, and the invariants checked. */
module org.hanota.sim {
  requires static org.jspecify;
  requires transitive org.hanota.api;
  requires transitive org.hanota.device;
  requires transitive org.hanota.gbcs;
  requires transitive org.hanota.headend;
  requires transitive org.hanota.hub;
  requires transitive org.hanota.otaformat;
  requires org.bouncycastle.provider;
  requires org.snakeyaml.engine.v2;

  exports org.hanota.sim;
  exports org.hanota.sim.check;
  exports org.hanota.sim.explore;
  exports org.hanota.sim.fleet;
  exports org.hanota.sim.fleet.file;
  exports org.hanota.sim.headend;
  exports org.hanota.sim.kernel;
  exports org.hanota.sim.link;
  exports org.hanota.sim.pcap;
  exports org.hanota.sim.radio;
  exports org.hanota.sim.scenario;
}
