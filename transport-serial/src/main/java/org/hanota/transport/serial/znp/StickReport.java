// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Width;

/** What stands at the other end of a port. */
public sealed interface StickReport {
  /** In one line. */
  String summary();

  /** What will work with it and what will not, a line each. */
  List<String> consequences();

  /** Whether {@link org.hanota.transport.serial.stick.StickHost} can run it. */
  boolean usable();

  /**
   * A stick that speaks ZNP.
   *
   * @param address its EUI-64
   * @param capabilities which subsystems it has, a bit each
   * @param found what its memory holds of a network
   * @param network its network; PAN id 0xFFFF if it has none
   */
  record Znp(
      Firmware firmware, Eui64 address, int capabilities, FoundNetwork found, NetworkInfo network)
      implements StickReport {
    private static final int APP_CNF = 1 << 10;

    @Override
    public String summary() {
      return "ZNP stick " + address + ", " + firmware;
    }

    @Override
    public boolean usable() {
      return firmware.product() != Firmware.ZSTACK_1_2;
    }

    /** Whether it can form a network as this project does, and take install codes. */
    public boolean commissions() {
      return (capabilities & APP_CNF) != 0;
    }

    /** Whether a host of Z-Stack 3 has marked it as configured: its network is resumed. */
    public boolean configured() {
      return found.configured();
    }

    /** Whether it is in a network. */
    public boolean hasNetwork() {
      return network.panId() != Width.UINT16_MAX && network.channel() != 0;
    }

    private String networkWords() {
      if (configured()) {
        return hasNetwork()
            ? "has network "
                + Width.hex(network.panId(), 4)
                + " on channel "
                + network.channel()
                + ", which is resumed"
            : "has a network, which shows once it is started";
      }
      return found.blank()
          ? "has no network: one must be formed first"
          : "has " + found.summary() + ", which another program formed: it is not touched";
    }

    @Override
    public List<String> consequences() {
      List<String> lines = new ArrayList<>();
      if (!usable()) {
        lines.add("Z-Stack 1.2 is not supported: put Z-Stack 3.x.0 on it, if the chip takes it");
        return lines;
      }
      lines.add("OTA to devices of Home Automation and Smart Energy at 2.4 GHz");
      lines.add(networkWords());
      lines.add(
          commissions()
              ? "can form a network and take install codes"
              : "cannot form a network: its firmware lacks the commissioning subsystem");
      lines.add("no certificate-based key establishment: meters and hubs of GB will not join it");
      return lines;
    }
  }

  /**
   * A stick that speaks EZSP over ASH, of Silicon Labs.
   *
   * @param resetCode why it restarted last, as it says
   */
  record Ezsp(int resetCode) implements StickReport {
    @Override
    public String summary() {
      return "EZSP stick (EFR32 with EmberZNet), last restart with code " + resetCode;
    }

    @Override
    public boolean usable() {
      return false;
    }

    @Override
    public List<String> consequences() {
      return List.of("not served in this version: use a stick with Z-Stack 3.x.0");
    }
  }

  /**
   * Something, or nothing, that answers in neither protocol.
   *
   * @param octetsHeard what came all the same
   */
  record Unknown(long octetsHeard) implements StickReport {
    @Override
    public String summary() {
      return octetsHeard == 0
          ? "nothing answers"
          : "something answers with " + octetsHeard + " octets, neither ZNP nor EZSP";
    }

    @Override
    public boolean usable() {
      return false;
    }

    @Override
    public List<String> consequences() {
      return List.of(
          "is it a coordinator, at 115,200 baud, and not open in another program?",
          "a stick in its bootloader does not answer: plug it out and in again");
    }
  }
}
