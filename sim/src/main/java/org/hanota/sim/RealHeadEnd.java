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
   * Starts the machines.
   *
   * @param xml gets each message between users and the DCC
   * @param events gets what the machines report
   */
  RealHeadEnd(Site site, DuisWire.Listener xml, Consumer<Event> events) {
    this.site = site;
    GbParties parties = site.parties();
    this.keys = new InMemoryKeyStore().trust(parties.supplier).hold(parties.broker);
    ParameterValues<HeadEndParameter> parameters =
        ParameterValues.defaults(HeadEndParameter.class)
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
                List.of(parties.supplier),
                keys,
                parameters,
                id -> new InMemoryRecordStore()),
            letter -> wire.carry(letter, site.kernel().utcMillis()),
            this::gbcs,
            (id, event) -> events.accept(event));
    nodes.tell(HomeEstate.supplier());
    nodes.tell(HomeEstate.hub(Home.HUB_ADDRESS));
  }

  private static DuisWire wire(
      GbParties parties, ParameterValues<HeadEndParameter> parameters, DuisWire.Listener xml) {
    Credentials user = parties.userXml(GbParties.SUPPLIER);
    Credentials dcc = parties.dccXml();
    return new DuisWire(
        GbParties.BROKER,
        Map.of(
            GbParties.SUPPLIER,
            new MessageSigner(user.digitalSignatureKey(), user.digitalSignature())),
        new UserEdge(new SignatureVerifier(List.of(user.digitalSignature())), parameters),
        new MessageSigner(dcc.digitalSignatureKey(), dcc.digitalSignature()),
        new SignatureVerifier(List.of(dcc.digitalSignature())),
        xml);
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
