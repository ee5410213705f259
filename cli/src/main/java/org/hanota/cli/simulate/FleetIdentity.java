// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

/**
 * What a result is of: stands in each file, and two that differ do not belong together.
 *
 * @param scenario SHA-256 of the scenario's file, in hex
 * @param version of this program
 */
record FleetIdentity(String scenario, long homes, long seed, String version) {
  /** A line for each. */
  String lines() {
    return "scenario " + scenario + "\nhomes " + homes + "\nseed " + seed + "\n" + version + "\n";
  }
}
