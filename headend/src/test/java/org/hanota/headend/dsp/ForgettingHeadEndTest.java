// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.track.Track;
import org.junit.jupiter.api.Test;

/** A head end of years keeps and loads what is open, and forgets the rest in time. */
class ForgettingHeadEndTest extends HeadEndCase {
  private static final long DAY = 86_400_000;

  /** What a start reads. */
  private static final class Watched implements RecordStore {
    private final RecordStore behind;
    private final List<Stored> read = new ArrayList<>();

    Watched(RecordStore behind) {
      this.behind = behind;
    }

    @Override
    public List<Stored> load() {
      read.clear();
      read.addAll(behind.load());
      return List.copyOf(read);
    }

    @Override
    public List<Stored> loadForStart() {
      read.clear();
      read.addAll(behind.loadForStart());
      return List.copyOf(read);
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      behind.save(put, removed);
    }

    <T> long count(Class<T> type) {
      return read.stream().filter(type::isInstance).count();
    }
  }

  @Test
  void aStartReadsTheLastLineOfTheLogAlone() {
    for (int i = 0; i < 100; i++) {
      world.dsp(new DspInput.UserSuspended(SUPPLIER, false));
    }
    Watched store = new Watched(world.store(DSP));
    world.stores.put(DSP, store);
    world.restart(DSP);
    assertThat(store.count(AuditEntry.class)).isEqualTo(1);
    world.dsp(new DspInput.UserSuspended(SUPPLIER, false));
    List<Long> numbers = world.kept(AuditEntry.class).stream().map(AuditEntry::number).toList();
    assertThat(numbers).hasSizeGreaterThan(100).doesNotHaveDuplicates().isSorted();
  }

  private Watched watched() {
    Watched store = new Watched(world.store(DSP));
    world.stores.put(DSP, store);
    world.restart(DSP);
    return store;
  }

  private Request image(long counter, Octets image) {
    return Request.of(
        new MessageId(SUPPLIER, DSP, counter),
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(
            image, new FirmwareVersion(NEW.toString()), new DeviceIdList(List.of(ESME))));
  }

  private static Octets octets(int length, int of) {
    byte[] octets = new byte[length];
    octets[0] = (byte) of;
    return Octets.wrap(octets);
  }

  private String put(Request request) {
    return world.call(SUPPLIER, new Content.ServiceCall(Service.NON_DEVICE, request)).code().text();
  }

  private long imageOctets(List<? extends Stored> records) {
    return records.stream()
        .filter(Asked.class::isInstance)
        .map(record -> ((Asked) record).image().map(Octets::length).orElse(0))
        .filter(length -> length > 32)
        .mapToLong(length -> length)
        .sum();
  }

  /** One user who repeats refused 11.1 of 10 MB: a start reads none of them. */
  @Test
  void anImageThatNobodyGetsIsNotKept() {
    for (int i = 1; i <= 20; i++) {
      assertThat(put(image(i, octets(1_000_000, i)))).isEqualTo("I99");
    }
    assertThat(imageOctets(world.kept(Asked.class))).isZero();
    assertThat(imageOctets(watched().read)).isZero();
    // The same again, and another one of its id, are still known.
    assertThat(put(image(7, octets(1_000_000, 7)))).isEqualTo("I99");
    assertThat(put(image(7, octets(1_000_000, 8)))).isEqualTo("E100");
    assertThat(codes(SUPPLIER)).hasSize(20);
  }

  @Test
  void anImageIsKeptAsLongAsItsRequestIsOpenAlsoWhereAnOlderStoreKeptIt() {
    distribute();
    Asked open = world.kept(Asked.class).get(0);
    assertThat(imageOctets(world.kept(Asked.class))).isPositive();
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(imageOctets(world.kept(Asked.class))).isZero();
    world.store(DSP).save(List.of(open), List.of());
    world.restart(DSP);
    assertThat(imageOctets(world.kept(Asked.class))).isZero();
    assertThat(world.kept(Asked.class)).hasSize(2);
  }

