// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.junit.jupiter.api.Test;

/** The fourteen attributes at every moment of an update. */
class AttributesTest {
  private static final long NONE32 = 0xFFFF_FFFFL;
  private static final long NONE16 = 0xFFFF;
  private final Set<DeviceState> seen = EnumSet.noneOf(DeviceState.class);

  private void attributes(Desk desk, DeviceState state, Map<OtaAttribute, Long> expected) {
    assertThat(desk.machine.state()).isEqualTo(state);
    seen.add(state);
    Map<OtaAttribute, Long> found = new EnumMap<>(OtaAttribute.class);
    expected.keySet().forEach(attribute -> found.put(attribute, desk.attribute(attribute)));
    assertThat(found).as(state.toString()).isEqualTo(expected);
    // What no state changes.
    assertThat(desk.attribute(OtaAttribute.MANUFACTURER_ID)).isEqualTo(0x121D);
    assertThat(desk.attribute(OtaAttribute.CURRENT_ZIGBEE_STACK_VERSION)).isEqualTo(2);
    assertThat(desk.attribute(OtaAttribute.CLUSTER_REVISION)).isEqualTo(4);
    assertThat(desk.attribute(OtaAttribute.IMAGE_STAMP)).isEqualTo(-1);
  }

  private static Map<OtaAttribute, Long> values(
      long server, long offset, long current, long downloaded, long status, long imageType) {
    Map<OtaAttribute, Long> values = new EnumMap<>(OtaAttribute.class);
    values.put(OtaAttribute.UPGRADE_SERVER_ID, server);
    values.put(OtaAttribute.FILE_OFFSET, offset);
    values.put(OtaAttribute.CURRENT_FILE_VERSION, current);
    values.put(OtaAttribute.DOWNLOADED_FILE_VERSION, downloaded);
    values.put(OtaAttribute.DOWNLOADED_ZIGBEE_STACK_VERSION, downloaded == NONE32 ? NONE16 : 2);
    values.put(OtaAttribute.IMAGE_UPGRADE_STATUS, status);
    values.put(OtaAttribute.IMAGE_TYPE_ID, imageType);
    return values;
  }

  @Test
  void theyAreRightInEveryStateOfAnUpdate() {
    Desk desk = Desk.of(DeviceType.PPMID);
    long before = Desk.BEFORE.value();
    long after = Desk.IMAGE.fileVersion().value();
    long hub = Desk.HUB.address().value();
    long size = Desk.FILE.length();
    desk.start();
    attributes(desk, DeviceState.IDLE, values(-1, NONE32, before, NONE32, 0, NONE16));
    desk.input(new DeviceInput.QueryNow());
    attributes(desk, DeviceState.DISCOVERING, values(-1, NONE32, before, NONE32, 0, NONE16));
    desk.input(new Input.ServerFound(Desk.HUB));
    attributes(desk, DeviceState.QUERYING, values(hub, NONE32, before, NONE32, 0, NONE16));
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, size));
    attributes(desk, DeviceState.ERASING, values(hub, 0, before, NONE32, 1, 0x80));
    desk.work();
    attributes(desk, DeviceState.DOWNLOADING, values(hub, 0, before, NONE32, 1, 0x80));
    desk.serve(96);
    attributes(desk, DeviceState.DOWNLOADING, values(hub, 96, before, NONE32, 1, 0x80));
    desk.receive(
        new ImageBlockResponse.WaitForData(
            ZigBeeTime.ZERO, new ZigBeeTime(60), OptionalInt.of(250)));
    attributes(desk, DeviceState.PAUSED, values(hub, 96, before, NONE32, 1, 0x80));
    assertThat(desk.attribute(OtaAttribute.MINIMUM_BLOCK_PERIOD)).isEqualTo(250);
    desk.pass(60_000);
    while (desk.machine.state() == DeviceState.DOWNLOADING) {
      desk.tick();
    }
    attributes(desk, DeviceState.RESTING, values(hub, 96, before, NONE32, 1, 0x80));
    while (desk.machine.state() != DeviceState.QUERYING) {
      desk.tick();
    }
    attributes(desk, DeviceState.QUERYING, values(hub, 96, before, NONE32, 1, 0x80));
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, size));
    while (desk.machine.state() != DeviceState.VERIFYING) {
      desk.serve(size);
      desk.pass(250);
    }
    attributes(desk, DeviceState.VERIFYING, values(hub, size, before, NONE32, 2, 0x80));
    desk.work();
    attributes(desk, DeviceState.ENDING, values(hub, size, before, after, 2, 0x80));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
    attributes(desk, DeviceState.WAITING, values(hub, size, before, after, 3, 0x80));
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(60)));
    attributes(desk, DeviceState.COUNTING_DOWN, values(hub, size, before, after, 4, 0x80));
    desk.pass(60_000);
    attributes(desk, DeviceState.SWAPPING, values(hub, size, before, after, 4, 0x80));
    desk.input(desk.waitingJobs.remove(0).work().get());
    desk.waitingJobs.clear();
    desk.start();
    attributes(desk, DeviceState.TRYING, values(-1, NONE32, after, NONE32, 0, NONE16));
    desk.work();
    attributes(desk, DeviceState.IDLE, values(-1, NONE32, after, NONE32, 0, NONE16));
    assertThat(seen).isEqualTo(EnumSet.allOf(DeviceState.class));
  }

  @Test
  void aDeviceThatWaitsForACommandSaysSix() {
    for (DeviceType type : DeviceType.values()) {
      Desk desk = Desk.of(type).ending();
      desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.INVALID));
      boolean byCommand = type.activatedByCommand();
      assertThat(desk.attribute(OtaAttribute.IMAGE_UPGRADE_STATUS)).isEqualTo(byCommand ? 6 : 3);
      assertThat(desk.attribute(OtaAttribute.UPGRADE_ACTIVATION_POLICY))
          .isEqualTo(byCommand ? 1 : 0);
      assertThat(desk.attribute(OtaAttribute.UPGRADE_TIMEOUT_POLICY)).isEqualTo(byCommand ? 1 : 0);
    }
  }

  @Test
  void theServersSideAndOtherClustersHaveNoneOfThem() {
    Desk desk = Desk.of(DeviceType.IHD);
    assertThat(desk.machine.attribute(Clusters.OTA_UPGRADE, Direction.SERVER_TO_CLIENT, 0))
        .isEmpty();
    assertThat(desk.machine.attribute(Clusters.METERING, Direction.CLIENT_TO_SERVER, 0)).isEmpty();
    assertThat(desk.machine.attribute(Clusters.OTA_UPGRADE, Direction.CLIENT_TO_SERVER, 0x0D))
        .isEmpty();
  }
}
