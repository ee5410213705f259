// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** What is to become of a request: its CommandVariant. [DUIS schema] */
public enum CommandVariant {
  /** A command over the WAN. */
  COMMAND(1, Service.SEND_COMMAND, false),
  /** A command that the user delivers himself. */
  LOCAL_COMMAND(2, Service.NON_DEVICE, false),
  /** Both. */
  COMMAND_AND_LOCAL_COMMAND(3, Service.SEND_COMMAND, false),
  /** A critical command: first a pre-command for the user to sign. */
  PRE_COMMAND(4, Service.TRANSFORM, true),
  /** The signed pre-command becomes a command over the WAN. */
  SIGNED_COMMAND(5, Service.SEND_COMMAND, true),
  /** The signed pre-command becomes a command that the user delivers himself. */
  SIGNED_LOCAL_COMMAND(6, Service.NON_DEVICE, true),
  /** Both. */
  SIGNED_COMMAND_AND_LOCAL_COMMAND(7, Service.SEND_COMMAND, true),
  /** The DCC answers by itself; no device is asked. */
  NON_DEVICE(8, Service.NON_DEVICE, false),
  /** Within the DCC only. */
  INTERNAL(9, Service.NONE, false);

  /** The services of the DCC; each request has its own, any other gives E13. [DUIS schema] */
  public enum Service {
    /** Makes pre-commands. */
    TRANSFORM("/api/v1/serviceT"),
    /** Answers without a device. */
    NON_DEVICE("/api/v1/serviceD"),
    /** Sends commands to devices. */
    SEND_COMMAND("/api/v1/serviceS"),
    /** No service takes it. */
    NONE("");

    private final String path;

    Service(String path) {
      this.path = path;
    }

    /** Where it is reached; empty for {@link #NONE}. */
    public String path() {
      return path;
    }
  }

  private final int number;
  private final Service service;
  private final boolean critical;

  CommandVariant(int number, Service service, boolean critical) {
    this.number = number;
    this.service = service;
    this.critical = critical;
  }

  /**
   * The variant of that number.
   *
   * @throws IllegalField if there is none
   */
  public static CommandVariant of(int number) {
    if (number < 1 || number > values().length) {
      throw new IllegalField("CommandVariant", Integer.toString(number), "1 to 9");
    }
    return values()[number - 1];
  }

  /** Its number in a message. */
  public int number() {
    return number;
  }

  /** Where a request of this variant is sent to. */
  public Service service() {
    return service;
  }

  /** Whether it is of a critical command, which the user signs. */
  public boolean critical() {
    return critical;
  }
}
