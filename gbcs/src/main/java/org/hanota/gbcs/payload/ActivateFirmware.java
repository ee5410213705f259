// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;

/** CS06 Activate Firmware, and the alert that ends a future dated one. [GBCS 11.5] */
public sealed interface ActivateFirmware extends Payload {

  /** When the image shall be activated. */
  sealed interface Activation {
    /** At once: the Command carries no execution time. */
    record Now() implements Activation {}

    /** At a time. */
    record At(GeneralizedTime executionDateTime) implements Activation {
      /** Refuses the time that means cancellation. */
      public At {
        if (executionDateTime.equals(GeneralizedTime.CANCELLATION)) {
          throw new IllegalArgumentException(
              "executionDateTime is " + executionDateTime + ", which means cancellation");
        }
      }
    }

    /** Not at all: what was future dated is forgotten. */
    record Cancel() implements Activation {}
  }

  /**
   * The order to activate the image with this hash.
   *
   * @param manufacturerImageHash 32 octets, SHA-256 of the Manufacturer Image
   * @param originatorCounter 0 to 2^63-1, the grouping header's
   * @param activation now, at a time, or cancel
   */
  record Command(Octets manufacturerImageHash, long originatorCounter, Activation activation)
      implements ActivateFirmware {
    /** Checks the widths. */
    public Command {
      Hash.check(manufacturerImageHash);
      Width.range("originatorCounter", originatorCounter, 0, Long.MAX_VALUE);
    }

    static Command read(FieldReader in) {
      FieldReader s = in.sequence("CommandPayload");
      Octets hash = s.octetString("manufacturerImageHash", Hash.LENGTH);
      long counter = s.integer("originatorCounter", Long.MAX_VALUE);
      Activation activation = new Activation.Now();
      if (s.remaining() > 0) {
        GeneralizedTime time = s.generalizedTime("executionDateTime");
        boolean cancel = time.equals(GeneralizedTime.CANCELLATION);
        s.means(cancel ? time + ", cancel" : time.toString());
        activation = cancel ? new Activation.Cancel() : new Activation.At(time);
      }
      s.end("CommandPayload");
      return new Command(hash, counter, activation);
    }

    @Override
    public Octets octets() {
      Octets time = Octets.EMPTY;
      if (activation instanceof Activation.At at) {
        time = at.executionDateTime().der();
      } else if (activation instanceof Activation.Cancel) {
        time = GeneralizedTime.CANCELLATION.der();
      }
      return Der.sequence(
          Der.octetString(manufacturerImageHash), Der.integer(originatorCounter), time);
    }

    @Override
    public boolean agreesWith(long counter) {
      return originatorCounter == counter;
    }
  }

  /** The device's answer. */
  sealed interface Response extends ActivateFirmware {
    /** Reads either form. */
    static Response read(FieldReader in) {
      if (in.peek() == Der.NULL) {
        in.nothing("commandAccepted");
        return new CommandAccepted();
      }
      return ExecutionOutcome.read(in);
    }
  }

  /** A future dated Command, or its cancellation, was accepted. */
  record CommandAccepted() implements Response {
    @Override
    public Octets octets() {
      return Der.nothing();
    }
  }

  /** How an activation ended. */
  enum ActivateImageResponseCode implements Coded {
    /** The image runs. */
    SUCCESS(0, "success"),
    /** The device stores no image. */
    NO_IMAGE_HELD(1, "noImageHeld"),
    /** The stored image has another hash. */
    HASH_MISMATCH(2, "hashMismatch"),
    /** The device tried and failed. */
    ACTIVATION_FAILURE(3, "activationFailure");

    private static final List<ActivateImageResponseCode> ALL = List.of(values());

    private final int code;
    private final String officialName;

    ActivateImageResponseCode(int code, String officialName) {
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

  /**
   * The outcome of a Command that was carried out at once, or part of the {@link Alert}.
   *
   * @param activateImageResponseCode how it ended
   * @param firmwareVersion the version that runs now
   */
  record ExecutionOutcome(
      ActivateImageResponseCode activateImageResponseCode, FileVersion firmwareVersion)
      implements Response {
    static ExecutionOutcome read(FieldReader in) {
      FieldReader s = in.sequence("executionOutcome");
      ExecutionOutcome outcome =
          new ExecutionOutcome(
              s.codeInteger("activateImageResponseCode", ActivateImageResponseCode.ALL),
              Hash.readVersion(s));
      s.end("executionOutcome");
      return outcome;
    }

    @Override
    public Octets octets() {
      return Der.sequence(
          Der.integer(activateImageResponseCode.code()), Hash.version(firmwareVersion));
    }
  }

  /**
   * The outcome of a future dated Command; message code 0x00CA.
   *
   * @param alertCode 0x8F66 actioned, 0x8F67 not
   * @param executionDateTime of the Command
   * @param originatorCounter of the Command, 0 to 2^63-1
   * @param executionOutcome how it ended
   */
  record Alert(
      AlertCode alertCode,
      GeneralizedTime executionDateTime,
      long originatorCounter,
      ExecutionOutcome executionOutcome)
      implements ActivateFirmware {
    private static final List<AlertCode> ALLOWED =
        List.of(
            AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED,
            AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED);

    /** Checks alert code and width. */
    public Alert {
      alertCode.among(ALLOWED);
      Width.range("originatorCounter", originatorCounter, 0, Long.MAX_VALUE);
      boolean succeeded =
          executionOutcome.activateImageResponseCode() == ActivateImageResponseCode.SUCCESS;
      boolean tellsSo =
          alertCode == AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED;
      if (succeeded != tellsSo) {
        throw new IllegalArgumentException(
            "alertCode is "
                + alertCode
                + " and the outcome "
                + executionOutcome.activateImageResponseCode()
                + "; allowed are two that agree");
      }
    }

    static Alert read(FieldReader in) {
      FieldReader s = in.sequence("AlertPayload");
      int at = s.position();
      AlertCode code = s.codeInteger("alertCode", ALLOWED);
      GeneralizedTime time = s.generalizedTime("executionDateTime");
      long counter = s.integer("originatorCounter", Long.MAX_VALUE);
      ExecutionOutcome outcome = ExecutionOutcome.read(s);
      s.end("AlertPayload");
      try {
        return new Alert(code, time, counter, outcome);
      } catch (IllegalArgumentException contradiction) {
        throw new FormatException(
            "alertCode",
            at,
            code + " with " + outcome.activateImageResponseCode(),
            "a code that agrees with the outcome");
      }
    }

    @Override
    public Octets octets() {
      return Der.sequence(
          Der.integer(alertCode.code()),
          executionDateTime.der(),
          Der.integer(originatorCounter),
          executionOutcome.octets());
    }
  }
}
