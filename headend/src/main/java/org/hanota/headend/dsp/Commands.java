// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.time.Instant;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.headend.check.Asking;
import org.hanota.headend.check.JoinMethod;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.HanRequest.CommissionDevice;
import org.hanota.headend.request.HanRequest.JoinServiceCritical;
import org.hanota.headend.request.HanRequest.JoinServiceNonCritical;
import org.hanota.headend.request.HanRequest.ReadDeviceLog;
import org.hanota.headend.request.HanRequest.RestoreHanDeviceLog;
import org.hanota.headend.request.HanRequest.UnjoinServiceCritical;
import org.hanota.headend.request.HanRequest.UnjoinServiceNonCritical;
import org.hanota.headend.request.HanRequest.UpdateHanDeviceLog;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.request.SetChfSubGhzConfiguration;

/**
 * Requests that become one command for one device whose answer goes to the user, activations
 * excepted: 6.28, 8.1.1, 8.7 to 8.12 and 11.2. A dated one waits here for its time.
 */
final class Commands {
  private static final int INSTALL_CODE_LENGTH = 16;

  /** The device cannot be reached; also where a key for it is missing. */
  static final ResponseCode CANNOT_COMMUNICATE = new ResponseCode("E20");

  private final DspParts parts;
  private final Answers answers;
  private final Activations activations;

