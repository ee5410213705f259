// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.Acceptance.Accepted;
import org.hanota.gbcs.Acceptance.Refusal;
import org.hanota.gbcs.Acceptance.Refused;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.payload.MessageCode;

/**
 * A device's gate for commands: form, recipient, originator, dates of certificates, signature, MAC,
 * counter, in this order, and only then whether the use case is known. What the command asks for is
 * done by the device's own logic afterwards. [GBCS 11.5]
 */
public final class CommandReceiver {
  private final Eui64 recipient;
  private final Eui64 accessControlBroker;
  private final KeyStore keys;
  private final CounterStore counters;

  /**
   * @param recipient this device
   * @param accessControlBroker who adds the MAC
   * @param keys this device's key agreement key and the certificates it trusts
   * @param counters of the originators
   */
  public CommandReceiver(
      Eui64 recipient, Eui64 accessControlBroker, KeyStore keys, CounterStore counters) {
    this.recipient = recipient;
    this.accessControlBroker = accessControlBroker;
    this.keys = keys;
    this.counters = counters;
  }

  /**
   * Checks a received command; the counter is stored before this returns that it is accepted.
   *
   * @param utcMillis as for {@link #check}
   */
  public Acceptance accept(Octets received, OptionalLong utcMillis) {
    Acceptance acceptance = check(received, utcMillis);
    if (acceptance instanceof Accepted accepted) {
      accepted(accepted.message());
    }
    return acceptance;
  }

  /**
   * Remembers the counter of a command that {@link #check} has let pass, so that it passes no
   * second time. A device that keeps what a command asks for calls it after it has done so: a power
   * cut between the two leaves a command that passes again, and none that is lost.
   */
  public void accepted(Message command) {
    accepted(command.header().originator(), command.header().originatorCounter());
  }

  /** As the other, for a device that finds after a restart what it had kept of a command. */
  public void accepted(Eui64 originator, long counter) {
    OptionalLong last = counters.last(originator);
    if (last.isEmpty() || Long.compareUnsigned(counter, last.getAsLong()) > 0) {
      counters.store(originator, counter);
    }
  }

  /**
   * Checks a received command and stores nothing.
   *
   * @param utcMillis Unix time that the certificates must be valid at; empty where the device has
   *     no time that it trusts, so that no wrong clock shuts honest commands out
   */
  public Acceptance check(Octets received, OptionalLong utcMillis) {
    try {
      Envelope envelope = Envelope.parse(received);
      Optional<MessageCode> code = MessageCode.of(envelope.messageCode());
      return code.isEmpty()
          ? check(envelope, code, utcMillis).orElseGet(() -> unknown(envelope))
          : check(Message.parse(received), envelope, code, utcMillis);
    } catch (FormatException e) {
      return new Refused(
          Refusal.MALFORMED,
          e.field()
              + " at offset "
              + e.offset()
              + ": found "
              + e.found()
              + ", allowed "
              + e.allowed());
    }
  }

  private Acceptance check(
      Message message, Envelope envelope, Optional<MessageCode> code, OptionalLong utcMillis) {
    Optional<Refused> refused = check(envelope, code, utcMillis).or(() -> payloadCounter(message));
    return refused.isPresent() ? refused.get() : new Accepted(message);
  }

  private Optional<Refused> check(
      Envelope message, Optional<MessageCode> code, OptionalLong utcMillis) {
    return addressing(message)
        .or(() -> originator(message, code))
        .or(() -> dates(message, utcMillis))
        .or(() -> signature(message, code))
        .or(() -> mac(message))
        .or(() -> counter(message));
  }

  private static Refused unknown(Envelope message) {
    return new Refused(
        Refusal.USE_CASE_UNKNOWN,
        "found message code 0x"
            + Width.hex(message.messageCode(), 4)
            + ", which no use case here has");
  }

  private Optional<Refused> addressing(Envelope message) {
    if (message.kind() != Message.Kind.COMMAND) {
      return refuse(Refusal.NOT_A_COMMAND, "found " + message.kind() + ", allowed COMMAND");
    }
    Eui64 found = message.recipient();
    return found.equals(recipient)
        ? Optional.empty()
        : refuse(Refusal.WRONG_RECIPIENT, "found " + found + ", allowed " + recipient);
  }

