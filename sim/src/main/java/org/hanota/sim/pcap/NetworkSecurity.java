// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.pcap;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.pcap.AirFrame;

/**
 * Secures frames as a ZigBee network does: encrypted, with an integrity code of 4 octets. Never
 * meant to protect anything but the octets of a simulation.
 */
final class NetworkSecurity {
  /** Octets of a key. */
  static final int KEY_OCTETS = 16;

  /** MAC header, before the network header. */
  private static final int NETWORK_START = 9;

  private static final int APS_START = NETWORK_START + 8;
  private static final int PAYLOAD_START = APS_START + 8;
  private static final int CHECK_SEQUENCE_OCTETS = 2;
  private static final int INTEGRITY_BITS = 32;
  private static final int MAXIMUM_OCTETS = 160;

  /** In the second octet of the frame control field of the network header. */
  private static final int NETWORK_SECURED = 0x02;

  /** In the frame control field of the APS header. */
  private static final int APS_SECURED = 0x20;

  private static final int APS_EXTENDED = 0x80;
  private static final int FIRST_FRAGMENT = 0x01;
  private static final int LATER_FRAGMENT = 0x02;

  /** Network key, extended nonce; the level, which travels as 0, stands in the nonce. */
  private static final int NETWORK_CONTROL = 0x28;

  /** Link key. */
  private static final int LINK_CONTROL = 0x00;

  private static final int LEVEL_ENCRYPTED_INTEGRITY_4 = 0x05;

  private final KeyParameter networkKey;
  private final KeyParameter linkKey;

  NetworkSecurity(Octets networkKey, Octets linkKey) {
    this.networkKey = key("networkKey", networkKey);
    this.linkKey = key("linkKey", linkKey);
  }

  private static KeyParameter key(String name, Octets octets) {
    if (octets.length() != KEY_OCTETS) {
      throw new IllegalArgumentException(
          name + " has " + octets.length() + " octets, allowed " + KEY_OCTETS);
    }
    return new KeyParameter(octets.toByteArray());
  }

  /**
   * A place of a frame in a message that is longer than one.
   *
   * @param number from 0
   * @param count 1 if it is whole
   */
  record Fragment(int number, int count) {
    static final Fragment WHOLE = new Fragment(0, 1);
  }

  /**
   * The frame as it is on the air, check sequence included.
   *
   * @param source its sender
   * @param counter the sender's frame counter, for both keys
   * @param encrypted whether the link key secures it too
   */
  Octets secured(AirFrame frame, Eui64 source, long counter, boolean encrypted, Fragment fragment) {
    Octets plain = frame.octets();
    byte[] network = plain.slice(NETWORK_START, APS_START - NETWORK_START).toByteArray();
    network[1] |= (byte) NETWORK_SECURED;
    OctetWriter auxiliary = new OctetWriter(MAXIMUM_OCTETS);
    auxiliary.uint8(NETWORK_CONTROL | LEVEL_ENCRYPTED_INTEGRITY_4).uint32le(counter);
    auxiliary.int64le(source.value()).uint8(0);
    Octets aps = aps(plain, source, counter, encrypted, fragment);
    Octets secured =
        seal(networkKey, source, counter, NETWORK_CONTROL, network, auxiliary.toOctets(), aps);
    OctetWriter out = new OctetWriter(MAXIMUM_OCTETS);
    out.octets(plain.slice(0, NETWORK_START)).octets(Octets.wrap(network));
    out.uint8(NETWORK_CONTROL).octets(auxiliary.toOctets().slice(1, auxiliary.length() - 1));
    out.octets(secured);
    out.uint16le(AirFrame.frameCheckSequence(out.view()));
    return out.toOctets();
  }

  private Octets aps(
      Octets plain, Eui64 source, long counter, boolean encrypted, Fragment fragment) {
    OctetWriter header = new OctetWriter(MAXIMUM_OCTETS);
    int control = plain.at(APS_START) | (encrypted ? APS_SECURED : 0);
    header.uint8(fragment.count() > 1 ? control | APS_EXTENDED : control);
    header.octets(plain.slice(APS_START + 1, PAYLOAD_START - APS_START - 1));
    if (fragment.count() > 1) {
      boolean isFirst = fragment.number() == 0;
      header.uint8(isFirst ? FIRST_FRAGMENT : LATER_FRAGMENT);
      header.uint8(isFirst ? fragment.count() : fragment.number());
    }
    Octets payload =
        plain.slice(PAYLOAD_START, plain.length() - PAYLOAD_START - CHECK_SEQUENCE_OCTETS);
    OctetWriter out = new OctetWriter(MAXIMUM_OCTETS);
    out.octets(header.view());
    if (encrypted) {
      OctetWriter auxiliary = new OctetWriter(MAXIMUM_OCTETS);
      auxiliary.uint8(LINK_CONTROL | LEVEL_ENCRYPTED_INTEGRITY_4).uint32le(counter);
      out.uint8(LINK_CONTROL).uint32le(counter);
      byte[] authenticated = header.toOctets().toByteArray();
      out.octets(
          seal(
              linkKey,
              source,
              counter,
              LINK_CONTROL,
              authenticated,
              auxiliary.toOctets(),
              payload));
    } else {
      out.octets(payload);
    }
    return out.toOctets();
  }

  private static Octets seal(
      KeyParameter key,
      Eui64 source,
      long counter,
      int control,
      byte[] header,
      Octets auxiliary,
      Octets payload) {
    OctetWriter nonce = new OctetWriter(13);
    nonce.int64le(source.value()).uint32le(counter).uint8(control | LEVEL_ENCRYPTED_INTEGRITY_4);
    OctetWriter authenticated = new OctetWriter(MAXIMUM_OCTETS);
    authenticated.octets(Octets.wrap(header)).octets(auxiliary);
    CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        true,
        new AEADParameters(
            key,
            INTEGRITY_BITS,
            nonce.toOctets().toByteArray(),
            authenticated.toOctets().toByteArray()));
    byte[] plain = payload.toByteArray();
    byte[] out = new byte[cipher.getOutputSize(plain.length)];
    try {
      int length = cipher.processBytes(plain, 0, plain.length, out, 0);
      cipher.doFinal(out, length);
    } catch (InvalidCipherTextException impossible) {
      throw new AssertionError("encryption checks nothing", impossible);
    }
    return Octets.wrap(out);
  }
}
