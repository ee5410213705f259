// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.RecordStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of a head end tells when it cannot go on, and ends then. */
@Timeout(60)
class HeadEndProcessTest {
  private static final Eui64 FIRST = Eui64.parse("90B3D51F30000002");
  private static final Eui64 SECOND = Eui64.parse("90B3D51F30000006");

  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final AtomicLong nanos = new AtomicLong();

  private Consumer<HeadEndProcess.Teller> beginning = teller -> {};

  private final HeadEndProcess.Watcher watcher =
      new HeadEndProcess.Watcher() {
        @Override
        public void begins(HeadEndProcess.Teller teller) {
          beginning.accept(teller);
        }

        @Override
        public void acts(long epoch) {
          said.add("acts");
        }

        @Override
        public void waits(String why) {
          said.add("waits: " + why);
        }

        @Override
        public void givesUp(String why) {
          said.add("gives up: " + why);
        }
      };

  private final Outside nobody =
      new Outside() {
        @Override
        public void letter(Letter letter) {}

        @Override
        public void toHub(ToWan what) {}

        @Override
        public void event(Eui64 machine, Now now, Event event) {}
      };

  private record Said(String what) implements Input {}

  private static Part part(Eui64 id, Runnable onStart) {
    return part(id, onStart, input -> {});
  }

  private static Part part(Eui64 id, Runnable onStart, Consumer<Input> onInput) {
    LetterMachine machine =
        new LetterMachine() {
          @Override
          public void onStart(Now now, Effects effects) {
            onStart.run();
          }

          @Override
          public void onInput(Now now, Input input, Effects effects) {
            onInput.accept(input);
          }

          @Override
          public void onTimer(Now now, Effects effects) {}

          @Override
          public void describe(StateWriter out) {}
        };
    Function<RecordStore, LetterMachine> made = store -> machine;
    return new Part(id, DspMachine.KINDS, made);
  }

  private HeadEndProcess process(Database database, Part... parts) {
    return new HeadEndProcess(
        database, "test", List.of(parts), nobody, watcher, () -> new Now(nanos.get(), 0));
  }

  private String next() throws InterruptedException {
    return String.valueOf(said.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void anErrorAtTheStartOfAMachineIsToldAndTheOthersStart() throws InterruptedException {
    List<String> started = new ArrayList<>();
    try (Database database = Database.open(StoreKind.H2.newUrl());
        HeadEndProcess process =
            process(
                database,
                part(
                    FIRST,
                    () -> {
                      throw new StackOverflowError("of a machine");
                    }),
                part(SECOND, () -> said.add("second")))) {
      process.tick();
      for (int i = 0; i < 3; i++) {
        started.add(next());
      }
    }
    assertThat(started)
        .contains("acts", "second")
        .anySatisfy(line -> assertThat(line).startsWith("gives up: ").contains("of a machine"));
  }

  /** H181: a user may ask before the process has said that it acts. */
  @Test
  void whatIsToldAtTheBeginningIsHeardBeforeAnyInput() throws InterruptedException {
    Part part = part(FIRST, () -> {}, input -> said.add(((Said) input).what()));
    try (Database database = Database.open(StoreKind.H2.newUrl());
        HeadEndProcess process = process(database, part)) {
      beginning =
          teller -> {
            assertThat(process.input(FIRST, new Said("too early"))).isFalse();
            teller.tell(FIRST, List.of(new Said("of the file")));
          };
      process.tick();
      assertThat(process.input(FIRST, new Said("of a user"))).isTrue();
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        heard.add(next());
      }
      heard.remove("acts");
      assertThat(heard).containsExactly("of the file", "of a user");
    }
  }

  /** H151: a server that ends a connection in the middle of a start. */
  @Test
  void aStartThatTheDatabaseFailsIsTriedAgain() throws InterruptedException {
    AtomicBoolean isAway = new AtomicBoolean(true);
    Function<RecordStore, LetterMachine> made =
        store -> {
          if (isAway.getAndSet(false)) {
            throw new DatabaseFailed("away", new SQLException("connection ended"));
          }
          return part(FIRST, () -> said.add("started")).machine().apply(store);
        };
    try (Database database = Database.open(StoreKind.H2.newUrl());
        HeadEndProcess process = process(database, new Part(FIRST, DspMachine.KINDS, made))) {
      process.start();
      assertThat(next()).isEqualTo("acts");
      assertThat(next()).isEqualTo("waits: away");
      assertThat(List.of(next(), next())).containsExactlyInAnyOrder("acts", "started");
    }
  }

  @Test
  void aDatabaseThatIsAwayIsToldOnceAndGivenUpAfterAWhile() throws InterruptedException {
    Database database = Database.open(StoreKind.H2.newUrl());
    try (database;
        HeadEndProcess process = process(database)) {
      Object unused =
          database
              .session()
              .inTransaction(
                  connection -> {
                    try (var statement = connection.createStatement()) {
                      return statement.execute("alter table lease rename to away");
                    }
                  });
      for (int i = 0; i < 100; i++) {
        process.tick();
      }
      assertThat(next()).startsWith("waits: ");
      assertThat(said).isEmpty();
      nanos.addAndGet(HeadEndProcess.PATIENCE.toNanos());
      process.tick();
      assertThat(next()).startsWith("gives up: it could not ask its database for 600 seconds");
      process.tick();
      assertThat(said).isEmpty();
    }
  }
}
