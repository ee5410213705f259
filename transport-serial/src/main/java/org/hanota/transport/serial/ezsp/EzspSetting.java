// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.List;
import org.hanota.api.OctetWriter;

/**
 * A setting that the stick is given at each start.
 *
 * @param name for people
 * @param command SET_CONFIGURATION_VALUE or SET_POLICY
 * @param number of the setting
 * @param value uint16 of a configuration, uint8 of a policy
 */
record EzspSetting(String name, EzspCommand command, int number, int value) {
  /** The release, among the values. */
  static final int VERSION_INFO = 0x11;

  /** Whether the stick writes into its flash, among the values. */
  static final int STACK_TOKEN_WRITING = 0x07;

  private static final int TRUST_CENTRE_POLICY = 0x00;
  private static final int MESSAGE_CONTENTS_POLICY = 0x04;
  private static final int TRUST_CENTRE_KEY_REQUEST_POLICY = 0x05;
  private static final int APPLICATION_KEY_REQUEST_POLICY = 0x06;

  /** Those that have a key may join while the network is open; those that were in it come back. */
  private static final int JOIN_WITH_KEY = 0x03;

  /** ZigBee PRO with a trust centre, its security, its times, and the host's wishes. */
  static final List<EzspSetting> ALL =
      List.of(
          configuration("the stack profile", 0x0C, 2),
          configuration("the security level", 0x0D, 5),
          configuration("the trust centre's address cache", 0x19, 2),
          configuration("the time for sleepy nodes", 0x12, 7_680),
          configuration("the number of hops", 0x10, 30),
          configuration("the time of transient keys", 0x36, 300),
          policy("the policy of joining", TRUST_CENTRE_POLICY, JOIN_WITH_KEY),
          policy("the policy of message contents", MESSAGE_CONTENTS_POLICY, 0x40),
          policy("the policy of link key requests", TRUST_CENTRE_KEY_REQUEST_POLICY, 0x52),
          policy("the policy of application key requests", APPLICATION_KEY_REQUEST_POLICY, 0x60));

  private static EzspSetting configuration(String name, int number, int value) {
    return new EzspSetting(name, EzspCommand.SET_CONFIGURATION_VALUE, number, value);
  }

  private static EzspSetting policy(String name, int number, int value) {
    return new EzspSetting(name, EzspCommand.SET_POLICY, number, value);
  }

  OctetWriter parameters() {
    OctetWriter out = new OctetWriter(3).uint8(number);
    return command == EzspCommand.SET_POLICY ? out.uint8(value) : out.uint16le(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
