// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.probe;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Width;
import org.hanota.transport.serial.ezsp.EmberZnet;
import org.hanota.transport.serial.ezsp.EzspProbe;
import org.hanota.transport.serial.ezsp.EzspVersion;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.znp.Firmware;
import org.hanota.transport.serial.znp.FoundNetwork;
import org.hanota.transport.serial.znp.NetworkInfo;
import org.hanota.transport.serial.znp.ZnpProbe;

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
    static Znp of(ZnpProbe.Found found) {
      return new Znp(
          found.firmware(), found.address(), found.capabilities(), found.memory(), found.network());
    }

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
   * @param found what it says of itself
   */
  record Ezsp(EzspProbe.Found found) implements StickReport {
    @Override
    public String summary() {
      return "EZSP stick "
          + found.address()
          + ", EmberZNet "
          + found.release().map(EmberZnet::toString).orElse("of unknown release")
          + ", EZSP "
          + found.version();
    }

    @Override
    public boolean usable() {
      return found.version() >= EzspVersion.OLDEST && found.mesh() && !found.otherRole();
    }

    @Override
    public List<String> consequences() {
      List<String> lines = new ArrayList<>();
      if (found.version() < EzspVersion.OLDEST) {
        lines.add(
            "EZSP "
                + found.version()
                + " is not spoken here, allowed "
                + EzspVersion.OLDEST
                + " and later: put EmberZNet 7.4 or later on it");
        return lines;
      }
      if (!found.mesh()) {
        lines.add("no firmware of a coordinator: put one of the kind \"zigbee_ncp\" on it");
        return lines;
      }
      if (found.otherRole()) {
        lines.add(
            "is a router or an end device of "
                + words(found.network().orElseThrow())
                + ": it cannot serve until the program that made it join leaves that network");
        return lines;
      }
      if (found.version() > EzspVersion.NEWEST) {
        lines.add(
            "EZSP "
                + found.version()
                + " is newer than what is known here: it is tried as "
                + EzspVersion.NEWEST);
      }
      found.release().map(EmberZnet::warning).filter(text -> !text.isEmpty()).ifPresent(lines::add);
      lines.add("OTA to devices of Home Automation and Smart Energy at 2.4 GHz");
      lines.add(
          found
              .network()
              .map(network -> "has " + words(network) + ", which is resumed")
              .orElse("has no network: one must be formed first"));
      lines.add("can form a network and take install codes");
      lines.add("no certificate-based key establishment: meters and hubs of GB will not join it");
      return lines;
    }

    private static String words(Network network) {
      return "network " + Width.hex(network.panId(), 4) + " on channel " + network.channel();
    }
  }

  /**
   * Something, or nothing, that answers in neither protocol.
   *
   * @param octetsHeard what came all the same
   * @param kind what it seems to be
   */
  record Unknown(long octetsHeard, Kind kind) implements StickReport {
    /** What it seems to be. */
    public enum Kind {
      /** Nothing came. */
      SILENT,
      /** The prompt of a boot loader came. */
      BOOT_LOADER,
      /** Text came. */
      TEXT,
      /** Octets came that make no sense. */
      NOISE,
      /** It restarts again and again. */
      RESTARTING,
      /** It restarts when it is told to, and answers nothing. */
      MUTE
    }

    @Override
    public String summary() {
      return switch (kind) {
        case SILENT -> "nothing answers";
        case BOOT_LOADER -> "a stick that waits in its boot loader";
        case TEXT -> "something answers with text, neither ZNP nor EZSP";
        case NOISE -> "something answers with " + octetsHeard + " octets, neither ZNP nor EZSP";
        case RESTARTING -> "an EZSP stick that restarts again and again";
        case MUTE -> "an EZSP stick that restarts when told to and answers nothing else";
      };
    }

    @Override
    public boolean usable() {
      return false;
    }

    @Override
    public List<String> consequences() {
      return switch (kind) {
        case SILENT ->
            List.of(
                "is it a coordinator, and not open in another program?",
                "a stick in its bootloader does not answer: plug it out and in again",
                "sticks of Silicon Labs may want --flow-control hardware, newer ones --baud 460800");
        case BOOT_LOADER ->
            List.of(
                "plug it out and in again; if it comes back to this, it has no firmware: flash one"
                    + " of the kind \"zigbee_ncp\"");
        case TEXT ->
            List.of(
                "router and sniffer firmware answers so: put the firmware of a coordinator on it");
        case NOISE ->
            List.of(
                "is it at another baud rate? Sticks speak at 115,200, newer ones at 460,800: --baud",
                "with a firmware for hardware flow control octets are lost without it:"
                    + " --flow-control hardware",
                "sniffer firmware sends by itself: put the firmware of a coordinator on it");
        case RESTARTING ->
            List.of(
                "its power or its firmware fails: use another port or a USB extension cable, then"
                    + " another firmware");
        case MUTE ->
            List.of(
                "with a firmware for hardware flow control octets are lost without it:"
                    + " --flow-control hardware");
      };
    }
  }
}
