// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.transport.grpc.v1.Result;

/**
 * What became of a frame: FrameResult of the contract.
 *
 * @param sequence the frame's number
 * @param result a value of {@link Result}, or a number of a later contract
 * @param reason for people; empty if there is none
 */
record Answer(long sequence, int result, String reason) {
  static Answer of(long sequence, Result result, String reason) {
    return new Answer(sequence, result.getNumber(), reason);
  }
}