  @Test
  void requestsThatHaveEndedAreForgottenAndNeverTakenAgain() {
    for (int i = 1; i <= 50; i++) {
      assertThat(put(image(i, octets(100, i)))).isEqualTo("I99");
    }
    distribute();
    activate(ExecutionDateTime.NOW);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    Request last = world.lastAsked();
    long kept = world.parameters.get(HeadEndParameter.ENDED_REQUEST_KEPT);
    world.pass(kept - DAY);
    assertThat(world.kept(Asked.class)).hasSize(52);
    world.pass(2 * DAY);
    assertThat(world.kept(Asked.class)).isEmpty();
    // What the device runs is what it was sent.
    assertThat(world.kept(Track.class))
        .singleElement()
        .satisfies(track -> assertThat(track.kind()).isEqualTo(Track.Kind.DISTRIBUTE));
    Watched store = watched();
    assertThat(store.count(Asked.class)).isZero();
    world.toHub.clear();
    assertThat(put(image(50, octets(100, 50)))).isEqualTo("E100");
    assertThat(world.call(SUPPLIER, new Content.ServiceCall(Service.TRANSFORM, last)).code().text())
        .isEqualTo("E100");
    assertThat(world.toHub).isEmpty();
    // A later one of the device lets the last track of the first go.
    world.dsp(new DspInput.DeviceKnown(world.inventory(ESME).running(HeadEndWorld.OLD)));
    distribute();
    assertThat(world.tracks(ESME)).hasSize(1);
    assertThat(world.tracks(ESME).get(0).isOpen()).isTrue();
  }

  @Test
  void soManyAreForgottenInOneStepAndTheRestAtOnceAfter() {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.FORGOTTEN_AT_ONCE, 3));
    for (int i = 1; i <= 20; i++) {
      assertThat(put(image(i, octets(100, i)))).isEqualTo("I99");
    }
    List<Integer> removed = new ArrayList<>();
    RecordStore behind = world.store(DSP);
    world.stores.put(
        DSP,
        new RecordStore() {
          @Override
          public List<Stored> load() {
            return behind.load();
          }

          @Override
          public void save(List<Stored> put, List<String> keys) {
            removed.add((int) keys.stream().filter(key -> key.startsWith("request ")).count());
            behind.save(put, keys);
          }
        });
    world.restart(DSP);
    world.pass(31 * DAY);
    assertThat(world.kept(Asked.class)).isEmpty();
    assertThat(removed).containsExactly(3, 3, 3, 3, 3, 3, 2);
  }

  @Test
  void anAnswerThatItsUserNeverTakesIsToldAndDropped() {
    world.loses =
        letter ->
            letter instanceof Letter.Message message
                && message.content() instanceof Content.Answer
                && message.to().equals(SUPPLIER);
    for (int i = 1; i <= 20; i++) {
      assertThat(put(image(i, octets(100, i)))).isEqualTo("I99");
    }
    assertThat(world.kept(Letter.Message.class)).hasSize(20);
    long kept = world.parameters.get(HeadEndParameter.UNTAKEN_ANSWER_KEPT);
    world.pass(kept - DAY);
    assertThat(world.kept(Letter.Message.class)).hasSize(20);
    world.pass(2 * DAY);
    assertThat(world.kept(Letter.Message.class)).isEmpty();
    assertThat(world.audit)
        .filteredOn(entry -> entry.what().startsWith("did not take"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.what()).startsWith("did not take 20 answers"))
        .satisfies(entry -> assertThat(entry.who()).isEqualTo(SUPPLIER));
  }

  @Test
  void aLetterToTheCspHasNoEnd() {
    world.loses = letter -> letter.to().equals(HeadEndWorld.CSP);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.pass(60 * DAY);
    assertThat(world.kept(Letter.Message.class))
        .anySatisfy(letter -> assertThat(letter.content()).isInstanceOf(Content.Deliver.class));
  }

  @Test
  void imagesOfOneUserAreHeldOnceAndUpToALimit() {
    world =
        new HeadEndWorld(
            ParameterValues.defaults(HeadEndParameter.class)
                .with(HeadEndParameter.OPEN_IMAGE_OCTETS_OF_USER, 3_000));
    world.hubTakes = false;
    Octets good =
        ((FirmwareRequest.UpdateFirmware) world.update(DeviceType.ESME, NEW, ESME)).firmwareImage();
    assertThat(good.length()).isBetween(1_001, 3_000);
    assertThat(put(image(1, good))).isEqualTo("I99");
    // The same image needs no room of its own; another one does.
    assertThat(put(image(2, Octets.wrap(good.toByteArray())))).isEqualTo("I99");
    assertThat(put(image(3, octets(3_000 - good.length() + 1, 3)))).isEqualTo("E100");
    assertThat(put(image(4, octets(3_000 - good.length(), 4)))).isEqualTo("I99");
    assertThat(world.audit)
        .anySatisfy(entry -> assertThat(entry.what()).contains("refused, TOO_MUCH_OPEN: "));
    world.restart(DSP);
    assertThat(put(image(5, octets(3_000 - good.length() + 1, 3)))).isEqualTo("E100");
    // It has ended: there is room again.
    world.pass(40 * DAY);
    assertThat(put(image(6, octets(2_999, 3)))).isEqualTo("I99");
  }
}
