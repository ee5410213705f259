// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.duis.Examples;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every store, wherever it keeps. */
class RecordStoreContractTest {
  private static Letter.Message letter(long number, Content content) {
    return new Letter.Message(SUPPLIER, DSP, number, content);
  }

  private static Letter.Message said(long number, int length) {
    return letter(number, new Content.FromHub(ESME, Octets.wrap(new byte[length])));
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void eachMessageOfDuisIsKeptAsItIs(StoreKind kind) {
    StoreKind.Place place = kind.newPlace();
    List<Stored> letters = new ArrayList<>();
    for (DuisMessage message : Examples.messages().values()) {
      Content content =
          message instanceof Request request
              ? new Content.ServiceCall(request.commandVariant().service(), request)
              : new Content.Answer((Response) message);
      letters.add(letter(letters.size() + 1, content));
    }
    assertThat(letters).hasSizeGreaterThan(50);
    place.store(DSP).save(letters, List.of());
    assertThat(place.store(DSP).load()).isEqualTo(letters);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void recordsKeepTheirOrderAndAnOwnerSeesItsOwn(StoreKind kind) {
    StoreKind.Place place = kind.newPlace();
    RecordStore store = place.store(DSP);
    store.save(List.of(said(1, 1), said(2, 2), said(3, 3)), List.of());
    store.save(List.of(said(2, 20)), List.of("letter 1"));
    store.save(List.of(said(1, 10)), List.of("letter 7"));
    assertThat(place.store(DSP).load()).containsExactly(said(2, 20), said(3, 3), said(1, 10));
    assertThat(place.store(CSP).load()).isEmpty();
    place.store(CSP).save(List.of(said(2, 4)), List.of("letter 3"));
    assertThat(place.store(DSP).load()).hasSize(3);
    assertThat(place.store(CSP).load()).containsExactly(said(2, 4));
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void ofTheLogAStartReadsTheLastEntryAlone(StoreKind kind) {
    StoreKind.Place place = kind.newPlace();
    RecordStore store = place.store(DSP);
    for (long number = 1; number <= 50; number++) {
      store.save(List.of(said(number % 3, 1), entry(number)), List.of());
    }
    assertThat(place.store(DSP).load()).hasSize(53);
    assertThat(place.store(DSP).loadForStart())
        .containsExactly(said(1, 1), said(2, 1), said(0, 1), entry(50));
  }

  private static AuditEntry entry(long number) {
    return new AuditEntry(number, number, ESME, "line " + number);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void octetsOfEachLengthAreKept(StoreKind kind) {
    StoreKind.Place place = kind.newPlace();
    List<Stored> letters = new ArrayList<>();
    for (int length : new int[] {0, 1, 1_024, 1_025, 262_144, 262_145, 768_000}) {
      letters.add(said(letters.size() + 1, length));
      letters.add(said(letters.size() + 1, length));
    }
    place.store(CSP).save(letters, List.of());
    assertThat(place.store(CSP).load()).isEqualTo(letters);
  }

  /** The same happens on every store, each machine restarted now and then. */
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void theMachinesFindEverythingAgain(StoreKind kind) {
    HeadEndWorld expected = PlayedWorld.play(StoreKind.MEMORY.newPlace());
    StoreKind.Place place = kind.newPlace();
    HeadEndWorld found = PlayedWorld.play(place);
    for (Eui64 owner : expected.stores.keySet()) {
      List<Stored> records = place.store(owner).load();
      assertThat(records).isNotEmpty().isEqualTo(expected.store(owner).load());
    }
    assertThat(found.toHub).isEqualTo(expected.toHub);
    assertThat(found.told).isEqualTo(expected.told);
  }
}
