// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.testing.ReassemblyModel;
import org.jspecify.annotations.Nullable;

/**
 * A device that downloads from a server that is not always right, over a link that is not always
 * there, into a bank whose power may go; and the model that says what its slot may hold.
 */
final class ReassemblyWorld {
  /** What the sequences of a test reached, by name. */
  static final Map<String, Long> REACHED = new ConcurrentSkipListMap<>();

  private static final UpgradeEndResponse WAIT =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID);

  /** From here on only silence would make something happen: the image would run. */
  private static final Set<DeviceState> HAS_ALL =
      EnumSet.of(DeviceState.ENDING, DeviceState.WAITING);

  private final ReassemblySetup setup;
  private final ReassemblyFault fault;
  private final Desk desk;
  private final ReassemblyServer server;
  private final FailingStorage storage = FailingStorage.losingPower();
  private final ImageBank memory;
  private final Map<ImageId, ReassemblyModel> models = new HashMap<>();
  private final List<ImageBlockResponse.Success> onTheAir = new ArrayList<>();
  private int heard;
  private boolean isOpenBehind;
  private ImageBlockResponse.@Nullable Success last;

  ReassemblyWorld(ReassemblySetup setup, ReassemblyFault fault) {
    this.setup = setup;
    this.fault = fault;
    server = new ReassemblyServer(setup.isInParts());
    reached("sequences");
    desk = new Desk(DeviceType.PPMID, setup::parameters, new ReassemblyServer.OnlyWholes());
    memory = new InMemoryImageBank(setup.geometry(), 2_048, Desk.BEFORE);
    desk.bank = fault.bank(storage.bank(new Guarded()));
    start();
    input(new DeviceInput.QueryNow());
  }

  // What happens.

  /** The server answers some requests as it should. */
  void serve(int requests) {
    for (int i = 0; i < requests; i++) {
      answer();
    }
  }

  private void answer() {
    work();
    Optional<ZclMessage> next = desk.request();
    if (next.isEmpty()) {
      return;
    }
    desk.answered = next.get();
    if (next.get() instanceof QueryNextImageRequest query) {
      call(() -> desk.receive(server.offer(query)));
    } else if (next.get() instanceof UpgradeEndRequest end) {
      call(() -> answer(end));
    } else {
      server.blocks(next.get()).forEach(this::deliver);
    }
    work();
  }

  private void answer(UpgradeEndRequest end) {
    if (end.status().equals(ZclStatus.SUCCESS)) {
      desk.receive(WAIT);
    } else {
      desk.endNoted();
    }
  }

  /** The server answers the last request wrongly. */
  void wrong(ReassemblyServer.Wrong wrong) {
    work();
    server.block(desk.request(), wrong).ifPresent(this::deliver);
  }

  /** The last block comes once more. */
  void repeat() {
    if (last != null) {
      deliver(last);
    }
  }

  /** The answer to the last request stays on the air. */
  void hold() {
    work();
    Optional<ZclMessage> next = desk.request();
    if (next.isPresent() && isForBlocks(next.get())) {
      onTheAir.addAll(server.blocks(next.get()));
      desk.answered = next.get();
    }
  }

  private static boolean isForBlocks(ZclMessage request) {
    return request instanceof ImageBlockRequest || request instanceof ImagePageRequest;
  }

  /** What is on the air arrives, the last first; some of it is lost. */
  void arrive(int lost) {
    for (int i = onTheAir.size() - 1; i >= 0; i--) {
      if (lost == 0 || i % lost != 0) {
        deliver(onTheAir.get(i));
      }
    }
    onTheAir.clear();
  }

  /** Nothing comes until the device has given up waiting for it so many times. */
  void lose(int times) {
    for (int i = 0; i < times; i++) {
      work();
      if (!HAS_ALL.contains(desk.machine.state())) {
        call(desk::tick);
      }
    }
  }

  void waitForData(int current, int request, int period) {
    if (desk.machine.state() == DeviceState.DOWNLOADING) {
      // Else it answers nothing: the device goes on as before, and what still comes counts.
      models.values().forEach(ReassemblyModel::pageIsVoid);
    }
    call(
        () ->
            desk.receive(
                new ImageBlockResponse.WaitForData(
                    new ZigBeeTime(current),
                    new ZigBeeTime(request),
                    period < 0 ? OptionalInt.empty() : OptionalInt.of(period))));
  }

  /** The server does not serve this now. */
  void refuse(ZclStatus status) {
    work();
    Optional<ZclMessage> next = desk.request();
    if (next.isPresent() && status.equals(ZclStatus.ABORT)) {
      call(() -> desk.receive(new ImageBlockResponse.Refusal(status)));
    } else if (next.isPresent()) {
      call(() -> desk.refuse(status));
    }
  }

  /** The server has another version from now on, and the device asks. */
  void replace() {
    server.replace();
    input(new DeviceInput.QueryNow());
  }

  void query() {
    input(new DeviceInput.QueryNow());
  }

  /** The server sends blocks of at most so many octets from now on. */
  void blockSize(int octets) {
    server.blockSize(octets);
  }

  void restart() {
    start();
  }

  /** The power goes at a storage operation to come: before it, within it or after it. */
  void cut(int operation, FailingStorage.Moment moment) {
    storage.failAt(operation + 1, moment);
  }

  /** Everything is well now: the image must come whole. */
  void ends() {
    storage.neverFail();
    server.anyBlockSize();
    ImageId wanted = server.image();
    for (int i = 0; i < 600 && !isWhole(wanted); i++) {
      if (desk.machine.state() == DeviceState.IDLE || desk.machine.state() == DeviceState.WAITING) {
        input(new DeviceInput.QueryNow());
      }
      if (desk.request().isPresent()) {
        answer();
      } else {
        work();
        call(desk::tick);
      }
    }
    check(isWhole(wanted), "does not come to its image: " + desk.machine.state());
    reached("whole images");
  }

  private boolean isWhole(ImageId wanted) {
    return desk.machine.state() == DeviceState.WAITING
        && memory.journal().download().filter(d -> d.image().equals(wanted)).isPresent();
  }

  private void work() {
    while (!desk.waitingJobs.isEmpty()) {
      Job job = desk.waitingJobs.remove(0);
      call(() -> desk.input(job.work().get()));
    }
  }

  // What the device did.

  private static void reached(String what) {
    REACHED.merge(what, 1L, Long::sum);
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the device " + what);
    }
  }

  private static void check(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new AssertionError("the device " + fault.get());
    }
  }

  private void deliver(ImageBlockResponse.Success block) {
    last = block;
    models.values().forEach(model -> model.comes(block));
    call(() -> desk.receive(fault.block(block, asked())));
  }

  /** The block that was asked for last. */
  private Optional<ImageBlockRequest> asked() {
    List<ImageBlockRequest> requests = desk.effects.messages(ImageBlockRequest.class);
    return requests.isEmpty() ? Optional.empty() : Optional.of(requests.get(requests.size() - 1));
  }

  private void input(Input input) {
    call(() -> desk.input(input));
  }

  private void call(Runnable call) {
    boolean completed = true;
    try {
      call.run();
    } catch (PowerLost lost) {
      completed = false;
      isOpenBehind = true;
      reached("power cuts");
    }
    if (completed) {
      after();
    } else {
      start();
    }
  }

  private void start() {
    boolean started = false;
    while (!started) {
      heard = 0;
      try {
        desk.start();
        started = true;
      } catch (PowerLost lost) {
        reached("power cuts");
      }
    }
    reached("starts");
    after();
  }

  private void after() {
    while (desk.effects.discoveries > 0) {
      desk.effects.discoveries = 0;
      call(() -> desk.input(new Input.ServerFound(Desk.HUB)));
    }
    if (!desk.effects.events(UpdateEvent.Started.class).isEmpty()) {
      models.values().forEach(ReassemblyModel::pageIsVoid);
      desk.effects.events.clear();
    }
    while (heard < desk.effects.sent.size()) {
      hear(desk.effects.sent.get(heard++).message());
    }
    if (setup.writesAtOnce() && !isOpenBehind) {
      memory.journal().download().map(Journal.Download::image).ifPresent(this::checkSlot);
    }
  }

  private void checkSlot(ImageId image) {
    DeviceState state = desk.machine.state();
    ReassemblyModel model = models.get(image);
    if (model != null && (state == DeviceState.DOWNLOADING || state == DeviceState.PAUSED)) {
      int size = server.size(image);
      Octets slot = memory.read(Slot.B, size).octets(0, size);
      check(model.wrong(slot, setup.geometry().erasedValue()));
    }
  }

  private void hear(ZclMessage message) {
    if (message instanceof ImageBlockRequest block) {
      check(
          model(block.image()).asks(block.image(), block.fileOffset(), block.maximumDataSize(), 0));
    } else if (message instanceof ImagePageRequest page) {
      check(
          model(page.image())
              .asks(
                  page.image(), page.fileOffset(), page.maximumDataSize(), page.pageSizeOctets()));
    } else if (message instanceof UpgradeEndRequest end && end.status().equals(ZclStatus.SUCCESS)) {
      ImageId image = memory.journal().download().orElseThrow().image();
      Octets whole = ReassemblyServer.whole(image);
      check(
          memory.read(Slot.B, whole.length()).octets(0, whole.length()).equals(whole),
          "says that it has " + image + ", which is not in its slot");
    }
  }

  private ReassemblyModel model(ImageId file) {
    return models.computeIfAbsent(file, image -> new ReassemblyModel(image, server.size(image)));
  }

  /** The bank, in which nobody touches what runs; an erase ends what the models know of it. */
  private final class Guarded extends ForwardingImageBank {
    Guarded() {
      super(memory);
    }

    @Override
    public void erase(Slot slot, long fromOctet) {
      check(slot != memory.journal().active(), "erases what runs");
      super.erase(slot, fromOctet);
      if (fromOctet == 0) {
        models.clear();
        isOpenBehind = false;
      }
    }

    @Override
    public void write(Slot slot, long position, Octets data) {
      check(slot != memory.journal().active(), "writes to what runs");
      super.write(slot, position, data);
    }
  }
}
