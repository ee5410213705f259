// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hanota.sim.fleet.file.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a run that was ended: given one by one, and no octet of it believed unread. */
class CheckpointTest {
  private static final int SHARDS = 40;
  private static final int VALUES = 5_000;

  @TempDir Path folder;

  private Path kept = Path.of("");
  private final List<Integer> computed = new ArrayList<>();

  @BeforeEach
  void newFolder() {
    kept = folder.resolve("kept");
  }

  /** Shards whose values follow from their numbers. */
  private final class Numbers implements FleetEngine.Pass {
    @Override
    public int shards() {
      return SHARDS;
    }

    @Override
    public long[] shard(int number) {
      computed.add(number);
      long[] values = new long[VALUES];
      values[0] = number;
      values[VALUES - 1] = -number;
      return values;
    }

    @Override
    public long[] recipe() {
      throw new AssertionError("nobody else computes these");
    }
  }

  private static int[] all() {
    return IntStream.range(0, SHARDS).toArray();
  }

  private static FleetEngine inOrder() {
    return (pass, shards, results) -> {
      for (int each : shards) {
        results.arrived(each, pass.shard(each));
      }
    };
  }

  private Path file() {
    return kept.resolve("pass-0.shards");
  }

  /** A run that was ended when it had these. */
  private void end(int... shards) throws IOException {
    FleetEngine some =
        (pass, wanted, results) -> {
          for (int each : shards) {
            results.arrived(each, pass.shard(each));
          }
          throw new InterruptedException("ctrl-C");
        };
    Checkpoint checkpoint = Checkpoint.in(kept, some, "this", false);
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> checkpoint.run(new Numbers(), all(), (shard, result) -> {}));
    computed.clear();
  }

  private List<Integer> resume() throws IOException, InterruptedException {
    List<Integer> arrived = new ArrayList<>();
    Checkpoint.in(kept, inOrder(), "this", true)
        .run(
            new Numbers(),
            all(),
            (shard, result) -> {
              assertThat(result).hasSize(VALUES);
              assertThat(result[0]).isEqualTo(shard);
              assertThat(result[VALUES - 1]).isEqualTo(-shard);
              arrived.add(shard);
            });
    return arrived;
  }

  private static int[] allBut(int... left) {
    List<Integer> missing = Arrays.stream(left).boxed().toList();
    return IntStream.range(0, SHARDS).filter(each -> !missing.contains(each)).toArray();
  }

  /** So nobody behind it has to hold what comes before its time. */
  @Test
  void whatWasKeptComesAmongWhatIsComputedInItsOrder() throws Exception {
    end(allBut(0, 7, 20));
    assertThat(resume()).isSorted().hasSize(SHARDS);
    assertThat(computed).containsExactly(0, 7, 20);
  }

  @Test
  void whatWasKeptIsNotHeld() throws Exception {
    end(allBut());
    List<WeakReference<long[]>> given = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    Checkpoint.in(kept, inOrder(), "this", true)
        .run(
            new Numbers(),
            all(),
            (shard, result) -> {
              given.add(new WeakReference<>(result));
              if (shard == SHARDS - 1) {
                System.gc();
                for (int i = 0; i < SHARDS - 1; i++) {
                  if (given.get(i).get() != null) {
                    held.add(i);
                  }
                }
              }
            });
    assertThat(given).hasSize(SHARDS);
    // The one before the last may still stand in a register.
    assertThat(held).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void whereverTheFileWasCutOffWhatIsWholeBeforeIsTaken() throws Exception {
    end(0, 1, 2);
    byte[] whole = Files.readAllBytes(file());
    int first = record(whole, 0);
    int second = record(whole, first);
    for (int length :
        new int[] {0, 1, 19, 20, first - 1, first, first + 5, second, whole.length - 1}) {
      Files.write(file(), Arrays.copyOf(whole, length));
      computed.clear();
      assertThat(resume()).hasSize(SHARDS);
      int left = length < first ? 0 : length < second ? 1 : 2;
      assertThat(computed).as("cut at %d", length).hasSize(SHARDS - left);
    }
  }

  /** Where the record that begins at a place ends. */
  private static int record(byte[] file, int at) {
    return at + 20 + ByteBuffer.wrap(file).getInt(at + 8);
  }

  /** A length that is wrong must not become an array. */
  @Test
  void whereverAnOctetIsWrongWhatFollowsIsComputedAgain() throws Exception {
    end(0, 1, 2);
    byte[] whole = Files.readAllBytes(file());
    int first = record(whole, 0);
    for (int at = 0; at < 30; at++) {
      byte[] wrong = whole.clone();
      wrong[first + at] ^= 0x40;
      Files.write(file(), wrong);
      computed.clear();
      assertThat(resume()).hasSize(SHARDS);
      assertThat(computed).as("octet %d", at).hasSize(SHARDS - 1);
    }
  }

  @Test
  void twoAtOnceAreRefused() throws Exception {
    end(0);
    FleetEngine second =
        (pass, shards, results) -> {
          try {
            Checkpoint other = Checkpoint.in(kept, inOrder(), "this", true);
            assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> other.run(pass, shards, results))
                .withMessageContaining("is in use by another run");
          } catch (IOException fault) {
            throw new UncheckedIOException(fault);
          }
          throw new InterruptedException("seen");
        };
    Checkpoint first = Checkpoint.in(kept, second, "this", true);
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> first.run(new Numbers(), all(), (shard, result) -> {}))
        .withMessage("seen");
  }

  @Test
  void aShardThatThePassDoesNotHaveIsNotTaken() throws Exception {
    end(0);
    byte[] octets = Files.readAllBytes(file());
    ByteBuffer.wrap(octets).putInt(SHARDS);
    Files.write(file(), octets);
    assertThat(resume()).hasSize(SHARDS);
    assertThat(computed).hasSize(SHARDS);
  }
}
