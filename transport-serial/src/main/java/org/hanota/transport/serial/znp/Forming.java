// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.NetworkPlan;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;

/**
 * Forms a network on a stick that holds none. A network that this very object began to form is no
 * obstacle to its next attempt; any other is for somebody else to give up.
 */
final class Forming {
  /** After forming the network's data settle within seconds. */
  private static final long SETTLE_NANOS = Dialogue.SECOND;

  private static final int SETTLE_LOOKS = 30;
  private static final int FORMATION = 4;

  /** So many networks that have the PAN id drawn are no chance any more. */
  private static final int DRAWS_MAX = 8;

  private final Dialogue dialogue;
  private final long formNanos;
  private final Optional<IntSupplier> otherPanIds;
  private final Consumer<String> refused;
  private NetworkParameters network;
  private boolean begun;
  private int draws;
  private int looks;

  /**
   * @param refused is told why no further attempt helps
   */
  Forming(Dialogue dialogue, StickLimits limits, NetworkPlan plan, Consumer<String> refused) {
    this.dialogue = dialogue;
    this.formNanos = limits.nanos(StickParameter.ZNP_FORM);
    this.network = plan.parameters();
    this.otherPanIds = plan.otherPanIds();
    this.refused = refused;
  }

  /** Whether what the stick holds comes from an attempt of this object that came to no end. */
  boolean owns(FoundNetwork found) {
    return begun && found.item(NvItem.PRECFGKEY).equals(network.networkKey());
  }

  /** Forms the network and marks the stick. */
  void begin(Runnable formed) {
    draws = 0;
    attempt(formed);
  }

  private void attempt(Runnable formed) {
    clear(
        () -> {
          begun = true;
          dialogue.write(NvItem.network(network), () -> commission(formed));
        });
  }

  /** The stick forgets its network with its next restart. */
  private void clear(Runnable then) {
    dialogue.write(
        Map.of(NvItem.STARTUP_OPTION, Octets.copyOf(NvItem.CLEAR_ALL)), () -> dialogue.reset(then));
  }

  private void commission(Runnable formed) {
    dialogue.command(
        channels(true, network.channelMask()),
        () ->
            dialogue.command(
                channels(false, 0),
                () -> {
                  looks = 0;
                  dialogue.await(
                      Command.ZDO_STATE_CHANGE_IND,
                      NetworkInfo::saysCoordinator,
                      formNanos,
                      () -> settle(formed),
                      "the new network did not start within 100 s; plug the stick out and in, or"
                          + " choose another channel");
                  dialogue.command(
                      ZnpFrame.of(
                          Command.APP_CNF_BDB_START_COMMISSIONING, Octets.copyOf((byte) FORMATION)),
                      () -> {});
                }));
  }

  private static ZnpFrame channels(boolean primary, long mask) {
    return ZnpFrame.of(
        Command.APP_CNF_BDB_SET_CHANNEL, new OctetWriter(5).uint8(primary ? 1 : 0).uint32le(mask));
  }

  private void settle(Runnable formed) {
    dialogue.ask(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          NetworkInfo info = NetworkInfo.decode(data);
          if (info.panId() == Width.UINT16_MAX || info.channel() == 0) {
            looks++;
            if (looks < SETTLE_LOOKS) {
              dialogue.pause(SETTLE_NANOS, () -> settle(formed));
            } else {
              dialogue.fail(
                  "the new network did not settle within 30 s; plug the stick out and in");
            }
          } else if (info.panId() != network.panId()) {
            taken(formed);
          } else {
            dialogue.create(NvItem.CONFIGURED, Octets.copyOf(NvItem.CONFIGURED_MARK), formed);
          }
        });
  }

  /** A network nearby has the PAN id, so the stick took another one. */
  private void taken(Runnable formed) {
    String panId = Width.hex(network.panId(), 4);
    draws++;
    if (otherPanIds.isEmpty()) {
      clear(
          () ->
              refused.accept(
                  "a network nearby has the PAN id " + panId + " already; choose another one"));
    } else if (draws == DRAWS_MAX) {
      clear(
          () ->
              dialogue.fail(
                  "networks nearby have each of the "
                      + DRAWS_MAX
                      + " PAN ids that were tried, the last "
                      + panId
                      + "; choose one"));
    } else {
      network =
          new NetworkParameters(
              otherPanIds.get().getAsInt(),
              network.extendedPanId(),
              network.networkKey(),
              network.channelMask());
      attempt(formed);
    }
  }
}
