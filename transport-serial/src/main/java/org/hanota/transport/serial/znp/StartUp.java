// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickParameter;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stick from an open port to a running network: wakes it, restarts it, looks which stick
 * it is, resumes its network or forms one, and registers the endpoint. A network that nobody has
 * marked as configured belongs to another program: it is neither used nor touched.
 */
final class StartUp {
  /** Who hears how it ended. */
  interface Owner {
    void started(Firmware firmware, NetworkInfo network);

    /** Something may be different the next time. */
    void failed(String reason);

    /** Nothing will be different until somebody does something. */
    void refused(String reason);
  }

  private static final int STARTUP_DELAY_MS = 100;
  private static final int NOT_STARTED = 2;

  private final HostConfig config;
  private final Owner owner;
  private final Dialogue dialogue;
  private final @Nullable Forming forming;
  private @Nullable Firmware firmware;

  StartUp(
      LongSupplier clock,
      HostConfig config,
      RequestChannel<ZnpFrame> channel,
      Consumer<Octets> line,
      Owner owner) {
    this.config = config;
    this.owner = owner;
    this.dialogue = new Dialogue(clock, config.limits(), channel, line, owner::failed);
    this.forming =
        config
            .network()
            .map(plan -> new Forming(dialogue, config.limits(), plan, this::refuse))
            .orElse(null);
  }

  /** From an open port. */
  void begin() {
    cancel();
    dialogue.greet(() -> dialogue.reset(this::version));
  }

  /** Starts with a stick that has just restarted by itself, without a reset. */
  void beginAfterReset() {
    cancel();
    version();
  }

  /** Ends the attempt without a word. */
  void cancel() {
    dialogue.cancel();
  }

  private void version() {
    dialogue.ask(
        ZnpFrame.of(Command.SYS_VERSION, Octets.EMPTY),
        data -> {
          Firmware found = Firmware.decode(data);
          firmware = found;
          if (found.product() == Firmware.ZSTACK_1_2) {
            refuse("the stick runs " + found + ", allowed Z-Stack 3; put that firmware on it");
          } else {
            address();
          }
        });
  }

  private void address() {
    dialogue.ask(
        ZnpFrame.of(Command.SYS_GET_EXTADDR, Octets.EMPTY),
        data -> {
          Eui64 address = new Eui64(new OctetReader(data).int64le("ExtAddress"));
          if (address.equals(config.self().address())) {
            NetworkSurvey.ofMark(dialogue, this::configured);
          } else {
            refuse(
                "this is stick "
                    + address
                    + ", configured is "
                    + config.self().address()
                    + "; plug that one in, or start anew with this one");
          }
        });
  }

  private void configured(FoundNetwork mark) {
    if (mark.configured()) {
      resume();
    } else {
      NetworkSurvey.of(dialogue, this::unmarked);
    }
  }

  private void unmarked(FoundNetwork found) {
    if (!found.blank() && (forming == null || !forming.owns(found))) {
      refuse(
          "the stick holds "
              + found.summary()
              + ", which another program formed: nothing was changed; use it with that program, or"
              + " give that network up by clearing the stick first");
    } else if (forming == null) {
      refuse("the stick has no network, and none to form is configured; form one");
    } else {
      forming.begin(() -> register(this::lookAtNetwork));
    }
  }

  private void resume() {
    register(
        () -> {
          dialogue.await(
              Command.ZDO_STATE_CHANGE_IND,
              NetworkInfo::saysCoordinator,
              config.limits().nanos(StickParameter.ZNP_RESUME),
              this::lookAtNetwork,
              "the network did not start within 60 s; plug the stick out and in; if it stays so,"
                  + " its memory is damaged: clear the stick, which gives its network up");
          dialogue.ask(
              ZnpFrame.of(
                  Command.ZDO_STARTUP_FROM_APP, new OctetWriter(2).uint16le(STARTUP_DELAY_MS)),
              data -> {
                if (!data.isEmpty() && data.at(0) == NOT_STARTED) {
                  dialogue.fail(
                      "the stick could not start its network; plug it out and in; if it stays so,"
                          + " its memory is damaged: clear the stick, which gives its network up");
                }
              });
        });
  }

  private void register(Runnable then) {
    dialogue.ask(
        Registration.of(config.descriptor()),
        data -> {
          ZnpStatus status = new ZnpStatus(new OctetReader(data).uint8("Status"));
          if (status.success() || status.equals(ZnpStatus.DUPLICATE_ENTRY)) {
            linkKeys(new ArrayDeque<>(config.linkKeys()), then);
          } else {
            dialogue.fail(
                "the stick refused endpoint "
                    + config.self().endpoint()
                    + " with status "
                    + status
                    + ", allowed 0x00; plug it out and in");
          }
        });
  }

  private void linkKeys(Deque<LinkKey> left, Runnable then) {
    if (left.isEmpty()) {
      then.run();
      return;
    }
    dialogue.command(KeyCommands.addition(left.remove()), () -> linkKeys(left, then));
  }

  private void lookAtNetwork() {
    dialogue.ask(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          NetworkInfo info = NetworkInfo.decode(data);
          Firmware found = firmware;
          if (found != null) {
            cancel();
            owner.started(found, info);
          }
        });
  }

  private void refuse(String reason) {
    cancel();
    owner.refused(reason);
  }

  /** An indication came; true if the start-up waited for it. */
  boolean indication(Command command, Octets data) {
    return dialogue.indication(command, data);
  }

  /** Ends pauses and gives up what took too long. */
  void timer() {
    dialogue.timer();
  }

  /** When {@link #timer} is due. */
  long deadline() {
    return dialogue.deadline();
  }
}
