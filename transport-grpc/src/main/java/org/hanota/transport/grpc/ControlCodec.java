// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.Answer;
import org.hanota.transport.grpc.v1.DeviceStatus;
import org.hanota.transport.grpc.v1.Failure;
import org.hanota.transport.grpc.v1.GetStatusRequest;
import org.hanota.transport.grpc.v1.HeadEndLink;
import org.hanota.transport.grpc.v1.Image;
import org.hanota.transport.grpc.v1.ImageOrderKind;
import org.hanota.transport.grpc.v1.LastFailure;
import org.hanota.transport.grpc.v1.PhaseTimeout;
import org.hanota.transport.grpc.v1.StartRequest;
import org.hanota.transport.grpc.v1.Status;
import org.hanota.transport.grpc.v1.TimedPhase;

/** The values of a hub's control as the contract writes them. */
final class ControlCodec {
  private ControlCodec() {}

  static org.hanota.transport.grpc.v1.ImageId encode(ImageId image) {
    return org.hanota.transport.grpc.v1.ImageId.newBuilder()
        .setManufacturerCode(image.manufacturerCode().value())
        .setImageType(image.imageType().value())
        .setFileVersion((int) image.fileVersion().value())
        .build();
  }

  static ImageId decode(org.hanota.transport.grpc.v1.ImageId image) {
    return ImageId.of(
        Fields.uint16("manufacturer_code", image.getManufacturerCode()),
        Fields.uint16("image_type", image.getImageType()),
        image.getFileVersion() & Width.UINT32_MAX);
  }

  static HubStatus.Page page(GetStatusRequest request) {
    int limit = request.getLimit();
    if (limit < 0) {
      throw new FormatException(
          "limit", 0, Integer.toUnsignedString(limit), "0 to " + Integer.MAX_VALUE);
    }
    return new HubStatus.Page(
        new Eui64(request.getFromEui64()), limit == 0 ? Integer.MAX_VALUE : limit);
  }

  static Status encode(HubStatus status) {
    Status.Builder out =
        Status.newBuilder()
            .setHubEui64(status.hub().value())
            .setTransferring(status.transferring())
            .setQueued(status.queued())
            .setConcurrentTransfers(status.concurrentTransfers())
            .setKnownDevices(status.knownDevices());
    status.next().ifPresent(next -> out.setNextEui64(next.value()));
    status.devices().forEach(device -> out.addDevices(encode(device)));
    status.outage().ifPresent(out::setOutage);
    status.doubtedUtcMillis().ifPresent(out::setDoubtedUtcMillis);
    status
        .headEnd()
        .ifPresent(
            headEnd ->
                out.setHeadEnd(
                    HeadEndLink.newBuilder()
                        .setAddress(headEnd.address())
                        .setConnected(headEnd.connected())
                        .setReason(headEnd.reason())));
    return out.build();
  }

  private static DeviceStatus encode(HubStatus.DeviceStatus device) {
    DeviceStatus.Builder out =
        DeviceStatus.newBuilder()
            .setEui64(device.device().address().value())
            .setEndpoint(device.device().endpoint())
            .setPhase(org.hanota.transport.grpc.v1.Phase.valueOf("PHASE_" + device.phase().name()))
            .setFileOffset(device.fileOffset())
            .setImageSizeOctets(device.imageSizeOctets())
            .setBlocks(device.blocks());
    device.running().ifPresent(image -> out.setRunning(encode(image)));
    device.hardwareVersion().ifPresent(version -> out.setHardwareVersion(version.value()));
    device.image().ifPresent(image -> out.setImage(encode(image)));
    device.remainingMillis().ifPresent(out::setRemainingMillis);
    device.upgradeUtcMillis().ifPresent(out::setUpgradeUtcMillis);
    device
        .failure()
        .ifPresent(
            failure ->
                out.setLastFailure(
                    LastFailure.newBuilder()
                        .setFailure(encode(failure.failure()))
                        .setDetail(failure.detail())));
    return out.build();
  }

