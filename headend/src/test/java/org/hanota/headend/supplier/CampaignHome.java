// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HCALCS;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.DeviceQuery;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.GroupSize;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.campaign.Threshold;
import org.hanota.headend.campaign.Window;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.store.RecordStore;

/** A supplier with campaigns in a {@link HeadEndWorld}: its home has a meter and more. */
public final class CampaignHome {
  private static final long HOUR = 3_600_000;
  static final String NAME = "spring";
  static final String BY = "somebody";

  public final HeadEndWorld world;
  private CampaignSupplier supplier;

  /** With what that world's store has. */
  public CampaignHome(HeadEndWorld world) {
    this.world = world;
    this.supplier = new CampaignSupplier(config(), world.store(SUPPLIER));
    world.replace(SUPPLIER, this::supplier);
  }

  CampaignSupplier supplier() {
    return supplier;
  }

  private CampaignSupplier supplier(RecordStore store) {
    supplier = new CampaignSupplier(config(), store);
    return supplier;
  }

  private CampaignSupplierConfig config() {
    return new CampaignSupplierConfig(
        new SupplierConfig(SUPPLIER, DSP, world.supplier.digitalSignatureKey(), world.parameters),
        world.deviceKeys(),
        new Devices(),
        RegionCapacity.all(ParameterValues.defaults(CapacityParameter.class)));
  }

  private static final class Devices implements SupplierEstate {
    @Override
    public Collection<Member> members() {
      return List.of(
          member(ESME, DeviceType.ESME),
          member(HCALCS, DeviceType.HCALCS),
          member(PPMID, DeviceType.PPMID));
    }

    private static Member member(Eui64 device, DeviceType type) {
      return new Member(
          device, HUB, type, "model " + type, Optional.of(OLD), new Member.Cell("South", "1"));
    }

    @Override
    public boolean isListed(CampaignPlan.Target target) {
      return true;
    }
  }

  private Octets image(DeviceType type) {
    FirmwareRequest request = world.update(type, NEW, ESME);
    return request instanceof FirmwareRequest.UpdatePpmidFirmware ppmid
        ? ppmid.firmwareImage()
        : ((FirmwareRequest.UpdateFirmware) request).firmwareImage();
  }

  private CampaignPlan plan(DeviceType type, Window... windows) {
    return new CampaignPlan(
        NAME,
        new CampaignPlan.Target(NEW, world.hash(type, NEW), 10_000, ReasonClass.DEFECT),
        List.of(
            new CampaignPlan.GroupPlan(
                "all",
                DeviceQuery.of(type),
                new GroupSize.All(),
                new Threshold.Count(1),
                new Threshold.Count(1),
                0,
                false)),
        List.of(windows),
        new CampaignPlan.Pace(10, 10, 10, 60_000, 0, 1),
        new CampaignPlan.Times(7 * 24 * HOUR, world.utcMillis + 365 * 24 * HOUR),
        false);
  }

  void say(CampaignInput word) {
    world.input(SUPPLIER, word);
    world.run();
  }

  public void begin(DeviceType type, Window... windows) {
    world.input(SUPPLIER, new CampaignCreation(plan(type, windows), image(type), BY));
    say(new CampaignInput.Start(NAME, BY));
    world.pass(1_000);
  }

  public void received(Eui64 device, DeviceType type) {
    world.transferEnded(device, NEW, TransferResponseCode.SUCCESS);
    world.receipt(device, SUPPLIER, world.hash(type, NEW), true);
  }

  public DeviceState state(Eui64 device) {
    return supplier.campaigns().devices(NAME).stream()
        .filter(each -> each.device().equals(device))
        .findFirst()
        .orElseThrow()
        .state();
  }
}
