// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.Stored;
import org.hanota.keys.Sha256;

/**
 * A request and what was said to it: the same request again gets the same answer and does nothing.
 *
 * @param request as it came; once it has ended, with the SHA-256 of its image in the image's place
 * @param acknowledgement what was answered at once
 * @param preCommand the pre-command that was given out
 * @param signed the signed pre-command and its acknowledgement, once it came
 * @param waiting what is waited for, if anything is
 */
public record Asked(
    Request request,
    Response acknowledgement,
    Optional<Octets> preCommand,
    Optional<Signed> signed,
    Optional<Waiting> waiting)
    implements Stored {
  private static final int HASH_LENGTH = 32;

  /**
   * Something happens unless something else does before.
   *
   * @param utcMillis when
   * @param isForItsTime whether the command is to be sent then; else its answer is late then
   */
  public record Waiting(long utcMillis, boolean isForItsTime) {}

  /** The second half of a critical request. */
  public record Signed(Request request, Response acknowledgement) {}

  /** A request that nothing is waited for. */
  static Asked of(Request request, Response acknowledgement) {
    return new Asked(
        request, acknowledgement, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Which request. */
  public MessageId id() {
    return request.id();
  }

  /** Whether it was accepted. */
  public boolean isAccepted() {
    return !acknowledgement.code().isError();
  }

  /** The image that it sends; its SHA-256 once it has ended and lost it. */
  Optional<Octets> image() {
    return image(request);
  }

  /** The image that a request sends. */
  static Optional<Octets> image(Request request) {
    if (request.body() instanceof FirmwareRequest.UpdateFirmware update) {
      return Optional.of(update.firmwareImage());
    }
    return request.body() instanceof FirmwareRequest.UpdatePpmidFirmware update
        ? Optional.of(update.firmwareImage())
        : Optional.empty();
  }

  /** Whether it has more than the SHA-256 of an image, for which no image is small enough. */
  boolean hasImage() {
    return image().filter(image -> image.length() != HASH_LENGTH).isPresent();
  }

  /** The same with another copy of its image. */
  Asked withImage(Octets image) {
    return new Asked(withImage(request, image), acknowledgement, preCommand, signed, waiting);
  }

  private static Request withImage(Request request, Octets image) {
    FirmwareRequest body =
        request.body() instanceof FirmwareRequest.UpdateFirmware update
            ? new FirmwareRequest.UpdateFirmware(image, update.firmwareVersion(), update.devices())
            : new FirmwareRequest.UpdatePpmidFirmware(
                image,
                ((FirmwareRequest.UpdatePpmidFirmware) request.body()).firmwareVersion(),
                ((FirmwareRequest.UpdatePpmidFirmware) request.body()).devices());
    return new Request(
        request.schemaVersion(), request.id(), request.commandVariant(), request.service(), body);
  }

  /** The same with its image's SHA-256 in the place of the image, which nobody needs any more. */
  Asked withoutImage() {
    return withImage(Sha256.of(image().orElseThrow()));
  }

  /** Whether {@code other} is this request, come again. */
  boolean isOf(Request other) {
    if (request.equals(other)) {
      return true;
    }
    Optional<Octets> image = image(other);
    return image.isPresent()
        && image().isPresent()
        && !hasImage()
        && withImage(other, Sha256.of(image.get())).equals(request);
  }

  Asked preCommand(Octets given) {
    return new Asked(request, acknowledgement, Optional.of(given), signed, waiting);
  }

  Asked signed(Signed with) {
    return new Asked(request, acknowledgement, preCommand, Optional.of(with), waiting);
  }

  Asked waitsFor(Waiting next) {
    return new Asked(request, acknowledgement, preCommand, signed, Optional.of(next));
  }

  Asked waitsForNothing() {
    return new Asked(request, acknowledgement, preCommand, signed, Optional.empty());
  }

  @Override
  public String key() {
    return key(id());
  }

  /** The key of the request with that id. */
  static String key(MessageId id) {
    return "request " + id;
  }
}
