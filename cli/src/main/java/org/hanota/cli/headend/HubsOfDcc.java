// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.HubHeard;
import org.hanota.headend.csp.Recalled;
import org.hanota.headend.csp.ToHub;
import org.hanota.headendsql.HeadEndProcess;
import org.hanota.transport.grpc.GrpcHeadEnd;
import org.hanota.transport.grpc.HanEvent;
import org.hanota.transport.grpc.HubWord;

/** Joins the CSP of a process to the hubs that are connected to it. For any thread. */
final class HubsOfDcc implements GrpcHeadEnd.Hubs, Consumer<HanEvent>, AutoCloseable {
  private final Eui64 csp;
  private final HeadEndProcess process;
  private final Told told;
  private volatile Optional<GrpcHeadEnd> wan = Optional.empty();
  private boolean acts;

  /**
   * No hub is there yet.
   *
   * @param csp whose hubs they are
   * @param told gets a line for each hub that comes or goes
   */
  HubsOfDcc(Eui64 csp, HeadEndProcess process, Told told) {
    this.csp = csp;
    this.process = process;
    this.told = told;
  }

  /** Hubs connect there from now on. */
  synchronized void at(Optional<GrpcHeadEnd> server) {
    wan = server;
    server.ifPresent(each -> each.acts(acts));
  }

  /** Whether the process acts: hubs of one that does not go to the next one. */
  synchronized void acts(boolean now) {
    acts = now;
    wan.ifPresent(server -> server.acts(now));
  }

  /** What the CSP has for a hub; one that is not there gets it when it comes. */
  void send(ToWan what) {
    wan.ifPresent(
        server -> {
          if (what instanceof ToHub sent) {
            server.send(sent.hub(), sent.delivery());
          } else if (what instanceof HubHeard heard) {
            server.heard(heard.hub(), heard.sha256());
          } else if (what instanceof Recalled recalled) {
            server.withdraw(recalled.hub(), recalled.number());
          }
        });
  }

  @Override
  public void said(Eui64 hub, HubWord word, Runnable dealt) {
    process.input(csp, input(hub, word), taken -> dealt.run());
  }

  private static CspInput input(Eui64 hub, HubWord word) {
    if (word instanceof HubWord.Message message) {
      return new CspInput.HubSaid(hub, message.octets());
    } else if (word instanceof HubWord.Wants wants) {
      return new CspInput.HubWants(hub, wants.device(), wants.part());
    } else if (word instanceof HubWord.Ended ended) {
      return CspInput.ended(hub, ended.number(), ended.end());
    }
    return new CspInput.HubCame(hub);
  }

  @Override
  public void accept(HanEvent event) {
    if (event instanceof HanEvent.Connected connected) {
      told.line(connected.name() + " is connected from " + connected.remote());
    } else if (event instanceof HanEvent.Disconnected disconnected) {
      told.line(disconnected.reason());
    } else if (event instanceof HanEvent.ServerDied died) {
      told.line("no hub can connect any more (" + died.thread() + " has ended): start it again");
    } else {
      told.happened(event);
    }
  }

  @Override
  public void close() {
    wan.ifPresent(GrpcHeadEnd::close);
  }
}