  static HubStatus decode(Status status) {
    List<HubStatus.DeviceStatus> devices =
        status.getDevicesList().stream().map(ControlCodec::decode).toList();
    return new HubStatus(
        new Eui64(status.getHubEui64()),
        devices,
        status.hasNextEui64() ? Optional.of(new Eui64(status.getNextEui64())) : Optional.empty(),
        status.getKnownDevices(),
        status.getTransferring(),
        status.getQueued(),
        status.getConcurrentTransfers(),
        status.hasOutage() ? Optional.of(status.getOutage()) : Optional.empty(),
        status.hasDoubtedUtcMillis()
            ? OptionalLong.of(status.getDoubtedUtcMillis())
            : OptionalLong.empty(),
        status.hasHeadEnd()
            ? Optional.of(
                new HubStatus.HeadEnd(
                    status.getHeadEnd().getAddress(),
                    status.getHeadEnd().getConnected(),
                    status.getHeadEnd().getReason()))
            : Optional.empty());
  }

  private static HubStatus.DeviceStatus decode(DeviceStatus device) {
    return new HubStatus.DeviceStatus(
        Fields.peer("device", device.getEui64(), device.getEndpoint()),
        device.hasRunning() ? Optional.of(decode(device.getRunning())) : Optional.empty(),
        device.hasHardwareVersion()
            ? Optional.of(hardware("hardware_version", device.getHardwareVersion()))
            : Optional.empty(),
        named(Phase.class, "phase", "PHASE_", device.getPhase().name()),
        device.hasImage() ? Optional.of(decode(device.getImage())) : Optional.empty(),
        device.getFileOffset(),
        device.getImageSizeOctets(),
        device.hasRemainingMillis()
            ? OptionalLong.of(device.getRemainingMillis())
            : OptionalLong.empty(),
        device.hasUpgradeUtcMillis()
            ? OptionalLong.of(device.getUpgradeUtcMillis())
            : OptionalLong.empty(),
        device.getBlocks(),
        device.hasLastFailure()
            ? Optional.of(
                new HubStatus.LastFailure(
                    decode(device.getLastFailure().getFailure()),
                    device.getLastFailure().getDetail()))
            : Optional.empty());
  }

  private static HardwareVersion hardware(String field, int value) {
    return new HardwareVersion(Fields.uint16(field, value));
  }

  static Failure encode(UpdateEvent.Failure failure) {
    return Failure.valueOf("FAILURE_" + failure.name());
  }

  static UpdateEvent.Failure decode(Failure failure) {
    return named(UpdateEvent.Failure.class, "failure", "FAILURE_", failure.name());
  }

