// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.gbcs.Message;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.HubHeard;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.headend.supplier.Dialogue;
import org.hanota.headend.supplier.DialogueState;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.headend.supplier.SupplierInput;
import org.jspecify.annotations.Nullable;

/**
 * A user's system, hubs and devices in the test's own process: five requests for each home, put to
 * whichever process of the head end acts. Everything happens on one thread.
 */
final class UserScript implements Outside, AutoCloseable {
  static final int REQUESTS_PER_HOME = 5;
  private static final int MILLIS_BETWEEN_TRIES = 50;
  private static final int MILLIS_BETWEEN_WORDS = 300;

  /** What is asked for in a home, in this order but for READ_INVENTORY. */
  private enum Ask {
    UPDATE_METER,
    UPDATE_PPMID,
    READ_INVENTORY,
    ACTIVATE_METER,
    READ_VERSION
  }

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Lines lines = new Lines();
  private final ManyHomes homes;
  private final List<Integer> ports;
  private final PlayedHubs hubs;
  private final Machines user;
  private final Map<MessageId, Ask> asks = new LinkedHashMap<>();
  private final Map<Integer, Set<Ask>> done = new LinkedHashMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Set<MessageId> acknowledged =
      new TreeSet<>(java.util.Comparator.comparing(MessageId::toString));
  private final List<String> wrong = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private int begun;
  private int lastPort;
  private int avoided = -1;
  private @Nullable Socket connection;
  private @Nullable PrintWriter out;

  /** How many lines came since {@link #afterLines}, and what is done then. */
  private int linesToGo = Integer.MAX_VALUE;

  private Runnable atLine = () -> {};

  UserScript(ManyHomes homes, List<Integer> ports) {
    this.homes = homes;
    this.ports = ports;
    this.hubs = new PlayedHubs(homes);
    this.user =
        new Machines(
            List.of(homes.user()),
            part -> new InMemoryRecordStore(),
            Scheduler.of(thread),
            TimeSource.of(InstantSource.system(), System::nanoTime),
            this,
            () -> {});
    thread.execute(user::start);
    every(MILLIS_BETWEEN_TRIES, this::connect);
    every(MILLIS_BETWEEN_WORDS, () -> hubs.unheard().forEach(word -> say(ManyHomes.CSP, word)));
  }

