// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.TimeSource;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.clock.ClockEvent;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.edge.UserEdge;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headendsql.Database;
import org.hanota.headendsql.HeadEndProcess;
import org.hanota.headendsql.Outside;
import org.hanota.headendsql.Part;

/** DSP and CSP in one process, with users at its two HTTP ends. */
final class Dcc implements Outside, HeadEndProcess.Watcher, AutoCloseable {
  private final Config config;
  private final UserService service;
  private final Push push;
  private final HeadEndProcess process;
  private final HubsOfDcc hubs;
  private final Told told;
  private final UsersClock usersClock;

  /**
   * Who it is and what it is told.
   *
   * @param dsp its id, which is the access control broker's
   * @param csp the CSP's id
   * @param keys GBCS keys: the broker's own, suppliers', hubs' and devices' certificates
   * @param users who may sign requests
   * @param signer its key for XML
   * @param estate what it is told at its start, each time anew
   * @param receiveServices where users take answers
   * @param parameters times and limits
   * @param limits of its HTTP ends
   * @param client how it connects to users' services
   * @param end ends the process, which cannot go on
   * @param campaigns a supplier whose campaigns run here, too
   */
  record Config(
      Eui64 dsp,
      Eui64 csp,
      KeyStore keys,
      SignatureVerifier users,
      MessageSigner signer,
      List<DspInput> estate,
      Map<Eui64, URI> receiveServices,
      ParameterValues<HeadEndParameter> parameters,
      ParameterValues<HttpParameter> limits,
      PushClient client,
      Runnable end,
      Optional<CampaignDesk> campaigns) {}

  Dcc(Config config, Database database, InstantSource clock, Told told) {
    this.config = config;
    this.told = told;
    this.usersClock = new UsersClock(clock, System::nanoTime);
    this.process =
        new HeadEndProcess(
            database,
            "process " + ProcessHandle.current().pid(),
            parts(config),
            this,
            this,
            TimeSource.of(clock, System::nanoTime));
    this.hubs = new HubsOfDcc(config.csp(), process, told);
    config.campaigns().ifPresent(desk -> desk.attach(process));
    this.service =
        new UserService(
            config.dsp(),
            new UserEdge(config.users(), config.parameters()),
            this::put,
            usersClock,
            config.limits(),
            told);
    this.push =
        new Push(
            config.receiveServices(),
            config.signer(),
            confirmed -> process.input(config.dsp(), confirmed),
            told,
            config.client(),
            config.limits());
  }

  private static List<Part> parts(Config config) {
    List<Part> parts = new ArrayList<>();
    parts.add(
        Part.of(
            new DspConfig(config.dsp(), config.csp(), config.keys(), config.parameters()),
            made -> config.campaigns().ifPresent(desk -> desk.estate().starts(made))));
    parts.add(Part.of(new CspConfig(config.csp(), config.dsp(), config.parameters())));
    config.campaigns().ifPresent(desk -> parts.add(desk.part()));
    return parts;
  }

  /** A user's letter to the DSP; why it is not taken, or empty. */
  private Optional<String> put(Letter.Message letter) {
    if (config.campaigns().filter(desk -> desk.supplier().equals(letter.from())).isPresent()) {
      return Optional.of("this supplier's campaigns run here and ask for it: see hanota campaign");
    }
    return process.input(config.dsp(), letter)
        ? Optional.empty()
        : Optional.of("another process acts: ask that one");
  }

  UserService service() {
    return service;
  }

  /** The hubs that it reaches. */
  HubsOfDcc hubs() {
    return hubs;
  }

  void start() {
    process.start();
  }

  @Override
  public void letter(Letter letter) {
    if (letter instanceof Letter.Confirmed confirmed) {
      service.confirmed(confirmed);
    } else if (letter instanceof Letter.Message message) {
      push.send(message);
    }
  }

  @Override
  public void toHub(ToWan what) {
    hubs.send(what);
  }

  @Override
  public void event(Eui64 machine, Now now, Event event) {
    config
        .campaigns()
        .filter(desk -> desk.supplier().equals(machine))
        .ifPresent(desk -> desk.heard(now, event));
    if (machine.equals(config.dsp())) {
      if (event instanceof ClockEvent judged) {
        usersClock.heard(judged);
      } else if (event instanceof NodeEvent.Failed) {
        // It starts again, and says anew what it thinks of its clock.
        usersClock.rests();
        config.campaigns().ifPresent(desk -> desk.estate().failed());
      }
    }
    if (event instanceof AuditEntry entry) {
      told.line(Instant.ofEpochMilli(entry.utcMillis()) + "  " + entry.who() + "  " + entry.what());
    } else if (event instanceof ClockEvent.Doubted doubted) {
      told.line(
          machine
              + " doubts its clock, which shows "
              + Instant.ofEpochMilli(doubted.shownUtcMillis())
              + ": it acts by "
              + Instant.ofEpochMilli(doubted.usedUtcMillis())
              + " until equal readings confirm it");
    } else if (event instanceof ClockEvent.Trusted trusted) {
      told.line(machine + " trusts its clock again: " + Instant.ofEpochMilli(trusted.utcMillis()));
    } else if (event instanceof NodeEvent.Failed failed) {
      told.line(machine + " failed and starts again: " + failed.cause());
    }
  }

  /** The estate first: a request that came before it would be about devices nobody knows. */
  @Override
  public void begins(HeadEndProcess.Teller teller) {
    teller.tell(config.dsp(), config.estate().stream().map(DspInput.Said::new).toList());
    config.campaigns().ifPresent(desk -> withdraw(desk, teller));
  }

  @Override
  public void acts(long epoch) {
    told.line("acts, epoch " + epoch);
    hubs.acts(true);
  }

  /** Whatever the list has no more is sent to nobody any more. */
  private void withdraw(CampaignDesk desk, HeadEndProcess.Teller teller) {
    List<Input> withdrawn = new ArrayList<>();
    for (DspInput said : config.estate()) {
      if (said instanceof DspInput.Listed listed
          && listed.listing().status() != ListingStatus.ACTIVE) {
        withdrawn.add(
            new CampaignInput.ImageWithdrawn(
                listed.listing().manufacturerImageHash(),
                "listed as " + listed.listing().status().word()));
      }
    }
    teller.tell(desk.supplier(), withdrawn);
  }

  @Override
  public void waits(String why) {
    hubs.acts(false);
    usersClock.rests();
    told.line("stands by: " + why);
  }

  @Override
  public void givesUp(String why) {
    told.line("ends: " + why);
    config.end().run();
  }

  @Override
  public void close() {
    hubs.close();
    process.close();
  }
}
