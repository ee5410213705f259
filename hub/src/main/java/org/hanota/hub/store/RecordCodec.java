// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import static org.hanota.hub.store.RecordFields.flag;
import static org.hanota.hub.store.RecordFields.hash;
import static org.hanota.hub.store.RecordFields.image;
import static org.hanota.hub.store.RecordFields.named;
import static org.hanota.hub.store.RecordFields.optional;
import static org.hanota.hub.store.RecordFields.peer;
import static org.hanota.hub.store.RecordFields.text;
import static org.hanota.hub.store.RecordFields.timeouts;
import static org.hanota.hub.store.RecordFields.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.catalogue.Series;

/** A record as octets, in the newest schema. */
final class RecordCodec {
  private RecordCodec() {}

  static Octets encode(TransferRecord record) {
    OctetWriter out = new OctetWriter(128);
    peer(record.name().client(), out);
    out.uint16be(record.name().imageType().value());
    optional(record.running(), out, RecordFields::image);
    optional(record.hardwareVersion(), out, (version, to) -> to.uint16be(version.value()));
    text(record.phase().name(), out);
    optional(record.offer(), out, RecordCodec::offer);
    when(record.notBefore(), out);
    out.int64be(record.turn()).int64be(record.sinceUtcMillis()).int64be(record.phaseUtcMillis());
    optional(record.failure(), out, RecordCodec::failure);
    timeouts(record.offer().map(Offer::timeouts).orElse(PhaseTimeouts.NONE), out);
    optional(
        record.series(),
        out,
        (series, to) -> {
          image(series.image(), to);
          to.uint8(series.partsReceived()).uint8(series.parts());
        });
    optional(record.file(), out, RecordFields::hash);
    optional(
        record.received(),
        out,
        (received, to) -> {
          image(received.image(), to);
          hash(received.sha256(), to);
          flag(received.witnessed(), to);
        });
    flag(record.withdrawn(), out);
    out.uint8(record.ends().size());
    record.ends().forEach(end -> end(end, out));
    optional(record.offer().flatMap(Offer::predecessors), out, RecordFields::versions);
    return out.toOctets();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws FormatException if it is anything else
   */
  static TransferRecord decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    Peer client = peer(in);
    UpdateName name = new UpdateName(client, new ImageType(in.uint16be("image type")));
    Optional<ImageId> running = optional(in, "running", RecordFields::image);
    Optional<HardwareVersion> hardware =
        optional(in, "hardware", from -> new HardwareVersion(from.uint16be("hardware version")));
    Phase phase = named(Phase.class, in, "phase");
    Optional<Offer> offer = optional(in, "offer", from -> offer(from, client));
    UpgradeTime notBefore = when(in);
    long turn = in.int64be("turn");
    long since = in.int64be("since");
    long phaseSince = in.int64be("phase since");
    Optional<HubStatus.LastFailure> failure = optional(in, "failure", RecordCodec::failure);
    PhaseTimeouts timeouts = timeouts(in);
    Optional<Series> series = optional(in, "series", RecordCodec::series);
    Optional<Octets> file = optional(in, "file", RecordFields::hash);
    Optional<ReceivedImage> received =
        optional(
            in,
            "received",
            from -> new ReceivedImage(image(from), hash(from), flag(from, "witnessed")));
    boolean withdrawn = flag(in, "withdrawn");
    List<FileEnd> ends = new ArrayList<>();
    int count = in.uint8("ends");
    for (int i = 0; i < count; i++) {
      ends.add(end(in));
    }
    Optional<VersionRange> predecessors = optional(in, "predecessors", RecordFields::versions);
    in.end("record");
    return new TransferRecord(
        name,
        running,
        hardware,
        phase,
        offer
            .map(plain -> plain.withTimeouts(timeouts))
            .map(plain -> predecessors.map(plain::following).orElse(plain)),
        notBefore,
        turn,
        since,
        phaseSince,
        failure,
        series,
        file,
        received,
        withdrawn,
        ends);
  }