  /** Who may send a command of an unknown use case is unknown too: anybody who is trusted. */
  private Optional<Refused> originator(Envelope message, Optional<MessageCode> known) {
    Eui64 originator = message.originator();
    Optional<Certificate> certificate = keys.certificate(originator, KeyUsage.DIGITAL_SIGNATURE);
    if (certificate.isEmpty()) {
      return refuse(Refusal.UNKNOWN_ORIGINATOR, "no certificate of " + originator);
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    MessageCode code = known.get();
    boolean broker = originator.equals(accessControlBroker);
    boolean supplier = certificate.get().role().equals(Optional.of(RemotePartyRole.SUPPLIER));
    boolean allowed =
        !code.signed() || (broker && code.brokerSigns()) || (supplier && code.supplierSigns());
    return allowed
        ? Optional.empty()
        : refuse(
            Refusal.ORIGINATOR_NOT_ALLOWED,
            "found "
                + originator
                + " as "
                + certificate.get().role().map(Enum::name).orElse("no organisation")
                + ", allowed "
                + allowedRoles(code));
  }

  /** Of the certificates that signature and MAC rest on. [hanota H70] */
  private Optional<Refused> dates(Envelope message, OptionalLong utcMillis) {
    return utcMillis.isEmpty()
        ? Optional.empty()
        : ended(message.originator(), KeyUsage.DIGITAL_SIGNATURE, utcMillis.getAsLong())
            .or(() -> ended(accessControlBroker, KeyUsage.KEY_AGREEMENT, utcMillis.getAsLong()));
  }

  private Optional<Refused> ended(Eui64 party, KeyUsage usage, long utcMillis) {
    return keys.certificate(party, usage)
        .filter(certificate -> !certificate.validAt(utcMillis))
        .flatMap(
            certificate ->
                refuse(
                    Refusal.CERTIFICATE_NOT_VALID,
                    certificate
                        + " is valid from "
                        + certificate.validity()
                        + ", and it is "
                        + Instant.ofEpochMilli(utcMillis)));
  }

  private static String allowedRoles(MessageCode code) {
    return code.supplierSigns()
        ? "a supplier" + (code.brokerSigns() ? " or the access control broker" : "")
        : "the access control broker";
  }

  private Optional<Refused> signature(Envelope message, Optional<MessageCode> code) {
    boolean demanded = code.filter(MessageCode::signed).isPresent();
    if (!demanded && message.signature().isEmpty()) {
      return Optional.empty();
    }
    return switch (Verification.signature(message, keys)) {
      case VERIFIED -> Optional.empty();
      case FAILED -> refuse(Refusal.SIGNATURE_FAILED, "not the originator's signature");
      case ABSENT -> refuse(Refusal.SIGNATURE_ABSENT, "found none, allowed 64 octets");
      case KEY_MISSING -> refuse(Refusal.UNKNOWN_ORIGINATOR, "no key of the originator");
    };
  }

  private Optional<Refused> mac(Envelope message) {
    Check check = Verification.mac(message, keys, accessControlBroker);
    return switch (check) {
      case VERIFIED -> Optional.empty();
      case KEY_MISSING ->
          refuse(Refusal.MAC_KEY_MISSING, "no key agreement keys for broker and recipient");
      case FAILED, ABSENT -> refuse(Refusal.MAC_FAILED, "not the access control broker's MAC");
    };
  }

  private Optional<Refused> counter(Envelope message) {
    long found = message.originatorCounter();
    OptionalLong last = counters.last(message.originator());
    if (last.isPresent() && Long.compareUnsigned(found, last.getAsLong()) <= 0) {
      return refuse(
          Refusal.COUNTER_NOT_GREATER,
          "found "
              + Long.toUnsignedString(found)
              + ", allowed more than "
              + Long.toUnsignedString(last.getAsLong()));
    }
    return Optional.empty();
  }

  private static Optional<Refused> payloadCounter(Message message) {
    long found = message.header().originatorCounter();
    return message.payload().agreesWith(found)
        ? Optional.empty()
        : refuse(
            Refusal.COUNTER_DISAGREES,
            "the payload's counter is not " + Long.toUnsignedString(found));
  }

  private static Optional<Refused> refuse(Refusal refusal, String detail) {
    return Optional.of(new Refused(refusal, detail));
  }
}