  /** Nothing can be made of a request: what is missing. */
  private static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String what) {
      super(what);
    }
  }

  Commands(DspParts parts, Answers answers, Activations activations) {
    this.parts = parts;
    this.answers = answers;
    this.activations = activations;
  }

  /** Acts on a request that was accepted. */
  void take(Asking asking, DspCall call) {
    Request request = asking.request();
    Asked asked = parts.asked(request.id()).orElseThrow();
    if (request.commandVariant().critical()) {
      givePreCommand(asked, call);
      return;
    }
    long at = time(request.body()).at().map(Instant::toEpochMilli).orElse(0L);
    if (at > call.utcMillis()) {
      parts.put(asked.waitsFor(new Asked.Waiting(at, true)));
    } else {
      send(asked, call);
    }
  }

  private static ExecutionDateTime time(ServiceRequest body) {
    if (body instanceof ReadFirmwareVersion read) {
      return read.executionDateTime();
    } else if (body instanceof ReadDeviceLog read) {
      return read.executionDateTime();
    } else if (body instanceof UpdateHanDeviceLog update) {
      return update.executionDateTime();
    }
    return ExecutionDateTime.NOW;
  }

  private void givePreCommand(Asked asked, DspCall call) {
    try {
      Message preCommand = command(asked.request(), device(asked.id()));
      parts.put(asked.preCommand(preCommand.octets()));
      String version = device(asked.id()).model().gbcsVersion();
      answers.respond(
          asked.id(),
          asked.request().service(),
          ResponseCode.SUCCESS,
          Optional.of(new ResponseContent.PreCommand(version, preCommand.octets())),
          false,
          call);
      parts.audit(
          asked.id().originator(),
          asked.id() + " asks for " + asked.request().body() + ", pre-command out",
          call);
    } catch (Missing missing) {
      fail(asked, missing, call);
    }
  }

  /** Sends the command of a signed pre-command. */
  void signed(Asking asking, DspCall call) {
    Asked asked = parts.asked(asking.request().id()).orElseThrow();
    SignedPreCommand body = (SignedPreCommand) asking.request().body();
    try {
      deliver(asked, Message.parse(body.gbcsPayload()), call);
    } catch (Missing missing) {
      fail(asked, missing, call);
    }
  }

  /** Sends the command of a request, now. */
  void send(Asked asked, DspCall call) {
    try {
      deliver(asked, command(asked.request(), device(asked.id())), call);
    } catch (Missing missing) {
      fail(asked, missing, call);
    }
  }

  private void deliver(Asked asked, Message command, DspCall call) throws Missing {
    Message sent =
        Transform.addMac(command, parts.config().keys(), parts.config().self())
            .orElseThrow(() -> missingKey(command.header().recipient()));
    long late = call.utcMillis() + parts.parameter(WAN_TIMEOUT);
    parts.put(asked.waitsFor(new Asked.Waiting(late, false)));
    activations.deliver(asked.id(), sent, ReasonClass.FUNCTION, call);
    parts.audit(
        asked.id().originator(), asked.id() + " " + asked.request().service() + " is sent", call);
  }

  private void fail(Asked asked, Missing missing, DspCall call) {
    parts.audit(asked.id().originator(), asked.id() + " not sent: " + missing.getMessage(), call);
    respond(asked, CANNOT_COMMUNICATE, call);
  }

  /** Ends a request without an answer of its device. */
  void respond(Asked asked, ResponseCode code, DspCall call) {
    if (asked.waiting().isPresent()) {
      parts.put(asked.waitsForNothing());
    }
    answers.respond(asked.id(), asked.request().service(), code, Optional.empty(), false, call);
  }

  private Device device(MessageId id) throws Missing {
    return parts
        .estate()
        .device(id.target())
        .orElseThrow(() -> new Missing(id.target() + " is no longer in the inventory"));
  }

  private static Missing missingKey(Eui64 of) {
    return new Missing("no key agreement certificate of " + of);
  }

  private Message command(Request request, Device device) throws Missing {
    MessageId id = request.id();
    ServiceRequest body = request.body();
    if (body instanceof CommissionDevice order) {
      return HomeTransform.commission(id, order, device.type());
    } else if (body instanceof JoinServiceCritical join) {
      return join(id, device, join.otherDeviceId());
    } else if (body instanceof JoinServiceNonCritical join) {
      return join(id, device, join.otherDeviceId());
    } else if (body instanceof UnjoinServiceCritical unjoin) {
      return HomeTransform.unjoin(id, unjoin.otherDeviceId());
    } else if (body instanceof UnjoinServiceNonCritical unjoin) {
      return unjoin(id, device, unjoin.otherDeviceId());
    } else if (body instanceof ReadFirmwareVersion) {
      return Transform.readVersion(id, device, parts.config().self(), parts.nextCounter());
    } else if (body instanceof ReadDeviceLog && device.type() != DeviceType.CHF) {
      return HomeTransform.readJoinDetails(id);
    }
    return ofHub(id, body);
  }

  private Message ofHub(MessageId id, ServiceRequest body) throws Missing {
    if (body instanceof ReadDeviceLog) {
      return HomeTransform.readLog(onBehalf(MessageCode.CCS05_CCS04, id));
    } else if (body instanceof UpdateHanDeviceLog update) {
      return update.whitelist().isPresent()
          ? add(id, update.deviceId(), update.whitelist().get())
          : HomeTransform.remove(onBehalf(MessageCode.CCS02, id), update.deviceId());
    } else if (body instanceof RestoreHanDeviceLog restore) {
      LogBackup backup =
          parts
              .backup(restore.oldChfId())
              .orElseThrow(() -> new Missing("no device log of " + restore.oldChfId()));
      return HomeTransform.restore(onBehalf(MessageCode.CCS03, id), backup);
    } else if (body instanceof SetChfSubGhzConfiguration wanted) {
      return HomeTransform.subGhz(onBehalf(MessageCode.DBCH04, id), wanted);
    }
    throw new AssertionError("nobody makes a command of " + body);
  }

  private Message add(MessageId id, Eui64 device, Whitelist how) throws Missing {
    if (how.installCode().length() != INSTALL_CODE_LENGTH) {
      throw new Missing(
          "install code of "
              + how.installCode().length()
              + " octets, allowed "
              + INSTALL_CODE_LENGTH);
    }
    DeviceType type =
        parts.estate().device(device).orElseThrow(() -> new Missing("no device " + device)).type();
    return HomeTransform.add(onBehalf(MessageCode.CCS01, id), device, type, how);
  }

  private Message join(MessageId id, Device device, Eui64 otherId) throws Missing {
    Device other =
        parts.estate().device(otherId).orElseThrow(() -> new Missing("no device " + otherId));
    JoinMethod method = JoinMethod.of(device.type(), other.type());
    Optional<Certificate> certificate = Optional.empty();
    if (method.hasCertificate()) {
      certificate = parts.config().keys().certificate(otherId, KeyUsage.KEY_AGREEMENT);
      if (certificate.isEmpty()) {
        throw missingKey(otherId);
      }
    }
    boolean isUsers = method.critical() || method == JoinMethod.B;
    GroupingHeader header =
        isUsers ? HomeTransform.own(method.code(), id) : onBehalf(method.code(), id);
    Message command = HomeTransform.join(header, method, otherId, other.type(), certificate);
    return isUsers ? command : sign(command);
  }

  /** Devices that the broker joined by method A or C are parted by it, others by method B. */
  private Message unjoin(MessageId id, Device device, Eui64 other) throws Missing {
    return switch (device.type()) {
      case PPMID, HCALCS -> sign(HomeTransform.unjoin(onBehalf(MessageCode.CS04AC, id), other));
      case ESME, GSME, GPF, CHF, IHD, CAD ->
          HomeTransform.unjoin(HomeTransform.own(MessageCode.CS04B, id), other);
    };
  }

  private Message sign(Message command) throws Missing {
    return command.sign(
        parts
            .config()
            .keys()
            .privateKey(parts.config().self(), KeyUsage.DIGITAL_SIGNATURE)
            .orElseThrow(() -> new Missing("no signing key of the broker")));
  }

  private GroupingHeader onBehalf(MessageCode code, MessageId id) {
    return HomeTransform.onBehalf(code, id, parts.config().self(), parts.nextCounter());
  }
}
