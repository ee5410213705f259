// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.util.List;

/** What is not a number in the study: risks, paths with their guarantees, obligations. */
public final class Register {
  private Register() {}

  /** A risk of a type of device. C23 */
  public record Risk(
      String device, String risk, String mitigation, String residual, String shown) {}

  /** A way for images to their devices; of the DCC's guarantees each is kept or lost. C19 */
  public record Path(String name, String cost, List<String> guarantees, List<String> loses) {
    private static Path keeping(String name, String cost, List<String> kept) {
      return new Path(
          name, cost, kept, GUARANTEES.stream().filter(each -> !kept.contains(each)).toList());
    }
  }

  /** How long a device must be provided for. C25 */
  public record Obligation(String device, StudyParameter months, String why) {}

  private static final String ALL = "all";

  private static final String HUB_SERVES = "hub as the one server, bound to the home's keys";
  private static final String EVERY_MAKER = "works with every maker's device";
  private static final List<String> GUARANTEES =
      List.of(
          "access control: only a responsible supplier",
          "Central Products List and pathway checked before anything travels",
          "threshold anomaly detection",
          HUB_SERVES,
          "delivery and outcome reported by alerts, once each",
          "the other supplier hears of it",
          "audit log that says who did what",
          EVERY_MAKER);

  /** The joint register that the consultation missed. */
  public static List<Risk> risks() {
    return List.of(
        new Risk(
            ALL,
            "a bad image reaches every device",
            "canary, thresholds over devices that have ended, one word that stops",
            "the devices of the first wave, at most its size",
            "BadImageCampaignTest"),
        new Risk(
            ALL,
            "power is lost while an image is put in place",
            "two slots, a journal, roll back to what ran",
            "a fault of both slots at once",
            "DeviceRestartTest"),
        new Risk(
            ALL,
            "an image that nobody signed, or that was changed",
            "the device checks signature or maker's proof before it swaps",
            "a maker's key that leaks, until its version is withdrawn",
            "AttacksTest"),
        new Risk(
            "PPMID",
            "an update of hub or meter takes a function away from the display",
            "rules of what works together, checked before an image travels",
            "a combination that nobody has tried",
            "RefusedRequestsTest"),
        new Risk(
            "PPMID",
            "the display fails after its update and the prepaying consumer cannot see the credit",
            "roll back; the meter goes on by itself; a second image the same way",
            "minutes without display",
            "AttackedHeadEndTest"),
        new Risk(
            "IHD",
            "its only report is the version that it names",
            "success is that version and nothing else",
            "an IHD that lies about its version",
            "CampaignMachineTest"),
        new Risk(
            "HCALCS",
            "a load is switched by code that was not authorised",
            "activation by a command that is signed and bears a MAC, for one device and one image",
            "a supplier's and the DCC's key in one hand",
            "FirmwareFlowsTest"),
        new Risk(
            "ESME",
            "activation cuts the hub's power in the middle of other transfers",
            "a warning before the campaign, one home by name",
            "a power outage alert that is none, where the warning is passed over",
            "CampaignBeforehandTest"),
        new Risk(
            "GSME",
            "the battery is spent by downloads",
            "no download below a charge; the hub's duty limits; resumption where it was",
            "years of battery life on a poor link",
            "PowerTest"),
        new Risk(
            "Hub",
            "firmware delays critical commands",
            "commands first, one packet of firmware at most before them",
            "the length of one packet",
            "WanSimulationTest"));
  }

  /** The three paths, and what a path other than the DCC's loses. */
  public static List<Path> paths() {
    return List.of(
        Path.keeping("DCC", "the DCC's change and WAN", GUARANTEES),
        Path.keeping("Local", "a visit to each home", List.of(HUB_SERVES, EVERY_MAKER)),
        Path.keeping("Internet", "each maker's servers and the consumer's own line", List.of()));
  }

  /** Obligations differ in time. */
  public static List<Obligation> obligations() {
    return List.of(
        new Obligation(
            "IHD", StudyParameter.IHD_OBLIGATION, "to be provided for after installation"),
        new Obligation("PPMID", StudyParameter.PPMID_OBLIGATION, "the Relevant Period"),
        new Obligation(
            "PPMID of a home with prepayment",
            StudyParameter.PREPAYMENT_OBLIGATION,
            "as long as the home prepays"));
  }
}
