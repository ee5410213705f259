// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Stored;

/**
 * A request as it concerns one device.
 *
 * @param request which request; its originator owns the track
 * @param device for which device
 * @param kind what is asked for
 * @param image what it is about
 * @param reason why there is this image
 * @param state how far it got
 * @param word why, where it failed
 * @param verdict what the device has said last of the image, if anything; records of versions
 *     before have none
 * @param acceptedUtcMillis when it was accepted
 * @param expiresUtcMillis when it has expired unless something happens; of no meaning at its end
 */
public record Track(
    MessageId request,
    Eui64 device,
    Kind kind,
    Image image,
    ReasonClass reason,
    TrackState state,
    Optional<String> word,
    Optional<Verdict> verdict,
    long acceptedUtcMillis,
    long expiresUtcMillis)
    implements Stored {
  /** What is asked for. */
  public enum Kind {
    /** 11.1: get an image to a device that waits for a command. */
    DISTRIBUTE,
    /** 11.4: get an image to a device that activates it by itself. */
    UPDATE,
    /** 11.3: activate it. */
    ACTIVATE,
    /** 11.3 with the time that means cancellation. */
    CANCEL;

    /** Whether an image travels. */
    public boolean carriesImage() {
      return this == DISTRIBUTE || this == UPDATE;
    }
  }

  /** What a device says of an image that it has. */
  public enum Verdict {
    /** Its signature holds. */
    GOOD,
    /** It does not. */
    BAD
  }

  /** An image by its version and the hash of its Manufacturer Image. */
  public record Image(FileVersion version, Octets hash) {}

  /** Whose request it is. */
  public Eui64 owner() {
    return request.originator();
  }

  /** Whether it has not come to its end. */
  public boolean isOpen() {
    return !state.isFinal();
  }

  /**
   * Whether the device has said that the image is good, and nothing else since. Of what expired
   * only its own word tells that. [hanota H178]
   */
  public boolean isVerified() {
    return switch (state) {
      case VERIFIED -> verdict.filter(Verdict.BAD::equals).isEmpty();
      case EXPIRED -> verdict.filter(Verdict.GOOD::equals).isPresent();
      case ACTIVE -> true;
      case ACCEPTED,
          QUARANTINED,
          ON_WAN,
          AT_HUB,
          ON_HAN,
          RECEIVED,
          ACTIVATION_PENDING,
          FAILED,
          CANCELLED,
          SUPERSEDED ->
          false;
    };
  }

  /** The same in another state. */
  Track in(TrackState next, Optional<String> why, Optional<Verdict> said, long expires) {
    return new Track(
        request, device, kind, image, reason, next, why, said, acceptedUtcMillis, expires);
  }

  @Override
  public String key() {
    return "track " + request + " " + device;
  }
}
