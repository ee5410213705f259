// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/** What the table asks for, for one device. */
final class DeviceStep {
  /** What is to be done. */
  enum Act {
    NOTHING,
    MOVE,
    ORDER,
    DEFER,
    BESIDE
  }

  private Act act = Act.NOTHING;

  void move() {
    act = Act.MOVE;
  }

  void order() {
    act = Act.ORDER;
  }

  void defer() {
    act = Act.DEFER;
  }

  void beside() {
    act = Act.BESIDE;
  }

  Act act() {
    return act;
  }
}