  private void every(int millis, Runnable task) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException fault) {
                wrong.add(fault.toString());
              }
            },
            0,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /** More homes begin. */
  void begin(int more) {
    thread.execute(
        () -> {
          for (int i = 0; i < more && begun < homes.count(); i++) {
            int home = begun++;
            done.put(home, EnumSet.noneOf(Ask.class));
            ask(home, Ask.UPDATE_METER);
          }
        });
  }

  /** Does something, on the script's thread, once so many lines came, or all that began is done. */
  void afterLines(int count, Runnable task) {
    thread.execute(
        () -> {
          linesToGo = count;
          atLine = task;
          look();
        });
  }

  /** Does something on the script's thread once some process acts. */
  void whenConnected(Runnable task) {
    thread.execute(
        () -> {
          if (connection == null) {
            waiting.add(task);
          } else {
            task.run();
          }
        });
  }

  /** Does something on the script's thread once the next process acts. */
  void whenNextActs(Runnable task) {
    try {
      thread.submit(() -> waiting.add(task)).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException fault) {
      throw new AssertionError(fault);
    }
  }

  /** Gives the connection up, as one whose other side does not answer any more. */
  void breakOff() {
    thread.execute(
        () -> {
          Socket current = connection;
          avoided = lastPort;
          if (current != null) {
            gone(current);
          }
        });
  }

  /** Waits until all requests of all homes are answered; what went wrong. */
  List<String> await(long seconds) throws InterruptedException {
    if (!end.await(seconds, TimeUnit.SECONDS)) {
      wrong.add("not at its end: " + done);
    }
    return wrong;
  }

  /** The requests that the DCC has acknowledged. */
  Set<MessageId> acknowledged() {
    try {
      return thread.submit(() -> Set.copyOf(acknowledged)).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException fault) {
      throw new AssertionError(fault);
    }
  }

  PlayedHubs hubs() {
    return hubs;
  }

  int lastPort() {
    return lastPort;
  }

  private void look() {
    boolean allDone = done.values().stream().allMatch(each -> each.size() == Ask.values().length);
    if (linesToGo <= 0 || allDone) {
      linesToGo = Integer.MAX_VALUE;
      Runnable task = atLine;
      atLine = () -> {};
      task.run();
    }
    if (allDone && done.size() == homes.count() && hubs.unheard().isEmpty()) {
      end.countDown();
    }
  }

  private void ask(int home, Ask what) {
    ServiceRequest body =
        switch (what) {
          case UPDATE_METER ->
              new FirmwareRequest.UpdateFirmware(
                  octets(DeviceType.ESME), VERSION, list(ManyHomes.meter(home)));
          case UPDATE_PPMID ->
              new FirmwareRequest.UpdatePpmidFirmware(
                  octets(DeviceType.PPMID), VERSION, list(ManyHomes.ppmid(home)));
          case ACTIVATE_METER ->
              new FirmwareRequest.ActivateFirmware(
                  ExecutionDateTime.NOW, homes.hash(DeviceType.ESME));
          case READ_VERSION -> new FirmwareRequest.ReadFirmwareVersion(ExecutionDateTime.NOW);
          case READ_INVENTORY ->
              new InventoryRequest.ReadInventory(
                  new InventoryRequest.Selection.Device(ManyHomes.meter(home)));
        };
    CommandVariant variant =
        switch (what) {
          case UPDATE_METER, UPDATE_PPMID, READ_INVENTORY -> CommandVariant.NON_DEVICE;
          case ACTIVATE_METER -> CommandVariant.PRE_COMMAND;
          case READ_VERSION -> CommandVariant.COMMAND;
        };
    Eui64 target = variant == CommandVariant.NON_DEVICE ? ManyHomes.DSP : ManyHomes.meter(home);
    asking.add(Map.entry(home, what));
    user.input(ManyHomes.SUPPLIER, new SupplierInput.Ask(target, variant, body));
  }

  private static final FirmwareVersion VERSION = new FirmwareVersion(ManyHomes.NEW.toString());

  /** What was put to the supplier, which puts it to the DCC in the same order. */
  private final List<Map.Entry<Integer, Ask>> asking = new ArrayList<>();

  private final Map<MessageId, Integer> homeOf = new LinkedHashMap<>();

  private Octets octets(DeviceType type) {
    return homes.file(type).octets().octets(0, (int) homes.file(type).octets().size());
  }

  private static DeviceIdList list(Eui64 device) {
    return new DeviceIdList(List.of(device));
  }

  @Override
  public void letter(Letter letter) {
    say(letter.to(), (Input) letter);
  }

  @Override
  public void toHub(ToWan what) {
    throw new AssertionError("a supplier has nothing for a hub");
  }

  @Override
  public void event(Eui64 machine, Now now, Event event) {
    if (event instanceof NodeEvent.Failed failed) {
      wrong.add("the supplier failed: " + failed.cause());
    } else if (event instanceof SupplierEvent.Asked asked
        && asked.request().commandVariant() != CommandVariant.SIGNED_COMMAND) {
      Map.Entry<Integer, Ask> first = asking.remove(0);
      homeOf.put(asked.request().id(), first.getKey());
      asks.put(asked.request().id(), first.getValue());
    } else if (event instanceof SupplierEvent.Moved moved) {
      moved(moved.dialogue());
    } else if (event instanceof SupplierEvent.Told told
        && told.response().body() instanceof ResponseBody.DeviceAlertMessage alert) {
      ask(
          ManyHomes.home(Message.parse(alert.gbcsPayload()).header().originator()),
          Ask.ACTIVATE_METER);
    }
  }

  private void moved(Dialogue dialogue) {
    if (dialogue.state() != DialogueState.EXPIRED) {
      acknowledged.add(dialogue.id());
    }
    if (!dialogue.state().isFinal()) {
      return;
    }
    int home = homeOf.getOrDefault(dialogue.id(), -1);
    Ask ask = asks.get(dialogue.id());
    if (dialogue.state() != DialogueState.ANSWERED || ask == null) {
      wrong.add(dialogue.toString());
      return;
    }
    Objects.requireNonNull(done.get(home)).add(ask);
    switch (ask) {
      case UPDATE_METER -> ask(home, Ask.UPDATE_PPMID);
      case UPDATE_PPMID -> ask(home, Ask.READ_INVENTORY);
      case ACTIVATE_METER -> ask(home, Ask.READ_VERSION);
      case READ_INVENTORY, READ_VERSION -> {}
    }
    look();
  }

  private void say(Eui64 machine, Input input) {
    PrintWriter current = out;
    if (current != null) {
      current.println(machine + " " + lines.write(input));
    }
  }

  /** Tries each process; one that does not act does not listen. */
  private void connect() {
    for (int i = 0; connection == null && i < ports.size(); i++) {
      int port = ports.get(i);
      if (port == avoided) {
        // The system takes connections for a process that stands still.
        continue;
      }
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        connection = socket;
        lastPort = port;
        out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        new Thread(() -> read(socket, in)).start();
      } catch (IOException refused) {
        // Nobody acts there.
      }
    }
  }

  private void read(Socket socket, BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String said = line;
        thread.execute(() -> guarded(said));
      }
    } catch (IOException gone) {
      // It was killed.
    }
    if (!thread.isShutdown()) {
      thread.execute(() -> gone(socket));
    }
  }

  private void gone(Socket socket) {
    if (connection == socket) {
      connection = null;
      out = null;
    }
    try {
      socket.close();
    } catch (IOException fault) {
      wrong.add(fault.toString());
    }
  }

  private void guarded(String line) {
    try {
      heard(line);
    } catch (RuntimeException | AssertionError fault) {
      wrong.add(line + ": " + fault);
    }
  }

  private void heard(String line) {
    if (line.startsWith("acts ")) {
      List<Runnable> now = List.copyOf(waiting);
      waiting.clear();
      now.forEach(Runnable::run);
      return;
    }
    Object what = lines.read(line);
    linesToGo--;
    if (what instanceof Letter letter) {
      user.input(letter.to(), letter);
    } else if (what instanceof ToHub sent) {
      hubs.take(sent).forEach(said -> say(ManyHomes.CSP, said));
    } else if (what instanceof HubHeard heard) {
      hubs.heard(heard.sha256());
    } else if (what instanceof CspInput) {
      throw new AssertionError("no word of a head end");
    }
    look();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    Socket last = connection;
    if (last != null) {
      gone(last);
    }
  }
}
