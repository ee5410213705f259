// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.sim.Fittings;
import picocli.CommandLine;

/**
 * {@code hanota simulate} in a process of its own, with a fault planted in its devices: they run
 * their image when what they were commanded is cancelled.
 */
final class PlantedSoak {
  private PlantedSoak() {}

  /** Takes the arguments of the command. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new SimulateCommand(new Planted()));
    command.setExecutionExceptionHandler(
        (fault, line, parsed) -> {
          line.getErr().println(fault.getMessage());
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  private static final class Planted implements Fittings {
    @Override
    public ImageBank seen(ImageBank bank) {
      return new ForwardingImageBank(bank) {
        @Override
        public void save(Journal next) {
          boolean cancelled = journal().activation().isPresent() && next.activation().isEmpty();
          super.save(next);
          next.download()
              .filter(Journal.Download::isComplete)
              .filter(download -> cancelled && next.boot() == Journal.Boot.CONFIRMED)
              .ifPresent(download -> super.save(swapped(next, download)));
        }
      };
    }

    private static Journal swapped(Journal journal, Journal.Download download) {
      return new Journal(
          journal.inactive(),
          download.image().fileVersion(),
          journal.running(),
          Journal.Boot.SWAPPED,
          journal.download(),
          journal.activation(),
          journal.outbox());
    }
  }
}
