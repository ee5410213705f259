// SPDX-License-Identifier: Apache-2.0
/** The consultation's arithmetic, reproduced and varied, and what updates cost a WAN. */
module org.hanota.study {
  requires transitive org.hanota.api;
  requires transitive org.hanota.headend;
  requires java.desktop;
  requires java.xml;
  requires org.knowm.xchart;
  requires org.apache.xmlgraphics.batik.svggen;
  requires static org.jspecify;

  exports org.hanota.study;
  exports org.hanota.study.wan;
}
