// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.GSME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.VersionRange;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.BackedUpDevice;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.supplier.ReplacementPlan;
import org.hanota.headend.supplier.SupplierInput;

/** A while in the life of a head end, the same each time. */
final class PlayedWorld {
  private PlayedWorld() {}

  /** Plays it, each machine restarted now and then. */
  static HeadEndWorld play(StoreKind.Place place) {
    HeadEndWorld world =
        new HeadEndWorld(ParameterValues.defaults(HeadEndParameter.class), place::store);
    List<Runnable> steps =
        List.of(
            () ->
                world.dsp(
                    new DspInput.RuleKnown(
                        new CompatibilityRule(
                            "rule",
                            new CompatibilityRule.Side(
                                DeviceType.GSME, new VersionRange(NEXT, NEXT)),
                            new CompatibilityRule.Side(DeviceType.ESME, new VersionRange(OLD, OLD)),
                            CompatibilityRule.Rectifies.OTHER))),
            () -> world.dsp(new DspInput.Registered(new Registration("1234567890123", SUPPLIER))),
            () -> world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME),
            () -> world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS),
            () -> world.receipt(ESME, SUPPLIER, world.hash(DeviceType.ESME, NEW), true),
            () ->
                world.activate(
                    SUPPLIER, ESME, world.hash(DeviceType.ESME, NEW), ExecutionDateTime.NOW),
            () -> world.outcome(ActivateImageResponseCode.SUCCESS, NEW),
            () -> world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID),
            () -> world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS),
            () -> world.ppmidSays(NEW, SuccessOrFailure.SUCCESS),
            () -> world.sendImage(OTHER_SUPPLIER, DeviceType.GSME, NEW, GSME),
            () -> world.sendImage(SUPPLIER, DeviceType.GSME, NEW, GSME),
            () ->
                world.ask(
                    SUPPLIER,
                    ESME,
                    CommandVariant.COMMAND,
                    new FirmwareRequest.ReadFirmwareVersion(
                        ExecutionDateTime.at(Instant.ofEpochMilli(world.utcMillis + 3_600_000)))),
            () ->
                world.logChanged(
                    HUB,
                    new Eui64(1),
                    List.of(
                        new BackedUpDevice(
                            ESME, Octets.fromHex("00112233445566778899aabbccddeeff")))),
            () -> replace(world),
            () -> world.hubTakes = false,
            () -> world.pass(7_200_000),
            () ->
                world.dsp(
                    new DspInput.Said(
                        new DspInput.DeviceKnown(
                            HeadEndWorld.device(ESME, DeviceType.ESME, UserRole.IS)))),
            () ->
                world.dsp(
                    new DspInput.Said(
                        new DspInput.Listed(
                            world.listing(DeviceType.ESME, NEW, ListingStatus.ACTIVE, OLD)))));
    List<Eui64> owners = List.copyOf(world.stores.keySet());
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run();
      Eui64 owner = owners.get(i % owners.size());
      world.stores.put(owner, place.store(owner));
      world.restart(owner);
    }
    return world;
  }

  private static void replace(HeadEndWorld world) {
    world.input(
        SUPPLIER,
        new SupplierInput.Replace(
            new ReplacementPlan(
                ESME,
                DeviceType.ESME,
                HUB,
                new Eui64(2),
                Optional.empty(),
                new Whitelist(
                    90,
                    Octets.fromHex("00112233445566778899aabbccddeeff"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                List.of(new ReplacementPlan.Partner(PPMID, DeviceType.PPMID)),
                60)));
    world.run();
  }
}
