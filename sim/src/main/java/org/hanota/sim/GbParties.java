// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.Eui64;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.hub.HubGbcsConfig;
import org.hanota.keys.PrivateKey;

/** The parties of a simulated home and their keys, which follow from the seed. */
public final class GbParties {
  /** The supplier of each simulated home. */
  public static final Eui64 SUPPLIER = new Eui64(0x90B3D51F30010000L);

  /** A supplier who answers for nothing in a simulated home, unless a device changes from him. */
  public static final Eui64 OTHER_SUPPLIER = new Eui64(0x90B3D51F30020000L);

  /** The access control broker of each simulated home. */
  public static final Eui64 BROKER = new Eui64(0x90B3D51F30000002L);

  /** The tunnel is assumed to be open. */
  private static final int TUNNEL_ID = 1;

  private final long seed;
  private final TestPki pki;
  final Credentials supplier;
  final Credentials broker;

  /** The parties whose keys follow from {@code seed}. */
  public GbParties(long seed) {
    this.seed = seed;
    pki = TestPki.ofSeed(seed);
    supplier = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
    broker = pki.organisation(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  }

  /** Parties of the same names with other keys, whom nobody trusts. */
  GbParties strangers() {
    return new GbParties(~seed);
  }

  /** The other supplier's keys. */
  Credentials otherSupplier() {
    return pki.organisation(OTHER_SUPPLIER, RemotePartyRole.SUPPLIER);
  }

  /** The keys with which {@code user} signs what he sends to the DCC. */
  public Credentials userXml(Eui64 user) {
    return pki.organisation(user, RemotePartyRole.USER_XML_SIGN);
  }

  /** The keys with which the DCC signs what it sends to users. */
  public Credentials dccXml() {
    return pki.organisation(BROKER, RemotePartyRole.DCC_XML_SIGN);
  }

  /** The supplier's signing key as image tools take it: it signs images and commands alike. */
  PrivateKey imageKey() {
    return supplier.digitalSignatureKey();
  }

  /** Keys of a hub or device. */
  public Credentials device(Eui64 id) {
    return pki.device(id);
  }

  /** What a device whose supplier is {@code its} needs. */
  GbcsConfig deviceConfig(Eui64 id, DeviceType type, CounterStore counters, Credentials its) {
    return new GbcsConfig(
        its.subject(),
        BROKER,
        new InMemoryKeyStore().trust(its).trust(broker).hold(device(id)),
        counters,
        GbcsConfig.receiptAlert(type),
        TUNNEL_ID);
  }

  HubGbcsConfig hubConfig(Eui64 id, CounterStore counters) {
    return new HubGbcsConfig(
        BROKER, new InMemoryKeyStore().trust(broker).hold(device(id)), counters, TUNNEL_ID);
  }
}
