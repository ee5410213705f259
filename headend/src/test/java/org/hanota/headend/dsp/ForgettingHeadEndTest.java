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
}
