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
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.BankGeometry;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.VerificationStep;
import org.hanota.otaformat.Verifier;
import org.hanota.testing.ReassemblyModel;
import org.jspecify.annotations.Nullable;

/**
 * A device that downloads from a server that is not always right, over a link that is not always
 * there, into a bank whose power may go; and the model that says what its slot may hold.
 */
final class ReassemblyWorld {
  /** What the sequences of a test reached, by name. */
  static final Map<String, Long> REACHED = new ConcurrentSkipListMap<>();

  private static final int FIRMWARE_OCTETS = 300;
  private static final int PART_OCTETS = 320;
  private static final int DATA_OCTETS = 21;
  private static final int PAGE_OCTETS = 100;
  private static final BankGeometry FLASH = new BankGeometry(8, 64, 0xFF);
  private static final UpgradeEndResponse WAIT =
      new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.INVALID, ZigBeeTime.INVALID);

  /** Two versions of an image. */
  private static final List<ImageId> IMAGES =
      List.of(Desk.IMAGE, Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L)));

  private static final List<Octets> WHOLES =
      List.of(
          Desk.file(IMAGES.get(0), FIRMWARE_OCTETS, 1),
          Desk.file(IMAGES.get(1), FIRMWARE_OCTETS + 37, 2));

  /** How the device is made, and how the image comes. */
  enum Setup {
    BLOCKS(0, false, false),
    PAGES(PAGE_OCTETS, false, false),
    BLOCKS_TO_FLASH(0, true, false),
    PAGES_TO_FLASH(PAGE_OCTETS, true, false),
    PARTS(0, false, true),
    PARTS_TO_FLASH(PAGE_OCTETS, true, true);

    private final int pageOctets;
    private final boolean toFlash;
    private final boolean inParts;

    Setup(int pageOctets, boolean toFlash, boolean inParts) {
      this.pageOctets = pageOctets;
      this.toFlash = toFlash;
      this.inParts = inParts;
    }

    BankGeometry geometry() {
      return toFlash ? FLASH : BankGeometry.REWRITABLE;
    }
  }

  /** What may be wrong with a block. */
  enum Wrong {
    SHORT,
    TOO_LONG,
    EMPTY,
    BEFORE,
    AHEAD,
    OVERLAPPING,
    PAST_THE_END,
    OF_ANOTHER_VERSION,
    OF_ANOTHER_TYPE,
    OTHER_OCTETS
  }

  /** From here on only silence would make something happen: the image would run. */
  private static final Set<DeviceState> HAS_ALL =
      EnumSet.of(DeviceState.ENDING, DeviceState.WAITING);

  private final Setup setup;
  private final ReassemblyFault fault;
  private final Desk desk;
  private final ImageBank memory;
  private final Map<ImageId, ReassemblyModel> models = new HashMap<>();
  private final List<Map<ImageId, Octets>> files = new ArrayList<>();
  private final List<ImageBlockResponse.Success> onTheAir = new ArrayList<>();
  private int serves;
  private int longest = 255;
  private int cutAt = -1;
  private int cutMoment;
  private int heard;
  private boolean isOpenBehind;
  private @Nullable ZclMessage answered;
  private ImageBlockResponse.@Nullable Success last;

  ReassemblyWorld(Setup setup, ReassemblyFault fault) {
    this.setup = setup;
    this.fault = fault;
    for (int i = 0; i < IMAGES.size(); i++) {
      files.add(files(i));
    }
    reached("sequences");
    desk =
        new Desk(
            DeviceType.PPMID,
            p ->
                p.with(DeviceParameter.PAGE_SIZE, setup.pageOctets)
                    .with(DeviceParameter.MAXIMUM_DATA_SIZE, DATA_OCTETS)
                    .with(DeviceParameter.JOURNAL_OCTETS, 3 * DATA_OCTETS),
            new OnlyWholes());
    memory = new InMemoryImageBank(setup.geometry(), 2_048, Desk.BEFORE);
    desk.bank = fault.bank(new Cutting());
    start();
    input(new DeviceInput.QueryNow());
  }

  private Map<ImageId, Octets> files(int version) {
    if (!setup.inParts) {
      return Map.of(IMAGES.get(version), WHOLES.get(version));
    }
    Map<ImageId, Octets> parts = new HashMap<>();
    ImageParts.split(WHOLES.get(version), OtaHeader.of(IMAGES.get(version)), PART_OCTETS)
        .forEach(
            part -> {
              Octets file = part.octets().octets(0, (int) part.octets().size());
              parts.put(OtaHeader.read(file).image(), file);
            });
    return parts;
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
    Optional<ZclMessage> next = request();
    if (next.isEmpty()) {
      return;
    }
    answered = next.get();
    if (next.get() instanceof ImageBlockRequest block) {
      right(block.image(), block.fileOffset(), block.maximumDataSize()).ifPresent(this::deliver);
    } else if (next.get() instanceof ImagePageRequest page) {
      page(page).forEach(this::deliver);
    } else if (next.get() instanceof QueryNextImageRequest query) {
      offer(query);
    } else if (next.get() instanceof UpgradeEndRequest end) {
      call(() -> answer(end));
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

  private void offer(QueryNextImageRequest query) {
    QueryNextImageResponse answer =
        files.get(serves).entrySet().stream()
            .filter(file -> file.getKey().imageType().equals(query.current().imageType()))
            .findFirst()
            .<QueryNextImageResponse>map(
                file -> new QueryNextImageResponse.Success(file.getKey(), file.getValue().length()))
            .orElseGet(() -> new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    call(() -> desk.receive(answer));
  }

  /** The device's last request, if it is not answered. */
  private Optional<ZclMessage> request() {
    for (int i = desk.effects.sent.size() - 1; i >= 0; i--) {
      ZclMessage message = desk.effects.sent.get(i).message();
      if (!(message instanceof DefaultResponse)) {
        return message == answered ? Optional.empty() : Optional.of(message);
      }
    }
    return Optional.empty();
  }

  /** The right block; empty where the server has no such file any more. */
  private Optional<ImageBlockResponse.Success> right(ImageId image, long offset, int size) {
    return Optional.ofNullable(files.get(serves).get(image))
        .filter(file -> offset < file.length())
        .map(
            file -> {
              int length = (int) Math.min(Math.min(size, longest), file.length() - offset);
              return new ImageBlockResponse.Success(
                  image, offset, file.slice((int) offset, length));
            });
  }

  private List<ImageBlockResponse.Success> page(ImagePageRequest page) {
    List<ImageBlockResponse.Success> blocks = new ArrayList<>();
    long end = page.fileOffset() + page.pageSizeOctets();
    for (long at = page.fileOffset(); at < end; ) {
      int size = (int) Math.min(page.maximumDataSize(), end - at);
      Optional<ImageBlockResponse.Success> block = right(page.image(), at, size);
      if (block.isEmpty()) {
        return blocks;
      }
      blocks.add(block.get());
      at += block.get().data().length();
    }
    return blocks;
  }

  /** The server answers the last request wrongly. */
  void wrong(Wrong wrong) {
    work();
    Optional<ZclMessage> next = request();
    ImageId image = IMAGES.get(0);
    long offset = 0;
    if (next.isPresent() && next.get() instanceof ImageBlockRequest block) {
      image = block.image();
      offset = block.fileOffset();
    } else if (next.isPresent() && next.get() instanceof ImagePageRequest page) {
      image = page.image();
      offset = page.fileOffset();
    }
    Optional<ImageBlockResponse.Success> right = right(image, offset, DATA_OCTETS);
    if (right.isPresent()) {
      deliver(made(right.get(), wrong));
    }
  }

  private ImageBlockResponse.Success made(ImageBlockResponse.Success right, Wrong wrong) {
    ImageId image = right.image();
    long at = right.fileOffset();
    Octets data = right.data();
    long size = size(image);
    return switch (wrong) {
      case SHORT -> new ImageBlockResponse.Success(image, at, data.slice(0, data.length() / 2));
      case TOO_LONG ->
          new ImageBlockResponse.Success(
              image, at, SeededRandom.of(at, 0, 0).octets(DATA_OCTETS + 9));
      case EMPTY -> new ImageBlockResponse.Success(image, at, Octets.EMPTY);
      case BEFORE -> new ImageBlockResponse.Success(image, Math.max(0, at - DATA_OCTETS), data);
      case AHEAD -> new ImageBlockResponse.Success(image, at + DATA_OCTETS, data);
      case OVERLAPPING -> new ImageBlockResponse.Success(image, Math.max(0, at - 5), data);
      case PAST_THE_END -> new ImageBlockResponse.Success(image, size - 3, data);
      case OF_ANOTHER_VERSION ->
          new ImageBlockResponse.Success(
              image.withVersion(IMAGES.get(1 - serves).fileVersion()), at, changed(data));
      case OF_ANOTHER_TYPE ->
          new ImageBlockResponse.Success(
              ImageId.of(0x121D, 0x0300, image.fileVersion().value()), at, changed(data));
      case OTHER_OCTETS -> new ImageBlockResponse.Success(image, at, changed(data));
    };
  }

  private static Octets changed(Octets data) {
    byte[] octets = data.toByteArray();
    octets[octets.length / 2] ^= 0x55;
    return Octets.wrap(octets);
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
    Optional<ZclMessage> next = request();
    if (next.isPresent() && next.get() instanceof ImageBlockRequest block) {
      right(block.image(), block.fileOffset(), block.maximumDataSize()).ifPresent(onTheAir::add);
      answered = block;
    } else if (next.isPresent() && next.get() instanceof ImagePageRequest page) {
      onTheAir.addAll(page(page));
      answered = page;
    }
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
    Optional<ZclMessage> next = request();
    if (next.isPresent() && status.equals(ZclStatus.ABORT)) {
      call(() -> desk.receive(new ImageBlockResponse.Refusal(status)));
    } else if (next.isPresent()) {
      call(() -> desk.refuse(status));
    }
  }

  /** The server has another version from now on, and the device asks. */
  void replace() {
    serves = 1 - serves;
    input(new DeviceInput.QueryNow());
  }

  void query() {
    input(new DeviceInput.QueryNow());
  }

  /** The server sends blocks of at most so many octets from now on. */
  void blockSize(int octets) {
    longest = octets;
  }

  void restart() {
    start();
  }

  /** The power goes at a storage operation to come: before it, within it or after it. */
  void cut(int operation, int moment) {
    cutAt = operation;
    cutMoment = moment;
  }

  /** Everything is well now: the image must come whole. */
  void ends() {
    cutAt = -1;
    longest = 255;
    ImageId wanted = IMAGES.get(serves);
    for (int i = 0; i < 600 && !isWhole(wanted); i++) {
      if (desk.machine.state() == DeviceState.IDLE || desk.machine.state() == DeviceState.WAITING) {
        input(new DeviceInput.QueryNow());
      }
      if (request().isPresent()) {
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
      answered = null;
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
    if (!setup.inParts && !setup.toFlash && !isOpenBehind) {
      memory.journal().download().map(Journal.Download::image).ifPresent(this::checkSlot);
    }
  }

  private void checkSlot(ImageId image) {
    DeviceState state = desk.machine.state();
    ReassemblyModel model = models.get(image);
    if (model != null && (state == DeviceState.DOWNLOADING || state == DeviceState.PAUSED)) {
      int size = size(image);
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
      int version = IMAGES.indexOf(memory.journal().download().orElseThrow().image());
      int size = WHOLES.get(version).length();
      check(
          memory.read(Slot.B, size).octets(0, size).equals(WHOLES.get(version)),
          "says that it has " + IMAGES.get(version) + ", which is not in its slot");
    }
  }

  private ReassemblyModel model(ImageId file) {
    return models.computeIfAbsent(file, image -> new ReassemblyModel(image, size(image)));
  }

  private int size(ImageId file) {
    return files.stream()
        .filter(version -> version.containsKey(file))
        .mapToInt(version -> version.get(file).length())
        .findFirst()
        .orElse(0);
  }

  /** Takes the two images and nothing else. */
  private static final class OnlyWholes extends Verifier {
    OnlyWholes() {
      super("only wholes");
    }

    @Override
    protected Check check(OctetSource file, OtaHeader header) {
      return WHOLES.contains(file.octets(0, (int) file.size()))
          ? new Check.Passed("it is one of the images", Optional.empty())
          : new Check.Failed(VerificationStep.FORM, "it is none of the images");
    }
  }

  /** Loses its power when it is told to; lets nobody touch what runs. */
  private final class Cutting extends ForwardingImageBank {
    Cutting() {
      super(memory);
    }

    @Override
    public void save(Journal next) {
      operation(() -> super.save(next), () -> {});
    }

    @Override
    public void erase(Slot slot, long fromOctet) {
      check(slot != memory.journal().active(), "erases what runs");
      operation(
          () -> {
            super.erase(slot, fromOctet);
            if (fromOctet == 0) {
              models.clear();
              isOpenBehind = false;
            }
          },
          () -> {});
    }

    @Override
    public void write(Slot slot, long position, Octets data) {
      check(slot != memory.journal().active(), "writes to what runs");
      operation(() -> super.write(slot, position, data), () -> tear(slot, position, data));
    }

    private void tear(Slot slot, long position, Octets data) {
      int unit = setup.geometry().writeOctets();
      int half = (data.length() / unit + 1) / 2 * unit;
      byte[] torn = data.slice(0, Math.min(half, data.length())).toByteArray();
      torn[torn.length - 1] ^= (byte) 0xFF;
      super.write(slot, position, Octets.wrap(torn));
    }

    private void operation(Runnable whole, Runnable part) {
      if (cutAt-- != 0) {
        whole.run();
        return;
      }
      if (cutMoment > 1) {
        whole.run();
      } else if (cutMoment > 0) {
        part.run();
      }
      throw new PowerLost("at a storage operation");
    }
  }
}
