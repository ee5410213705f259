// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.transport.serial.stick.NetworkParameters;

/** What the emulated stick is. */
public final class EmulatorConfig {
  private final Eui64 address;
  private final StickModel model;
  private final Optional<NetworkParameters> network;
  private final Mark mark;
  private final Set<Integer> neighbours;
  private final Duration confirmTime;
  private final Duration replyTime;
  private final Duration searchTime;

  private EmulatorConfig(Builder builder) {
    address = builder.address;
    model = builder.model;
    network = builder.network;
    mark = builder.mark;
    neighbours = Set.copyOf(builder.neighbours);
    confirmTime = builder.confirmTime;
    replyTime = builder.replyTime;
    searchTime = builder.searchTime;
  }

  /** What a program leaves on a stick that it has configured. */
  public enum Mark {
    /** Item 0x0060, as hosts of Z-Stack 3 do. */
    Z_STACK_3,
    /** Item 0x0F00, as hosts of Z-Stack 1.2 do. */
    Z_STACK_1_2,
    /** None: its program keeps its own records, or was interrupted. */
    NONE
  }

  /** A CC2652 as it comes from the shop, with the times of a lively one. */
  public static Builder blank(Eui64 address) {
    return new Builder(address);
  }

  /** Its EUI-64. */
  public Eui64 address() {
    return address;
  }

  /** Which stick it is. */
  public StickModel model() {
    return model;
  }

  /** The network that it has already; empty: it comes as from the shop. */
  public Optional<NetworkParameters> network() {
    return network;
  }

  /** How the program that formed that network marked the stick. */
  public Mark mark() {
    return mark;
  }

  /** PAN ids of networks nearby: a stick that is to form one of these takes the next. */
  public Set<Integer> neighbours() {
    return neighbours;
  }

  /** From a message's acceptance to its confirm, when the device gets it. */
  public Duration confirmTime() {
    return confirmTime;
  }

  /**
   * From a device's sending to the host's hearing of it: what comes sooner after the confirm than
   * 20 ms overtakes some hosts.
   */
  public Duration replyTime() {
    return replyTime;
  }

  /** How long a restart takes. */
  public Duration resetTime() {
    return Duration.ofMillis(100);
  }

  /** How long it takes to resume or form a network. */
  public Duration startTime() {
    return Duration.ofMillis(300);
  }

  /** How long a device in the network goes on looking for a server. */
  public Duration searchTime() {
    return searchTime;
  }

  /** Gathers what the stick is. */
  public static final class Builder {
    private final Eui64 address;
    private StickModel model = StickModel.CC2652;
    private Optional<NetworkParameters> network = Optional.empty();
    private Mark mark = Mark.Z_STACK_3;
    private Set<Integer> neighbours = Set.of();
    private Duration confirmTime = Duration.ofMillis(5);
    private Duration replyTime = Duration.ofMillis(20);
    private Duration searchTime = Duration.ofSeconds(29);

    private Builder(Eui64 address) {
      this.address = address;
    }

    /** Which stick it is; without this a CC2652. */
    public Builder model(StickModel other) {
      model = other;
      return this;
    }

    /** The network that it has already and resumes; without this none. */
    public Builder network(NetworkParameters parameters) {
      network = Optional.of(parameters);
      return this;
    }

    /** How that network was marked; without this as by hosts of Z-Stack 3. */
    public Builder mark(Mark left) {
      mark = left;
      return this;
    }

    /** PAN ids of networks nearby; without this none. */
    public Builder neighbours(Set<Integer> panIds) {
      neighbours = panIds;
      return this;
    }

    /** The times between message and confirm, and between a device's sending and its hearing. */
    public Builder times(Duration confirm, Duration reply) {
      confirmTime = confirm;
      replyTime = reply;
      return this;
    }

    /** How long a device looks for a server; without this 29 s. */
    public Builder searchTime(Duration search) {
      searchTime = search;
      return this;
    }

    /** The stick. */
    public EmulatorConfig build() {
      return new EmulatorConfig(this);
    }
  }
}
