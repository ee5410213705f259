// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/**
 * The table of what a simulated radio leaves open; times in microseconds but for the duty cycle.
 */
public enum RadioParameter implements ParameterRow {
  MINIMUM_EXPONENT(
      Parameter.row("macMinBE", 3, 0, 8, "exponent", Mark.C)
          .clause("hanota H60")
          .means("the first back-off is drawn from 2 to the power of this units of 320 us")
          .because("the default of the standard")),
  MAXIMUM_EXPONENT(
      Parameter.row("macMaxBE", 5, 3, 8, "exponent", Mark.C)
          .clause("hanota H60")
          .means("the exponent rises no further")
          .because("the default of the standard")),
  BACK_OFFS(
      Parameter.row("macMaxCSMABackoffs", 4, 0, 5, "back-offs", Mark.C)
          .clause("hanota H60")
          .means("further back-offs while the channel is busy before access has failed")
          .because("the default of the standard")),
  FRAME_RETRIES(
      Parameter.row("macMaxFrameRetries", 3, 0, 7, "tries", Mark.C)
          .clause("hanota H60")
          .means("further tries of a frame that is not acknowledged")
          .because("the default of the standard")),
  RISES_UNACKNOWLEDGED(
      Parameter.flag(
          "exponentRisesUnacknowledged",
          true,
          Mark.U,
          "hanota H60",
          "whether a try that was not acknowledged begins with a higher exponent",
          "the standard begins each try with macMinBE, and two who collided collide again more"
              + " often")),
  SPACE_AFTER_ACKNOWLEDGING(
      Parameter.flag(
          "ifsAfterAck",
          true,
          Mark.U,
          "hanota H60",
          "whether who acknowledged a frame waits for its inter-frame space too before its own",
          "the careful reading; the standard binds the sender of the frame alone")),
  NETWORK_RETRIES(
      Parameter.row("nwkcUnicastRetries", 3, 0, 100, "tries", Mark.I)
          .clause("hanota H60")
          .means("further tries of the network layer after those of the radio have failed")
          .because("what revision 22 is remembered to say; not confirmed by a text")),
  NETWORK_RETRY_DELAY(
      Parameter.row("nwkcUnicastRetryDelay", 50_000, 0, 10_000_000, "us", Mark.I)
          .clause("hanota H60")
          .means("between two tries of the network layer; other frames go meanwhile")
          .because("what revision 22 is remembered to say; not confirmed by a text")),
  LISTEN_RETRIES(
      Parameter.row("lbtRetries", 3, 0, 100, "tries", Mark.I)
          .clause("hanota H61")
          .means("how often one who listens before talking listens anew when it hears another")
          .because("a public stack names it as of revision 22")),
  OFF_TIME(
      Parameter.row("aLBTTxMinOff", 100_000, 0, 10_000_000, "us", Mark.I)
          .clause("hanota H61")
          .means("silence between two frames of one station at 868 MHz")
          .because("a public stack names it as of revision 22")),
  OFF_TIME_AFTER_ACKNOWLEDGING(
      Parameter.flag(
          "offTimeAfterAck",
          false,
          Mark.U,
          "hanota H61",
          "whether an acknowledgement that a station sent begins its off time too",
          "an acknowledgement cannot wait, so it is taken not to count")),
  LIMITED_DUTY(
      Parameter.row("dutyLimited", 54_000, 1, 3_600_000, "ms", Mark.I)
          .clause("hanota H61")
          .means("airtime in a sliding hour from which a station at 868 MHz sends no blocks")
          .because("1.5 %, as a public stack names it; another vendor names 1.0 %")),
  CRITICAL_DUTY(
      Parameter.row("dutyCritical", 75_000, 1, 3_600_000, "ms", Mark.I)
          .clause("hanota H61")
          .means("airtime in a sliding hour from which it sends metering and control alone")
          .because("2.08 %, as a public stack names it; another vendor names 1.8 %")),
  REGULATED_DUTY(
      Parameter.row("dutyRegulated", 90_000, 1, 3_600_000, "ms", Mark.I)
          .clause("hanota H61")
          .means("airtime in a sliding hour from which it sends nothing")
          .because("2.5 %, the lower of the two that a public stack names")),
  BLOCK_YIELD(
      Parameter.row("blockYield", 8_000, 0, 10_000_000, "us", Mark.U)
          .clause("hanota H60")
          .means("after a block a station sends the next once it heard the receiver, or so late")
          .because(
              "without, hub and device draw from the same few back-offs after each block and one in"
                  + " five exchanges is damaged; a request takes at most 6 ms")),
  QUEUE(
      Parameter.row("radioQueue", 32, 1, 100_000, "frames", Mark.U)
          .clause("hanota H60")
          .means("frames that a station keeps to send; one more is refused by name")
          .because("more than a hub of four devices ever has at once"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  RadioParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