  /** Both sides name their values alike, but for the prefix that the contract's language asks. */
  private static <E extends Enum<E>> E named(
      Class<E> type, String field, String prefix, String name) {
    for (E value : type.getEnumConstants()) {
      if (name.equals(prefix + value.name())) {
        return value;
      }
    }
    throw new FormatException(
        field, 0, name, "a value of " + type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  static Image encode(CatalogueImage image) {
    Image.Builder out =
        Image.newBuilder()
            .setName(image.name())
            .setImage(encode(image.image()))
            .setSizeOctets(image.sizeOctets())
            .setSha256(ByteString.copyFrom(image.sha256().toByteArray()));
    image.minimumHardwareVersion().ifPresent(v -> out.setMinimumHardwareVersion(v.value()));
    image.maximumHardwareVersion().ifPresent(v -> out.setMaximumHardwareVersion(v.value()));
    image.upgradeFileDestination().ifPresent(to -> out.setUpgradeFileDestination(to.value()));
    image.quarantined().ifPresent(out::setQuarantined);
    image.order().ifPresent(order -> out.setOrder(encode(order)));
    return out.build();
  }

  static CatalogueImage decode(Image image) {
    return new CatalogueImage(
        image.getName(),
        decode(image.getImage()),
        image.getSizeOctets(),
        Octets.wrap(image.getSha256().toByteArray()),
        image.hasMinimumHardwareVersion()
            ? Optional.of(hardware("minimum_hardware_version", image.getMinimumHardwareVersion()))
            : Optional.empty(),
        image.hasMaximumHardwareVersion()
            ? Optional.of(hardware("maximum_hardware_version", image.getMaximumHardwareVersion()))
            : Optional.empty(),
        image.hasUpgradeFileDestination()
            ? Optional.of(new Eui64(image.getUpgradeFileDestination()))
            : Optional.empty(),
        image.hasQuarantined() ? Optional.of(image.getQuarantined()) : Optional.empty(),
        image.hasOrder() ? Optional.of(decode(image.getOrder())) : Optional.empty());
  }

  private static org.hanota.transport.grpc.v1.ImageOrder encode(ImageOrder order) {
    return org.hanota.transport.grpc.v1.ImageOrder.newBuilder()
        .setImage(encode(order.image()))
        .setKind(ImageOrderKind.valueOf("IMAGE_ORDER_KIND_" + order.kind().name()))
        .setOrder(order.order())
        .build();
  }

  private static ImageOrder decode(org.hanota.transport.grpc.v1.ImageOrder order) {
    return new ImageOrder(
        decode(order.getImage()),
        named(ImageOrder.Kind.class, "kind", "IMAGE_ORDER_KIND_", order.getKind().name()),
        order.getOrder());
  }

  static StartRequest encode(Offer offer) {
    StartRequest.Builder out =
        StartRequest.newBuilder()
            .setEui64(offer.device().address().value())
            .setEndpoint(offer.device().endpoint())
            .setImage(encode(offer.image()))
            .setPriority(offer.priority());
    if (offer.when() instanceof UpgradeTime.At at) {
      out.setAtUtcMillis(at.utcMillis());
    } else if (offer.when() instanceof UpgradeTime.Held) {
      out.setHeld(true);
    }
    offer
        .predecessors()
        .ifPresent(
            versions ->
                out.setPredecessors(
                    org.hanota.transport.grpc.v1.VersionRange.newBuilder()
                        .setMinimum((int) versions.minimum().value())
                        .setMaximum((int) versions.maximum().value())));
    offer.downgrade().ifPresent(permission -> out.setDowngradeReason(permission.reason()));
    offer
        .timeouts()
        .millis()
        .forEach(
            (timed, millis) ->
                out.addTimeouts(
                    PhaseTimeout.newBuilder()
                        .setPhase(TimedPhase.valueOf("TIMED_PHASE_" + timed.name()))
                        .setMillis(millis)));
    return out.build();
  }

  static Offer decode(StartRequest request) {
    Offer plain =
        Offer.of(
            Fields.peer("device", request.getEui64(), request.getEndpoint()),
            decode(request.getImage()));
    UpgradeTime when =
        request.hasAtUtcMillis()
            ? new UpgradeTime.At(request.getAtUtcMillis())
            : request.getHeld() ? new UpgradeTime.Held() : plain.when();
    if (request.hasDowngradeReason() && request.getDowngradeReason().isBlank()) {
      throw new FormatException("downgrade_reason", 0, "nothing", "a reason");
    }
    return new Offer(
        plain.device(),
        plain.image(),
        when,
        request.hasPriority() ? request.getPriority() : plain.priority(),
        request.hasDowngradeReason()
            ? Optional.of(DowngradePermission.because(request.getDowngradeReason()))
            : Optional.empty(),
        request.hasPredecessors()
            ? Optional.of(versions(request.getPredecessors()))
            : Optional.empty(),
        timeouts(request.getTimeoutsList()));
  }

  private static VersionRange versions(org.hanota.transport.grpc.v1.VersionRange versions) {
    return new VersionRange(
        new FileVersion(versions.getMinimum() & Width.UINT32_MAX),
        new FileVersion(versions.getMaximum() & Width.UINT32_MAX));
  }

  private static PhaseTimeouts timeouts(List<PhaseTimeout> timeouts) {
    PhaseTimeouts decoded = PhaseTimeouts.NONE;
    for (PhaseTimeout timeout : timeouts) {
      Timed timed = named(Timed.class, "timeouts", "TIMED_PHASE_", timeout.getPhase().name());
      long millis = timeout.getMillis();
      if (millis < 1 || millis > PhaseTimeouts.LONGEST_MS) {
        throw new FormatException(
            "timeouts", 0, Long.toUnsignedString(millis), "1 to " + PhaseTimeouts.LONGEST_MS);
      }
      decoded = decoded.with(timed, millis);
    }
    return decoded;
  }

  static Answer encode(HubControl.Answer answer) {
    return answer instanceof HubControl.Answer.Refused refused
        ? Answer.newBuilder().setReason(refused.reason()).build()
        : Answer.newBuilder().setAccepted(true).build();
  }

  static HubControl.Answer decode(Answer answer) {
    return answer.getAccepted()
        ? new HubControl.Answer.Accepted()
        : new HubControl.Answer.Refused(answer.getReason());
  }
}
