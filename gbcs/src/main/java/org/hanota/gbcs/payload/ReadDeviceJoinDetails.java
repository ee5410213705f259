// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** CS07: read what a device has joined. */
public sealed interface ReadDeviceJoinDetails extends Payload {

  /** Asks what a device has joined. */
  record Command() implements ReadDeviceJoinDetails {
    static Command read(FieldReader in) {
      in.nothing("CommandPayload");
      return new Command();
    }

    @Override
    public Octets octets() {
      return Der.nothing();
    }
  }

  /** One joined device. */
  record DeviceLogEntry(Eui64 deviceId, DeviceType deviceType) {}

  /** The answer: what it has joined, or why it cannot be read. */
  sealed interface Response extends ReadDeviceJoinDetails {
    /** Reads either form. */
    static Response read(FieldReader in) {
      FieldReader s = in.sequence("ResponsePayload");
      if (s.codeInteger("responseCode", SuccessOrFailure.ALL) == SuccessOrFailure.FAILURE) {
        s.end("ResponsePayload");
        return new ReadFailure();
      }
      FieldReader list = s.sequence("deviceLogEntries");
      List<DeviceLogEntry> entries = new ArrayList<>();
      while (list.remaining() > 0) {
        FieldReader entry = list.sequence("deviceLogEntry");
        entries.add(
            new DeviceLogEntry(
                entry.octetStringEui64("deviceId"),
                entry.codeInteger("deviceType", DeviceType.ALL)));
        entry.end("deviceLogEntry");
      }
      s.end("ResponsePayload");
      return new DeviceLogEntries(entries);
    }
  }

  /** The device log could not be read. The form is inferred: no reference message has it. */
  record ReadFailure() implements Response {
    @Override
    public Octets octets() {
      return Der.sequence(Der.integer(SuccessOrFailure.FAILURE.code()));
    }
  }

  /** What the device has joined. */
  record DeviceLogEntries(List<DeviceLogEntry> deviceLogEntries) implements Response {
    /** Keeps an immutable copy. */
    public DeviceLogEntries {
      deviceLogEntries = List.copyOf(deviceLogEntries);
    }

    @Override
    public Octets octets() {
      Octets[] entries =
          deviceLogEntries.stream()
              .map(
                  entry ->
                      Der.sequence(
                          Der.octetString(entry.deviceId().octets()),
                          Der.integer(entry.deviceType().code())))
              .toArray(Octets[]::new);
      return Der.sequence(Der.integer(SuccessOrFailure.SUCCESS.code()), Der.sequence(entries));
    }
  }
}
