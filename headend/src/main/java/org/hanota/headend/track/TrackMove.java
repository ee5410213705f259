// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.track;

import java.util.Optional;

/** What one stimulus does to one track; the table says where it leads. */
final class TrackMove {
  private final Track track;
  private final String detail;
  private Optional<String> word = Optional.empty();
  private boolean isBeside;

  TrackMove(Track track, String detail) {
    this.track = track;
    this.detail = detail;
  }

  /** It goes on. */
  void goOn() {
    word = Optional.empty();
  }

  /** It ends, and why. */
  void end() {
    word = Optional.of(detail);
  }

  /** It does not matter any more, and is written beside. */
  void beside() {
    word = track.word();
    isBeside = true;
  }

  Optional<String> word() {
    return word;
  }

  boolean isBeside() {
    return isBeside;
  }
}
