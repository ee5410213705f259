// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/**
 * The table of what one side of a connection takes from the other, and how long it waits. All its
 * rows are choices of ours: neither gRPC nor a standard of ZigBee says how much is enough.
 */
public enum GrpcParameter implements ParameterRow {
  FRAME_OCTETS(
      row("grpcFrameOctets", 16_384, 1, 1 << 20, "octets")
          .means("the most octets of one ZCL frame; longer ones are refused")
          .because("a GBCS message fits it many times")),
  FRAMES_PER_MESSAGE(
      row("grpcFramesPerMessage", 64, 1, GrpcLimits.FRAMES_TAKEN, "frames")
          .means("how many waiting frames travel in one message at most")
          .because("more gain no speed")),
  QUEUED_FRAMES(
      row("grpcQueuedFrames", 16_384, 1, 1 << 20, "frames")
          .means("frames of one stream that wait to be written; one more ends as BUSY")
          .because("a thousand devices fit a stream with room to spare")),
  WAITING_FRAMES(
      row("grpcWaitingFrames", 1_024, 1, 1 << 20, "frames")
          .means("frames of one device that wait for their turn at the hub; one more ends as BUSY")
          .because("an honest device has one request outstanding")),
  UNANSWERED_FRAMES(
      row("grpcUnansweredFrames", 16_384, 1, 1 << 20, "frames")
          .means("frames of one stream without a result; beyond them the queue stands still")
          .because("as many as may wait to be written")),
  RESULT_DEADLINE(
      row("grpcResultDeadline", 10 * SECOND, 1, HOUR, "ms")
          .means("a frame ends as NO_ACK without a result, as DROPPED where it was not written")
          .because("longer than any queue of a healthy hub, short for a person")),
  JOIN_DEADLINE(
      row("grpcJoinDeadline", 10 * SECOND, 1, HOUR, "ms")
          .means("a stream without a device after so long is closed")
          .because("an honest process joins at once")),
  LINKS(
      row("grpcLinks", 10_000, 1, 1 << 20, "devices")
          .means("devices of one stream")
          .because("a test bench of thousands fits")),
  STREAMS(
      row("grpcStreams", 64, 1, 1 << 16, "streams")
          .means("streams of one connection")
          .because("more gain no speed")),
  CONNECTIONS(
      row("grpcConnections", 1_024, 1, 1 << 20, "connections")
          .means("connections of one hub; the oldest without a device makes room for another")
          .because("never more than half of the files that the process may open")),
  IDLE(
      row("grpcIdle", 60 * SECOND, 6, HOUR, "ms")
          .means("a connection without a stream is closed; without a handshake after a sixth")
          .because("strangers hold a descriptor for a minute at most")),
  REFUSALS(
      row("grpcRefusals", 100, 1, 1 << 20, "refusals")
          .means("frames and joins that may be refused on one stream before it is closed")
          .because("an honest process has a fault, not a hundred")),
  RESETS(
      row("grpcResets", 100, 1, 1 << 20, "resets")
          .means("streams that one connection may reset within grpcResetsWithin")
          .because("a client resets a stream to begin anew only: a flood is CVE-2023-44487")),
  RESETS_WITHIN(
      row("grpcResetsWithin", 10 * SECOND, SECOND, HOUR, "ms")
          .means("the time over which resets are counted, in whole seconds")
          .because("longer than a client waits between its attempts")),
  WATCHER_EVENTS(
      row("grpcWatcherEvents", 10_000, 1, 1 << 24, "events")
          .means("events that wait for a client that watches before it is given up")
          .because("ten for each of a thousand devices: more is a reader that has gone away")),
  KEEP_ALIVE(
      row("grpcKeepAlive", 30 * SECOND, 10 * SECOND, HOUR, "ms")
          .means("a hub probes a quiet connection after so long")
          .because("a peer that vanished is found within a minute")),
  KEEP_ALIVE_ANSWER(
      row("grpcKeepAliveAnswer", 10 * SECOND, 1, HOUR, "ms")
          .means("a connection whose probe has no answer after so long is given up")
          .because("longer than a busy moment")),
  KEEP_ALIVE_PERMITTED(
      row("grpcKeepAlivePermitted", 5 * SECOND, 1, HOUR, "ms")
          .means("a client that probes more often than this is turned away")
          .because("well below what devices here do")),
  DEVICE_KEEP_ALIVE(
      row("grpcDeviceKeepAlive", 20 * SECOND, 10 * SECOND, HOUR, "ms")
          .means("devices probe a quiet connection after so long")
          .because("before the hub does, so that they notice first that it has gone")),
  WELCOME(
      row("grpcWelcome", 10 * SECOND, 1, HOUR, "ms")
          .means("a head end that does not answer a hub so long is left for the next address")
          .because("as long as a frame waits for its result")),
  RECONNECT(
      row("grpcReconnect", 200, 1, HOUR, "ms")
          .means("the first pause between attempts to connect; doubles, half of it drawn")
          .because("a hub that restarts is back within a second")),
  RECONNECT_MAXIMUM(
      row("grpcReconnectMaximum", 30 * SECOND, 1, HOUR, "ms")
          .means("the longest such pause")
          .because("a hub that comes back has its devices within half a minute"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  GrpcParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }

  private static Parameter.Cited row(
      String name, long value, long minimum, long maximum, String unit) {
    return Parameter.row(name, value, minimum, maximum, unit, Mark.U).clause("hanota H47");
  }
}
