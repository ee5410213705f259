// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import java.util.Optional;

/** What one stimulus does to one track; the table says where it leads. */
final class TrackMove {
  private final Track track;
  private final String detail;
  private Optional<String> word = Optional.empty();
  private Optional<Track.Verdict> verdict;
  private boolean isBeside;

  TrackMove(Track track, String detail) {
    this.track = track;
    this.detail = detail;
    this.verdict = track.verdict();
  }

  /** It goes on. */
  void goOn() {
    word = Optional.empty();
  }

  /** It ends, and why. */
  void end() {
    word = Optional.of(detail);
  }

  /** It goes on, and the device says that the image is good. */
  void good() {
    goOn();
    verdict = Optional.of(Track.Verdict.GOOD);
  }

  /** It ends, as the device says that the image is bad. */
  void bad() {
    end();
    verdict = Optional.of(Track.Verdict.BAD);
  }

  /** The device's word that the image is good is written beside. */
  void goodBeside() {
    beside();
    verdict = Optional.of(Track.Verdict.GOOD);
  }

  /** The device's word that the image is bad is written beside. */
  void badBeside() {
    beside();
    verdict = Optional.of(Track.Verdict.BAD);
  }

  /** It does not matter any more, and is written beside. */
  void beside() {
    word = track.word();
    isBeside = true;
  }

  Optional<String> word() {
    return word;
  }

  Optional<Track.Verdict> verdict() {
    return verdict;
  }

  boolean isBeside() {
    return isBeside;
  }
}
