// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.TimeSource;
import org.hanota.headend.letter.Letter;
import org.jspecify.annotations.Nullable;

/**
 * A process of a head end for tests: {@code HeadEndMain URL PORT HOMES}. Whoever connects to its
 * port gets its lines and gives it lines, while it acts.
 */
final class HeadEndMain implements Outside, HeadEndProcess.Watcher {
  private final Lines lines = new Lines();
  private final int port;
  private final HeadEndProcess process;
  private @Nullable ServerSocket server;
  private @Nullable PrintWriter client;
  private long epoch;

  private HeadEndMain(String url, int port, ManyHomes homes) {
    this.port = port;
    this.process =
        new HeadEndProcess(
            Database.open(url),
            "port " + port,
            homes.dcc(),
            this,
            this,
            TimeSource.of(InstantSource.system(), System::nanoTime));
  }

  public static void main(String[] arguments) {
    new HeadEndMain(
            arguments[0],
            Integer.parseInt(arguments[1]),
            new ManyHomes(Integer.parseInt(arguments[2])))
        .process.start();
  }

  @Override
  public synchronized void acts(long now) {
    System.out.println("acts in epoch " + now);
    epoch = now;
    try {
      ServerSocket opened = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      server = opened;
      new Thread(() -> serve(opened)).start();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Override
  public synchronized void waits(String why) {
    System.out.println("waits: " + why);
    ServerSocket closed = server;
    PrintWriter last = client;
    server = null;
    client = null;
    try {
      if (closed != null) {
        closed.close();
      }
      if (last != null) {
        last.close();
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  @Override
  public void givesUp(String why) {
    System.out.println("gives up: " + why);
  }

  private void serve(ServerSocket opened) {
    while (!opened.isClosed()) {
      try (Socket socket = opened.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
          PrintWriter out =
              new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
        synchronized (this) {
          client = out;
          out.println("acts " + epoch);
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          take(line);
        }
      } catch (IOException broken) {
        // Whoever it was comes again.
      }
    }
  }

  private void take(String line) {
    Eui64 machine = Eui64.parse(line.substring(0, 16));
    process.input(machine, (Input) lines.read(line.substring(17)));
  }

  private synchronized void say(Object what) {
    if (client != null) {
      client.println(lines.write(what));
    }
  }

  @Override
  public void letter(Letter letter) {
    say(letter);
  }

  @Override
  public void toHub(ToWan what) {
    say(what);
  }

  @Override
  public void event(Eui64 machine, Now now, Event event) {
    if (event instanceof NodeEvent.Failed failed) {
      System.out.println(machine + " failed: " + failed.cause());
    }
  }
}
