// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Event;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.edge.DuisWire;
import org.hanota.headend.edge.UserEdge;
import org.hanota.headend.store.InMemoryRecordStore;
import org.hanota.sim.HomeHeadEnd.Site;
import org.hanota.sim.headend.HeadEndNodes;

/**
 * The machines of the head end in a simulated home, with the keys of its seed: what users and the
 * DCC say to each other is signed XML on its way.
 */
final class RealHeadEnd {
  private final Site site;
  private final InMemoryKeyStore keys;
  private final HeadEndNodes nodes;
  private final Set<String> seen = new TreeSet<>();

  /**
   * Machines that have not started yet.
   *
   * @param given times and limits; how large an image may be follows from the hub
   * @param xml gets each message between users and the DCC
   * @param events gets what the machines report
   */
  RealHeadEnd(
      Site site,
      ParameterValues<HeadEndParameter> given,
      DuisWire.Listener xml,
      Consumer<Event> events) {
    this.site = site;
    GbParties parties = site.parties();
    this.keys =
        new InMemoryKeyStore()
            .trust(parties.supplier)
            .trust(parties.otherSupplier())
            .hold(parties.broker);
    ParameterValues<HeadEndParameter> parameters =
        given
            .with(HeadEndParameter.HEAD_END_IMAGE_OCTETS, site.hub().maximumImageOctets())
            .with(HeadEndParameter.HEAD_END_IMAGE_PARTS, 1);
    DuisWire wire = wire(parties, parameters, xml);
    this.nodes =
        new HeadEndNodes(
            site.kernel(),
            Home.UTC_START_MILLIS,
            Home.HUB_ADDRESS,
            new HeadEndNodes.Parties(
                GbParties.BROKER,
                List.of(parties.supplier, parties.otherSupplier()),
                keys,
                parameters,
                id -> new InMemoryRecordStore()),
            letter -> wire.carry(letter, site.kernel().utcMillis()),
            this::gbcs,
            (id, event) -> events.accept(event));
    nodes.tell(HomeEstate.supplier(GbParties.SUPPLIER));
    nodes.tell(HomeEstate.supplier(GbParties.OTHER_SUPPLIER));
    nodes.tell(HomeEstate.hub(Home.HUB_ADDRESS));
  }

  private static DuisWire wire(
      GbParties parties, ParameterValues<HeadEndParameter> parameters, DuisWire.Listener xml) {
    Credentials user = parties.userXml(GbParties.SUPPLIER);
    Credentials other = parties.userXml(GbParties.OTHER_SUPPLIER);
    Credentials dcc = parties.dccXml();
    return new DuisWire(
        GbParties.BROKER,
        Map.of(GbParties.SUPPLIER, signer(user), GbParties.OTHER_SUPPLIER, signer(other)),
        new UserEdge(
            new SignatureVerifier(List.of(user.digitalSignature(), other.digitalSignature())),
            parameters),
        signer(dcc),
        new SignatureVerifier(List.of(dcc.digitalSignature())),
        xml);
  }

  private static MessageSigner signer(Credentials credentials) {
    return new MessageSigner(credentials.digitalSignatureKey(), credentials.digitalSignature());
  }

  HeadEndNodes nodes() {
    return nodes;
  }

  void trust(Credentials credentials) {
    keys.trust(credentials);
  }

  void plan(Eui64 device, DevicePlan plan) {
    nodes.tell(HomeEstate.device(device, plan));
    nodes.tell(HomeEstate.listing(plan, plan));
  }

  /** Each message counts once, however often the WAN carries it. */
  private void gbcs(Octets octets) {
    Message message;
    try {
      message = Message.parse(octets);
    } catch (FormatException unknownUseCase) {
      return;
    }
    if (seen.add(octets.toHex())) {
      site.listener().accept(message);
    }
  }
}
