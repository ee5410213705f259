// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.UpdateEvent;

/** A control that remembers what it was asked and has a status with every field. */
final class ScriptedControl implements HubControl {
  static final ImageId IMAGE = ImageId.of(0x10D4, 0x0001, 0xFFFF_FFFEL);

  final List<Offer> offers = new ArrayList<>();
  final List<HubStatus.Page> pages = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<Consumer<UpdateEvent>> listeners = new CopyOnWriteArrayList<>();

  @Override
  public HubStatus status(HubStatus.Page page) {
    List<HubStatus.DeviceStatus> all = devices();
    List<HubStatus.DeviceStatus> from =
        all.stream()
            .filter(device -> device.device().address().compareTo(page.from()) >= 0)
            .toList();
    int shown = Math.min(from.size(), page.limit());
    pages.add(page);
    return new HubStatus(
        Han.HUB.address(),
        from.subList(0, shown),
        from.stream().skip(shown).map(device -> device.device().address()).findFirst(),
        all.size(),
        1,
        2,
        3,
        Optional.of("the disk is full"),
        OptionalLong.of(1_900_000_000_123L),
        Optional.empty());
  }

  private static List<HubStatus.DeviceStatus> devices() {
    return List.of(
        new HubStatus.DeviceStatus(
            Han.device(1),
            Optional.of(IMAGE),
            Optional.of(new HardwareVersion(0x0102)),
            Phase.TRANSFERRING,
            Optional.of(IMAGE),
            1_000,
            768_000,
            OptionalLong.of(5_000),
            OptionalLong.empty(),
            20,
            Optional.empty()),
        new HubStatus.DeviceStatus(
            Han.device(2),
            Optional.empty(),
            Optional.empty(),
            Phase.FAILED,
            Optional.empty(),
            0,
            0,
            OptionalLong.empty(),
            OptionalLong.of(1_800_000_000_123L),
            0,
            Optional.of(new HubStatus.LastFailure(UpdateEvent.Failure.ROLLED_BACK, "no boot"))));
  }

  @Override
  public List<CatalogueImage> catalogue() {
    return List.of(
        new CatalogueImage(
            "a.ota",
            IMAGE,
            768_000,
            Octets.wrap(new byte[32]),
            Optional.of(new HardwareVersion(1)),
            Optional.of(new HardwareVersion(2)),
            Optional.of(Han.device(1).address()),
            Optional.of("failed 3 times"),
            Optional.of(
                new ImageOrder(IMAGE, ImageOrder.Kind.ABORTED, "alice: drains the battery"))),
        new CatalogueImage(
            "b.ota",
            IMAGE,
            5,
            Octets.wrap(new byte[32]),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  @Override
  public Answer start(Offer offer) {
    offers.add(offer);
    return new Answer.Accepted();
  }

  @Override
  public Answer pause(Eui64 device) {
    asked.add("pause " + device);
    return new Answer.Accepted();
  }

  @Override
  public Answer resume(Eui64 device) {
    asked.add("resume " + device);
    return new Answer.Refused("it is not paused");
  }

  @Override
  public Answer abort(Eui64 device, String order) {
    asked.add("abort " + device);
    return new Answer.Accepted();
  }

  @Override
  public Answer pause(ImageId image, String order) {
    asked.add("pause " + image + " " + order);
    return new Answer.Accepted();
  }

  @Override
  public Answer resume(ImageId image) {
    asked.add("resume " + image);
    return new Answer.Refused("nothing was said of it");
  }

  @Override
  public Answer abort(ImageId image, String order) {
    asked.add("abort " + image + " " + order);
    return new Answer.Accepted();
  }

  @Override
  public AutoCloseable progress(Consumer<UpdateEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