  /** Reads what schema 5 had: one record for each device, whatever its image types. */
  static TransferRecord decode5(Octets octets) {
    OctetReader in = new OctetReader(octets);
    Peer client = peer(in);
    Optional<ImageId> running = optional(in, "running", RecordFields::image);
    Optional<HardwareVersion> hardware =
        optional(in, "hardware", from -> new HardwareVersion(from.uint16be("hardware version")));
    Phase phase = named(Phase.class, in, "phase");
    Optional<Offer> offer = optional(in, "offer", from -> offer(from, client));
    long turn = in.int64be("turn");
    long since = in.int64be("since");
    Optional<HubStatus.LastFailure> failure = optional(in, "failure", RecordCodec::failure);
    long phaseSince = in.int64be("phase since");
    PhaseTimeouts timeouts = timeouts(in);
    Optional<Series> series = optional(in, "series", RecordCodec::series);
    Optional<ImageId> received = optional(in, "received", RecordFields::image);
    boolean withdrawn = flag(in, "withdrawn");
    Optional<FileEnd> failed =
        optional(
            in,
            "failed",
            from ->
                new FileEnd(
                    hash(from),
                    Optional.of(
                        new HubStatus.LastFailure(Failure.INVALID_IMAGE, "the device refuses it")),
                    from.uint8("times"),
                    true,
                    Now.UTC_UNKNOWN));
    in.end("record");
    ImageType type =
        offer
            .map(Offer::image)
            .or(() -> series.map(Series::image))
            .or(() -> received)
            .or(() -> running)
            .map(ImageId::imageType)
            .orElse(ImageType.WILD_CARD);
    return new TransferRecord(
        new UpdateName(client, type),
        running,
        hardware,
        phase,
        offer.map(plain -> plain.withTimeouts(timeouts)),
        offer.map(Offer::when).orElse(new UpgradeTime.Now()),
        turn,
        since,
        phaseSince,
        failure,
        series,
        Optional.empty(),
        received.map(image -> new ReceivedImage(image, Octets.EMPTY, false)),
        withdrawn,
        failed.stream().toList());
  }

  private static Series series(OctetReader in) {
    ImageId image = image(in);
    int at = in.position();
    int received = in.uint8("parts received");
    int parts = in.uint8("parts");
    try {
      return new Series(image, received, parts);
    } catch (IllegalArgumentException fault) {
      throw new FormatException("parts", at, received + " of " + parts, "a part to receive");
    }
  }

  private static void end(FileEnd end, OctetWriter out) {
    hash(end.sha256(), out);
    optional(end.failure(), out, RecordCodec::failure);
    out.uint8(end.failures());
    flag(end.witness(), out);
    out.int64be(end.utcMillis());
  }

  private static FileEnd end(OctetReader in) {
    return new FileEnd(
        hash(in),
        optional(in, "failure", RecordCodec::failure),
        in.uint8("failures"),
        flag(in, "witness"),
        in.int64be("ended"));
  }

  private static void failure(HubStatus.LastFailure failure, OctetWriter out) {
    text(failure.failure().name(), out);
    text(failure.detail(), out);
  }

  private static HubStatus.LastFailure failure(OctetReader in) {
    return new HubStatus.LastFailure(named(Failure.class, in, "failure"), text(in, "detail"));
  }

  /** What waits for a device. */
  static Octets encode(Peer device, List<Octets> messages) {
    OctetWriter out = new OctetWriter(1_024);
    peer(device, out);
    out.uint8(messages.size());
    for (Octets message : messages) {
      out.uint32be(message.length()).octets(message);
    }
    return out.toOctets();
  }

  static List<Octets> messages(OctetReader in) {
    List<Octets> messages = new ArrayList<>();
    int count = in.uint8("messages");
    for (int i = 0; i < count; i++) {
      int at = in.position();
      long length = in.uint32be("length");
      if (length > in.remaining()) {
        throw new FormatException("length", at, length + "", "up to " + in.remaining());
      }
      messages.add(in.octets("message", (int) length).copy());
    }
    in.end("messages");
    return messages;
  }

  static Octets encode(ImageOrder order) {
    OctetWriter out = new OctetWriter(64);
    image(order.image(), out);
    text(order.kind().name(), out);
    text(order.order(), out);
    return out.toOctets();
  }

  static ImageOrder order(Octets octets) {
    OctetReader in = new OctetReader(octets);
    ImageOrder order =
        new ImageOrder(image(in), named(ImageOrder.Kind.class, in, "kind"), text(in, "order"));
    in.end("order");
    return order;
  }

  private static void offer(Offer offer, OctetWriter out) {
    image(offer.image(), out);
    when(offer.when(), out);
    out.int64be(offer.priority());
    flag(offer.downgrade().isPresent(), out);
    offer.downgrade().ifPresent(permission -> text(permission.reason(), out));
  }

  private static Offer offer(OctetReader in, Peer device) {
    ImageId image = image(in);
    UpgradeTime when = when(in);
    int priority = Math.toIntExact(in.int64be("priority"));
    Optional<DowngradePermission> downgrade =
        optional(in, "downgrade", from -> DowngradePermission.because(text(from, "reason")));
    return new Offer(device, image, when, priority, downgrade);
  }
}
