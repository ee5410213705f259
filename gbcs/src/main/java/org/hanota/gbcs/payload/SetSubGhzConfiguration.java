// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.FieldReader;

/** DBCH04: how a hub uses 868 MHz. */
public sealed interface SetSubGhzConfiguration extends Payload {

  /**
   * The configuration. Shares are in hundredths of a percent; the other numbers are as the hub
   * counts them.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param channelMasks of the pages 28 to 31, each with 27 bits, channel 0 the lowest
   * @param normalLimitedDutyCycleThreshold uint16
   * @param limitedCriticalDutyCycleThreshold uint16
   * @param maximumChannelChangesPerWeek uint8
   * @param gsmeCurfew uint16
   * @param channelQuieterThreshold uint8
   * @param channelNoisierThreshold uint8
   * @param nonGsmePoorCommsPercentage uint16
   * @param nonGsmePoorCommsMeasurementPeriods uint8
   * @param localChNoiseMeasurementPeriod uint16
   * @param localChFailurePercentage uint16
   * @param localChRetryPercentage uint16
   */
  record Command(
      int longInvokeId,
      List<Integer> channelMasks,
      int normalLimitedDutyCycleThreshold,
      int limitedCriticalDutyCycleThreshold,
      int maximumChannelChangesPerWeek,
      int gsmeCurfew,
      int channelQuieterThreshold,
      int channelNoisierThreshold,
      int nonGsmePoorCommsPercentage,
      int nonGsmePoorCommsMeasurementPeriods,
      int localChNoiseMeasurementPeriod,
      int localChFailurePercentage,
      int localChRetryPercentage)
      implements SetSubGhzConfiguration {
    /** One write to the object of the configuration. */
    private static final String SPECIFICATION = "01" + "02" + "000100005E2C0A00" + "02";

    private static final int FIELDS = 15;
    private static final int PAGES = 4;
    private static final int FIRST_PAGE = 28;
    private static final int CHANNELS = 27;
    private static final int MASK_BITS = 32;

    /** Checks the widths. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
      channelMasks = List.copyOf(channelMasks);
      Width.range("channelMasks", channelMasks.size(), PAGES, PAGES);
      channelMasks.forEach(mask -> Width.range("channelMask", mask, 0, (1 << CHANNELS) - 1));
      Width.uint16("normalLimitedDutyCycleThreshold", normalLimitedDutyCycleThreshold);
      Width.uint16("limitedCriticalDutyCycleThreshold", limitedCriticalDutyCycleThreshold);
      Width.uint8("maximumChannelChangesPerWeek", maximumChannelChangesPerWeek);
      Width.uint16("gsmeCurfew", gsmeCurfew);
      Width.uint8("channelQuieterThreshold", channelQuieterThreshold);
      Width.uint8("channelNoisierThreshold", channelNoisierThreshold);
      Width.uint16("nonGsmePoorCommsPercentage", nonGsmePoorCommsPercentage);
      Width.uint8("nonGsmePoorCommsMeasurementPeriods", nonGsmePoorCommsMeasurementPeriods);
      Width.uint16("localChNoiseMeasurementPeriod", localChNoiseMeasurementPeriod);
      Width.uint16("localChFailurePercentage", localChFailurePercentage);
      Width.uint16("localChRetryPercentage", localChRetryPercentage);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("set the sub-GHz configuration");
      in.constant("access-request data", "01");
      Dlms.structure(in, "configuration", FIELDS);
      Integer[] masks = new Integer[PAGES];
      for (int i = 0; i < PAGES; i++) {
        masks[i] = mask(in, FIRST_PAGE + i);
      }
      return new Command(
          id,
          List.of(masks),
          uint16(in, "normalLimitedDutyCycleThreshold"),
          uint16(in, "limitedCriticalDutyCycleThreshold"),
          uint8(in, "maximumChannelChangesPerWeek"),
          uint16(in, "gsmeCurfew"),
          uint8(in, "channelQuieterThreshold"),
          uint8(in, "channelNoisierThreshold"),
          uint16(in, "nonGsmePoorCommsPercentage"),
          uint8(in, "nonGsmePoorCommsMeasurementPeriods"),
          uint16(in, "localChNoiseMeasurementPeriod"),
          uint16(in, "localChFailurePercentage"),
          uint16(in, "localChRetryPercentage"));
    }

    private static int mask(FieldReader in, int page) {
      in.constant("channels type", Width.hex(Dlms.BIT_STRING, 2) + Width.hex(MASK_BITS, 2));
      int at = in.position();
      long bits = in.uint32("channels of page " + page);
      if (bits >>> CHANNELS != page) {
        throw new FormatException(
            "page", at, Width.hex(bits, 8), "page " + page + " in the upper five bits");
      }
      return (int) (bits & ((1 << CHANNELS) - 1));
    }

    private static int uint16(FieldReader in, String field) {
      Dlms.tag(in, field, Dlms.LONG_UNSIGNED);
      return in.uint16(field);
    }

    private static int uint8(FieldReader in, String field) {
      return Dlms.uint8(in, field, Dlms.UNSIGNED);
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
              .octets(Octets.fromHex(SPECIFICATION + "01"))
              .uint8(Dlms.STRUCTURE)
              .uint8(FIELDS);
      for (int i = 0; i < PAGES; i++) {
        long bits = (long) (FIRST_PAGE + i) << CHANNELS | channelMasks.get(i);
        out.uint8(Dlms.BIT_STRING).uint8(MASK_BITS).octets(Octets.fromHex(Width.hex(bits, 8)));
      }
      uint16(out, normalLimitedDutyCycleThreshold);
      uint16(out, limitedCriticalDutyCycleThreshold);
      uint8(out, maximumChannelChangesPerWeek);
      uint16(out, gsmeCurfew);
      uint8(out, channelQuieterThreshold);
      uint8(out, channelNoisierThreshold);
      uint16(out, nonGsmePoorCommsPercentage);
      uint8(out, nonGsmePoorCommsMeasurementPeriods);
      uint16(out, localChNoiseMeasurementPeriod);
      uint16(out, localChFailurePercentage);
      uint16(out, localChRetryPercentage);
      return out.toOctets();
    }

    private static void uint16(OctetWriter out, int value) {
      out.uint8(Dlms.LONG_UNSIGNED).uint16be(value);
    }

    private static void uint8(OctetWriter out, int value) {
      out.uint8(Dlms.UNSIGNED).uint8(value);
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The hub's answer. */
  record Response(int longInvokeId, DataAccessResult result) implements SetSubGhzConfiguration {
    /** Checks the width. */
    public Response {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Response read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      return new Response(id, Dlms.readPlainResult(in, Dlms.SET));
    }

    @Override
    public Octets octets() {
      return Dlms.plainResponse(longInvokeId, Dlms.SET, result);
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }
}
