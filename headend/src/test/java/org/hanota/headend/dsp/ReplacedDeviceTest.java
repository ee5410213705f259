// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.CSP;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.DataAccessResult;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.InventoryRequest.DevicePrenotification;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.Logged;
import org.hanota.headend.supplier.Replacement;
import org.hanota.headend.supplier.ReplacementPlan;
import org.hanota.headend.supplier.ReplacementState;
import org.hanota.headend.supplier.SupplierInput;
import org.junit.jupiter.api.Test;

/** Damaged devices are replaced, by supplier, DSP and CSP; hub and devices are the test's. */
class ReplacedDeviceTest extends HeadEndCase {
  private static final Eui64 FRESH = Eui64.parse("00DB1234567890B0");
  private int answered;

  private ReplacementPlan plan(
      Eui64 damaged, DeviceType type, boolean isAnnounced, ReplacementPlan.Partner partner) {
    Optional<DevicePrenotification> announcement =
        isAnnounced
            ? Optional.empty()
            : Optional.of(
                new DevicePrenotification(
                    FRESH,
                    "AB01",
                    "model " + type,
                    type,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
    return new ReplacementPlan(
        damaged,
        type,
        HUB,
        FRESH,
        announcement,
        new Whitelist(
            90,
            Octets.fromHex("00112233445566778899AABBCCDDEEFF"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(partner),
        60);
  }

  private ReplacementPlan meter(boolean isAnnounced) {
    return plan(
        ESME, DeviceType.ESME, isAnnounced, new ReplacementPlan.Partner(PPMID, DeviceType.PPMID));
  }

  private void replace(ReplacementPlan plan) {
    world.dsp(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS)));
    world.keys.trust(world.pki.device(FRESH));
    world.input(SUPPLIER, new SupplierInput.Replace(plan));
    world.run();
  }

  private Replacement replacement() {
    for (Stored record : world.store(SUPPLIER).load()) {
      if (record instanceof Replacement found) {
        return found;
      }
    }
    throw new AssertionError("no replacement");
  }

  /** Hub and devices answer whatever has come and was not answered. */
  private void answerAll() {
    while (answered < world.toHub.size()) {
      answered = world.toHub.size();
      world.answer(payload(world.lastCommand()));
    }
  }

  private Payload payload(Message command) {
    int id = command.header().longInvokeId();
    return switch (command.header().messageCode()) {
      case CS04AC, CS04B -> new UnjoinDevice.Response(UnjoinDevice.UnjoinResponseCode.SUCCESS);
      case CCS02 -> new RemoveDevice.Response(id, DataAccessResult.SUCCESS);
      case CCS01 ->
          new AddDevice.Response(
              id, DataAccessResult.SUCCESS, DataAccessResult.SUCCESS, DataAccessResult.SUCCESS);
      case CCS05_CCS04 -> new ReadDeviceLog.ActiveDevices(id, List.of(Logged.device(FRESH)));
      case CS03A1, CS03A2, CS03B, CS03C ->
          new JoinDevice.Response(JoinDevice.JoinResponseCode.SUCCESS);
      case ECS70 ->
          new SynchroniseClock.EsmeResponse(
              id,
              CosemDateTime.ofUtcMillis(world.utcMillis),
              0,
              java.util.Collections.nCopies(5, DataAccessResult.SUCCESS));
      default -> throw new AssertionError("nobody answers " + command);
    };
  }

  @Test
  void aMeterIsReplacedAndCommissionedByTheOfficialMessages() {
    replace(meter(false));
    answerAll();
    assertThat(replacement().state())
        .as(replacement().reason())
        .isEqualTo(ReplacementState.REPLACED);
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.DECOMMISSIONED);
    assertThat(world.inventory(FRESH).standing().status()).isEqualTo(DeviceStatus.COMMISSIONED);
    assertThat(world.inventory(FRESH).standing().commissioned()).isPresent();
    assertThat(world.inventory(FRESH).hub()).isEqualTo(HUB);
  }

  @Test
  void theJoinEndsTheReplacementOfAPpmid() {
    replace(
        plan(PPMID, DeviceType.PPMID, false, new ReplacementPlan.Partner(ESME, DeviceType.ESME)));
    answerAll();
    assertThat(replacement().state())
        .as(replacement().reason())
        .isEqualTo(ReplacementState.REPLACED);
    assertThat(world.inventory(FRESH).standing().status()).isEqualTo(DeviceStatus.COMMISSIONED);
  }

  /** The old device stays in service until the inventory expects the new one. */
  @Test
  void nothingIsTakenOutForADeviceThatNobodyAnnounced() {
    replace(meter(true));
    answerAll();
    assertThat(replacement().state()).isEqualTo(ReplacementState.HELD);
    assertThat(world.toHub).isEmpty();
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.COMMISSIONED);
  }

  /** Each machine loses its power before each answer. */
  @Test
  void aReplacementGoesOnAfterARestartInAnyState() {
    replace(meter(false));
    while (answered < world.toHub.size()) {
      List.of(SUPPLIER, DSP, CSP).forEach(world::restart);
      answered = world.toHub.size();
      world.answer(payload(world.lastCommand()));
    }
    assertThat(replacement().state())
        .as(replacement().reason())
        .isEqualTo(ReplacementState.REPLACED);
  }

  /** A device that is silent for a day is asked again. */
  @Test
  void aStepWithoutAnAnswerIsAskedAgain() {
    replace(meter(false));
    int sent = world.toHub.size();
    world.pass(26L * 3_600_000);
    assertThat(world.toHub.size()).isGreaterThan(sent);
    answerAll();
    assertThat(replacement().state())
        .as(replacement().reason())
        .isEqualTo(ReplacementState.REPLACED);
  }
}
