// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.time.Duration;

/**
 * What one side of a connection takes from the other, and how long it waits.
 *
 * @param frameOctets the most octets of one ZCL frame; longer ones are refused
 * @param framesPerMessage how many waiting frames travel in one message at most; 1 sends each alone
 * @param queuedFrames frames of one stream that wait to be written; one more is not queued and ends
 *     as BUSY, so that those that wait longest go first
 * @param waitingFrames frames of one device that wait for its turn at the hub; one more is answered
 *     as BUSY
 * @param unansweredFrames frames of one stream that were written and have no result yet; beyond
 *     them the queue stands still
 * @param resultDeadline a frame without a result for so long ends as NO_ACK, one that waited for so
 *     long to be written as DROPPED
 * @param joinDeadline a stream without a device after so long is closed
 * @param links devices of one stream
 * @param streams streams of one connection
 * @param connections connections of one hub; to make room for another the oldest without a device
 *     is closed
 * @param idle a connection without a stream is closed after so long, one without a finished
 *     handshake after a sixth of it
 * @param refusals frames and joins that may be refused on one stream before it is closed
 */
public record GrpcLimits(
    int frameOctets,
    int framesPerMessage,
    int queuedFrames,
    int waitingFrames,
    int unansweredFrames,
    Duration resultDeadline,
    Duration joinDeadline,
    int links,
    int streams,
    int connections,
    Duration idle,
    int refusals) {
  /** A GBCS message fits a frame many times; a thousand devices fit a stream with room to spare. */
  public static final GrpcLimits DEFAULT =
      new GrpcLimits(
          16_384,
          64,
          16_384,
          1_024,
          16_384,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          10_000,
          64,
          1_024,
          Duration.ofSeconds(60),
          100);

  /** Addresses, sequence, options and tags of one frame take fewer octets than this. */
  static final int FRAME_OVERHEAD_OCTETS = 80;

  /** Sequence, result and tags of one result, without the reason, take no more than this. */
  static final int RESULT_OVERHEAD_OCTETS = 32;

  /** A message stops growing at the size that HTTP/2 carries in one frame. [RFC 9113, 4.2] */
  static final int MESSAGE_FILLED_OCTETS = 16_384;

  /** Frames of one message that are read; a message that is filled has less than half. */
  static final int FRAMES_TAKEN = 1_024;

  /** Results and events of one message that are read; likewise. */
  static final int PARTS_TAKEN = 16_384;

  /**
   * Streams that one connection may reset within {@link #RESETS_WITHIN}: a client ends a stream
   * when it ends itself, or to begin anew. [CVE-2023-44487]
   */
  static final int RESETS = 100;

  static final Duration RESETS_WITHIN = Duration.ofSeconds(10);

  /** Results and events beside the frames of a message. */
  static final int MESSAGE_EXTRA_OCTETS = 1 << 19;

  /** Refuses limits that let nothing through. */
  public GrpcLimits {
    positive("frameOctets", frameOctets);
    positive("framesPerMessage", framesPerMessage);
    positive("queuedFrames", queuedFrames);
    positive("waitingFrames", waitingFrames);
    positive("unansweredFrames", unansweredFrames);
    positive("resultDeadline", resultDeadline.toNanos());
    positive("joinDeadline", joinDeadline.toNanos());
    positive("links", links);
    positive("streams", streams);
    positive("connections", connections);
    positive("idle", idle.toNanos());
    positive("refusals", refusals);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed 1 and more");
    }
  }

  /** The most octets of one message that is read. */
  int messageOctets() {
    return MESSAGE_EXTRA_OCTETS + MESSAGE_FILLED_OCTETS + frameOctets + FRAME_OVERHEAD_OCTETS;
  }

  /** The same limits with another {@link #framesPerMessage}. */
  public GrpcLimits withFramesPerMessage(int frames) {
    return new GrpcLimits(
        frameOctets,
        frames,
        queuedFrames,
        waitingFrames,
        unansweredFrames,
        resultDeadline,
        joinDeadline,
        links,
        streams,
        connections,
        idle,
        refusals);
  }

  /** The same limits with other queues. */
  public GrpcLimits withQueues(int queued, int unanswered) {
    return new GrpcLimits(
        frameOctets,
        framesPerMessage,
        queued,
        waitingFrames,
        unanswered,
        resultDeadline,
        joinDeadline,
        links,
        streams,
        connections,
        idle,
        refusals);
  }

  /** The same limits with other deadlines. */
  public GrpcLimits withDeadlines(Duration result, Duration join, Duration idleFor) {
    return new GrpcLimits(
        frameOctets,
        framesPerMessage,
        queuedFrames,
        waitingFrames,
        unansweredFrames,
        result,
        join,
        links,
        streams,
        connections,
        idleFor,
        refusals);
  }

  /** The same limits for other numbers of devices, streams and connections. */
  public GrpcLimits withCounts(int linksPerStream, int streamsPerConnection, int atOnce) {
    return new GrpcLimits(
        frameOctets,
        framesPerMessage,
        queuedFrames,
        waitingFrames,
        unansweredFrames,
        resultDeadline,
        joinDeadline,
        linksPerStream,
        streamsPerConnection,
        atOnce,
        idle,
        refusals);
  }
}
