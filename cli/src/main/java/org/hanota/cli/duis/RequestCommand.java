// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.headend.XmlKeys;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota duis request}: a service request of a supplier, signed. */
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a service request about firmware as a supplier's system does, signed, to be put to a"
          + " DCC by HTTP POST.",
      "Its counter is the time in milliseconds, so it must be put soon."
    },
    footer = {
      "",
      "Examples:",
      "  hanota duis request --service 11.1 --image meter.ota \\",
      "    --device 00DB123400000000 -o 1.xml",
      "  hanota duis request --service 11.3 --image meter.ota \\",
      "    --device 00DB123400000000 -o 2.xml",
      "  curl --data-binary @1.xml http://localhost:8079/api/v1/serviceD"
    })
final class RequestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Firmware requests that it makes. */
  private enum Service {
    DISTRIBUTE("11.1", "serviceD"),
    READ_VERSION("11.2", "serviceS"),
    ACTIVATE("11.3", "serviceT"),
    DISTRIBUTE_PPMID("11.4", "serviceD");

    final String reference;
    final String address;

    Service(String reference, String address) {
      this.reference = reference;
      this.address = address;
    }
  }

  @Option(
      names = "--service",
      paramLabel = "NUMBER",
      required = true,
      description =
          "11.1 distributes an image to meters, 11.4 to PPMIDs, 11.3 activates one, 11.2 reads the"
              + " version that runs.")
  private String service = "";

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "The OTA file, whose version (11.1, 11.4) or hash (11.3) the request names.")
  private @Nullable Path image;

  @Option(
      names = "--device",
      paramLabel = "EUI64",
      required = true,
      description = "The device; with 11.1 and 11.4 it may be given several times.")
  private List<Eui64> devices = List.of();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When the device shall activate, as in 2027-01-31T02:00:00Z (default: at once).")
  private @Nullable String at;

  @Option(names = "--cancel", description = "Takes back a dated activation.")
  private boolean cancel;

  @Option(
      names = "--supplier",
      paramLabel = "EUI64",
      defaultValue = "90B3D51F30010000",
      description = "Who asks (default: ${DEFAULT-VALUE}).")
  private Eui64 supplier = Eui64.UNKNOWN;

  @Option(
      names = "--dcc",
      paramLabel = "EUI64",
      defaultValue = "90B3D51F30000002",
      description = "The DCC (default: ${DEFAULT-VALUE}).")
  private Eui64 dcc = Eui64.UNKNOWN;

  @Mixin private final XmlKeys xmlKeys = new XmlKeys();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The request.")
  private Path output = Path.of("");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  private final InstantSource clock = InstantSource.system();

  @Override
  public Integer call() throws IOException {
    Service asked = asked();
    boolean isForDcc = asked == Service.DISTRIBUTE || asked == Service.DISTRIBUTE_PPMID;
    if (!isForDcc && devices.size() > 1) {
      throw usage("--device is given " + devices.size() + " times, allowed once with " + service);
    }
    if ((at != null || cancel) && (asked != Service.ACTIVATE || (at != null && cancel))) {
      throw usage("--at and --cancel are allowed only with 11.3, and one of them");
    }
    Eui64 target = isForDcc ? dcc : devices.get(0);
    CommandVariant variant =
        isForDcc
            ? CommandVariant.NON_DEVICE
            : asked == Service.ACTIVATE ? CommandVariant.PRE_COMMAND : CommandVariant.COMMAND;
    Request request =
        Request.of(new MessageId(supplier, target, clock.millis()), variant, body(asked, devices));
    OutputFile.write(
        output, xmlKeys.signer(supplier).sign(request).toByteArray(), choice.existing());
    spec.commandLine()
        .getOut()
        .println(output + ": request " + request.id() + ", for /api/v1/" + asked.address);
    return ExitCode.DONE;
  }

  private static CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  private Service asked() {
    for (Service each : Service.values()) {
      if (each.reference.equals(service)) {
        return each;
      }
    }
    throw usage("--service is \"" + service + "\", allowed 11.1, 11.2, 11.3 and 11.4");
  }

  private ServiceRequest body(Service asked, List<Eui64> all) throws IOException {
    return switch (asked) {
      case READ_VERSION -> new FirmwareRequest.ReadFirmwareVersion(ExecutionDateTime.NOW);
      case ACTIVATE -> new FirmwareRequest.ActivateFirmware(when(), hash(file()));
      case DISTRIBUTE -> {
        Octets file = file();
        yield new FirmwareRequest.UpdateFirmware(file, version(file), new DeviceIdList(all));
      }
      case DISTRIBUTE_PPMID -> {
        Octets file = file();
        yield new FirmwareRequest.UpdatePpmidFirmware(file, version(file), new DeviceIdList(all));
      }
    };
  }

  private ExecutionDateTime when() {
    if (cancel) {
      return ExecutionDateTime.CANCEL;
    }
    if (at == null) {
      return ExecutionDateTime.NOW;
    }
    try {
      Instant time = OffsetDateTime.parse(at).toInstant();
      return ExecutionDateTime.at(time);
    } catch (DateTimeException wrong) {
      throw usage("--at is " + at + ", allowed a time with an offset, as in 2027-01-31T02:00:00Z");
    }
  }

  private Octets file() throws IOException {
    if (image == null) {
      throw usage("--image FILE is missing: " + service + " is about an image");
    }
    return Octets.wrap(Files.readAllBytes(image));
  }

  private FirmwareVersion version(Octets file) {
    try {
      return new FirmwareVersion(OtaHeader.read(file).image().fileVersion().toString());
    } catch (FormatException wrong) {
      throw CommandFailed.at(imagePath(), wrong);
    }
  }

  private Octets hash(Octets file) {
    try {
      return ((GbMeterFile) OtaFile.read(file, FileKind.GB_METER)).manufacturerImageHash();
    } catch (FormatException wrong) {
      throw CommandFailed.at(imagePath(), wrong);
    }
  }

  private Path imagePath() {
    return image == null ? Path.of("") : image;
  }
}
