// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hanota.testing.Skipped;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server of this process's tests, in a temporary folder; Debian's own program. */
public final class PostgresServer {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
  private static final String USER = "postgres";
  private static @Nullable PostgresServer running;
  private static int databases;

  private final Path folder;
  private final int port;

  private PostgresServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** A database of its own, empty; skips the test where there is no such server. */
  public static synchronized String newDatabase() {
    if (!Files.isExecutable(PROGRAMS.resolve("initdb"))) {
      Skipped.because("no PostgreSQL 15 in " + PROGRAMS + " (Debian: postgresql-15)");
    }
    PostgresServer server = running;
    if (server == null) {
      server = start();
      running = server;
    }
    databases++;
    String name = "hanota" + databases;
    try (Connection connection = DriverManager.getConnection(server.url(USER));
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException fault) {
      throw new AssertionError(fault);
    }
    return server.url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
  }

  private static PostgresServer start() {
    try {
      // The server refuses to run as root; /tmp is where another user may reach it.
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "hanota-postgresql");
      if (isRoot()) {
        run(List.of("chown", USER, folder.toString()));
      }
      run(
          asUser(
              "initdb",
              "-D",
              folder + "/data",
              "-A",
              "trust",
              "-U",
              USER,
              "--no-sync",
              "-E",
              "UTF8",
              "--locale",
              "C"));
      int port = freePort();
      PostgresServer server = new PostgresServer(folder, port);
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      run(
          asUser(
              "pg_ctl",
              "-D",
              folder + "/data",
              "-l",
              folder + "/log",
              "-w",
              "-o",
              "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1",
              "start"));
      return server;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void stop() {
    try {
      run(asUser("pg_ctl", "-D", folder + "/data", "-m", "immediate", "stop"));
      run(List.of("rm", "-rf", folder.toString()));
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static List<String> asUser(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(PROGRAMS.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("hanota", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/tmp").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(command + ": " + Files.readString(output, StandardCharsets.UTF_8));
      }
    } catch (InterruptedException fault) {
      throw new AssertionError(fault);
    } finally {
      Files.delete(output);
    }
  }
}
