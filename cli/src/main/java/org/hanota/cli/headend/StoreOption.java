// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Printable;
import org.hanota.headendsql.Database;
import org.hanota.headendsql.DatabaseFailed;
import picocli.CommandLine.Option;

/** Where a head end keeps what it keeps. */
final class StoreOption {
  /** It logs each step, and that H2 is newer than it knows; what fails it throws. */
  private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      defaultValue = "jdbc:h2:./headend",
      description =
          "The database: jdbc:h2:FILE for one process, jdbc:postgresql://HOST/NAME for several"
              + " (default: ${DEFAULT-VALUE}).")
  private String url = "";

  /** Opens it, and makes it where it is not there. */
  Database open() {
    return open(Database::open);
  }

  /** Opens what is there already, and changes nothing. */
  Database look() {
    return open(Database::look);
  }

  /** A user is told in one line why it cannot be opened. */
  private Database open(Function<String, Database> how) {
    MIGRATIONS.setLevel(Level.SEVERE);
    try {
      return how.apply(url);
    } catch (DatabaseFailed | IllegalArgumentException fault) {
      throw new CommandFailed(Printable.line("--store: " + fault.getMessage()));
    }
  }
}
