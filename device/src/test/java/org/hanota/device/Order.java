// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.MessageCode;

/** A CS06 as a test sends it, with what is wrong with it. */
record Order(Defect defect, long counter, Octets hash, Activation activation) {
  /** What a device must see. */
  enum Defect {
    NONE,
    WRONG_HASH,
    WRONG_SIGNATURE,
    WRONG_MAC,
    OTHER_SUPPLIER
  }

  static final Eui64 SUPPLIER = new Eui64(0x90B3D51F30010000L);
  private static final Eui64 OTHER = new Eui64(0x90B3D51F30020000L);
  private static final Eui64 BROKER = new Eui64(0x90B3D51F30000002L);
  private static final TestPki PKI = TestPki.ofSeed(1);
  static final Credentials SUPPLIER_KEYS = PKI.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
  private static final Credentials OTHER_KEYS = PKI.organisation(OTHER, RemotePartyRole.SUPPLIER);
  static final Credentials BROKER_KEYS =
      PKI.organisation(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final Credentials DEVICE_KEYS = PKI.device(Desk.SELF);
  private static final Octets NO_HASH = Octets.wrap(new byte[32]);

  /** To sign is most of a test's work, and the same commands come again and again. */
  private static final Map<Order, Octets> MADE = new ConcurrentHashMap<>();

  static Optional<GbcsConfig> config(DeviceType type, CounterStore counters) {
    KeyStore keys =
        new InMemoryKeyStore()
            .trust(SUPPLIER_KEYS)
            .trust(OTHER_KEYS)
            .trust(BROKER_KEYS)
            .hold(DEVICE_KEYS);
    return Optional.of(
        new GbcsConfig(SUPPLIER, BROKER, keys, counters, GbcsConfig.receiptAlert(type), 1));
  }

  Order with(Defect other) {
    return new Order(other, counter, hash, activation);
  }

  boolean isAuthentic() {
    return defect != Defect.WRONG_SIGNATURE && defect != Defect.WRONG_MAC;
  }

  boolean isFromOwnSupplier() {
    return defect != Defect.OTHER_SUPPLIER;
  }

  /** The hash that it names. */
  Octets namedHash() {
    return defect == Defect.WRONG_HASH ? NO_HASH : hash;
  }

  Octets octets() {
    return MADE.computeIfAbsent(this, Order::make);
  }

  private Octets make() {
    boolean other = defect == Defect.OTHER_SUPPLIER;
    Credentials signer = other || defect == Defect.WRONG_SIGNATURE ? OTHER_KEYS : SUPPLIER_KEYS;
    Credentials broker = defect == Defect.WRONG_MAC ? OTHER_KEYS : BROKER_KEYS;
    return Message.of(
            GroupingHeader.command(MessageCode.CS06, counter, other ? OTHER : SUPPLIER, Desk.SELF),
            new ActivateFirmware.Command(namedHash(), counter, activation))
        .sign(signer.digitalSignatureKey())
        .addMac(broker.keyAgreementKey(), DEVICE_KEYS.keyAgreement().publicKey())
        .octets();
  }
}
