// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;

/**
 * ECS70 and GCS28: a meter sets its clock if its own time lies in an interval, and goes into
 * service. The clock is set to its hub's time; the interval only says how far off it may be.
 */
public sealed interface SynchroniseClock extends Payload {

  /**
   * The order to an electricity meter.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param validityIntervalStart when the interval begins
   * @param validityIntervalEnd when it ends
   */
  record EsmeCommand(
      int longInvokeId, CosemDateTime validityIntervalStart, CosemDateTime validityIntervalEnd)
      implements SynchroniseClock {
    /** Clock, class 8: clock_base is set, two methods are called, time and status are read. */
    private static final String SPECIFICATION =
        Stream.of("0209", "0305", "0304", "0102", "0104")
            .map(access -> access.substring(0, 2) + Dlms.CLOCK + access.substring(2))
            .reduce("05", String::concat);

    /** A preset time that is not specified: the hub's time counts. */
    private static final String NO_PRESET_TIME = "FFFFFFFFFFFFFFFFFF8000FF";

    /** Checks the width. */
    public EsmeCommand {
      Dlms.checkInvokeId(longInvokeId);
    }

    static EsmeCommand read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("set clock_base; preset_adjusting_time, adjust_to_preset_time; get time, status");
      in.constant("access-request data", "05");
      in.constant("clock_base", "1605");
      Dlms.structure(in, "preset_adjusting_time", 3);
      in.constant("preset_time", "090C" + NO_PRESET_TIME);
      CosemDateTime start = Dlms.dateTime(in, "validity_interval_start");
      CosemDateTime end = Dlms.dateTime(in, "validity_interval_end");
      in.constant("adjust_to_preset_time", "0F00");
      in.constant("access-request data", "0000");
      return new EsmeCommand(id, start, end);
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
              .octets(Octets.fromHex(SPECIFICATION + "05" + "1605" + "0203"));
      Dlms.octetString(out, Octets.fromHex(NO_PRESET_TIME));
      Dlms.octetString(out, validityIntervalStart.octets());
      return Dlms.octetString(out, validityIntervalEnd.octets())
          .octets(Octets.fromHex("0F00" + "0000"))
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /**
   * The electricity meter's answer.
   *
   * @param longInvokeId of the command
   * @param time of its clock
   * @param status uint8, of its clock
   * @param results how the five accesses ended, in the order of the command
   */
  record EsmeResponse(
      int longInvokeId, CosemDateTime time, int status, List<DataAccessResult> results)
      implements SynchroniseClock {
    private static final List<Integer> ACCESSES =
        List.of(Dlms.SET, Dlms.ACTION, Dlms.ACTION, Dlms.GET, Dlms.GET);

    /** Checks widths and number, and keeps an immutable copy. */
    public EsmeResponse {
      Dlms.checkInvokeId(longInvokeId);
      Width.uint8("status", status);
      results = List.copyOf(results);
      Width.range("results", results.size(), ACCESSES.size(), ACCESSES.size());
    }

    /** Whether the clock was set. */
    public boolean isDone() {
      return results.stream().allMatch(DataAccessResult.SUCCESS::equals);
    }

    static EsmeResponse read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      in.constant("access-response data", "0005000000");
      CosemDateTime time = Dlms.dateTime(in, "time");
      int status = Dlms.uint8(in, "status", Dlms.UNSIGNED);
      in.constant("access-response-specification", "05");
      DataAccessResult[] results = new DataAccessResult[ACCESSES.size()];
      for (int i = 0; i < results.length; i++) {
        in.constant("access-response-specification", Width.hex(ACCESSES.get(i), 2));
        results[i] = in.code8("result", DataAccessResult.ALL);
      }
      return new EsmeResponse(id, time, status, List.of(results));
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.ACCESS_RESPONSE, longInvokeId).octets(Octets.fromHex("0005000000"));
      Dlms.octetString(out, time.octets()).uint8(Dlms.UNSIGNED).uint8(status);
      out.uint8(ACCESSES.size());
      for (int i = 0; i < ACCESSES.size(); i++) {
        out.uint8(ACCESSES.get(i)).uint8(results.get(i).code());
      }
      return out.toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /**
   * The order to a gas meter.
   *
   * @param validityIntervalStart when the interval begins
   * @param validityIntervalEnd when it ends
   */
  record GsmeCommand(GeneralizedTime validityIntervalStart, GeneralizedTime validityIntervalEnd)
      implements SynchroniseClock {
    static GsmeCommand read(FieldReader in) {
      FieldReader s = in.sequence("CommandPayload");
      GsmeCommand command =
          new GsmeCommand(
              s.generalizedTime("validityIntervalStart"), s.generalizedTime("validityIntervalEnd"));
      s.end("CommandPayload");
      return command;
    }

    @Override
    public Octets octets() {
      return Der.sequence(validityIntervalStart.der(), validityIntervalEnd.der());
    }
  }

  /** What a gas meter's clock is worth. That 0 is the good end is known, the others inferred. */
  enum DeviceTimeStatus implements Coded {
    /** It was set. */
    RELIABLE(0, "reliable"),
    /** It shows no time. */
    INVALID(1, "invalid"),
    /** It shows a time that was not set. */
    UNRELIABLE(2, "unreliable");

    private static final List<DeviceTimeStatus> ALL = List.of(values());

    private final int code;
    private final String officialName;

    DeviceTimeStatus(int code, String officialName) {
      this.code = code;
      this.officialName = officialName;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String officialName() {
      return officialName;
    }
  }

  /** The gas meter's answer: its time, and what that is worth. */
  record GsmeResponse(GeneralizedTime deviceTime, DeviceTimeStatus deviceTimeStatus)
      implements SynchroniseClock {
    static GsmeResponse read(FieldReader in) {
      FieldReader s = in.sequence("ResponsePayload");
      GsmeResponse response =
          new GsmeResponse(
              s.generalizedTime("deviceTime"),
              s.codeInteger("deviceTimeStatus", DeviceTimeStatus.ALL));
      s.end("ResponsePayload");
      return response;
    }

    @Override
    public Octets octets() {
      return Der.sequence(deviceTime.der(), Der.integer(deviceTimeStatus.code()));
    }
  }
}
