// SPDX-License-Identifier: Apache-2.0
package org.hanota.simspark;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.testing.JavaCommand;

/**
 * A standalone cluster of this machine: a master and workers, each a process, from Maven's jars.
 */
final class SparkCluster implements AutoCloseable {
  static final long PATIENCE_SECONDS = 300;
  private static final long BURIAL_SECONDS = 10;
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WORKER =
      Pattern.compile("Successfully registered with master (spark://\\S+)");

  private final Path folder;
  private final Node master;
  private final List<Node> workers = new ArrayList<>();

  /** What this machine has is not enough for a cluster. */
  static final class NoClusterException extends Exception {
    private static final long serialVersionUID = 1L;

    NoClusterException(String message) {
      super(message);
    }
  }

  /** A process, its descendants among them. */
  private static final class Node {
    private final Process process;
    private final CompletableFuture<String> started = new CompletableFuture<>();

    Node(Process process, Pattern wanted) {
      this.process = process;
      Thread reader = new Thread(() -> read(wanted), "log of " + process.pid());
      reader.setDaemon(true);
      reader.start();
    }

    private void read(Pattern wanted) {
      StringBuilder said = new StringBuilder();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          Matcher matcher = wanted.matcher(line);
          if (!started.isDone() && matcher.find()) {
            started.complete(matcher.group(1));
          } else if (!started.isDone()) {
            said.append(line).append('\n');
          }
        }
      } catch (IOException broken) {
        said.append(broken.getMessage());
      }
      // Without effect where it has started.
      started.completeExceptionally(new IOException("ended before it had started: " + said));
    }

    String await() throws InterruptedException, NoClusterException {
      try {
        return started.get(PATIENCE_SECONDS, SECONDS);
      } catch (ExecutionException failed) {
        throw new NoClusterException("" + failed.getMessage());
      } catch (TimeoutException slow) {
        throw new NoClusterException("not started after " + PATIENCE_SECONDS + " s");
      }
    }

    /** SIGKILL, to it and what it has started. */
    void kill() {
      List<ProcessHandle> below = process.descendants().toList();
      Process dying = process.destroyForcibly();
      below.forEach(ProcessHandle::destroyForcibly);
      Process dead = dying.onExit().join();
      // Whose parent is dead is another's to bury, who may not: it then never ends to our eyes.
      for (ProcessHandle each : below) {
        ProcessHandle unused =
            each.onExit().completeOnTimeout(each, BURIAL_SECONDS, SECONDS).join();
      }
      if (dead.isAlive()) {
        throw new AssertionError(dead + " outlives SIGKILL");
      }
    }
  }

  private SparkCluster(Path folder, Node master) {
    this.folder = folder;
    this.master = master;
  }

  private static Path jars(Path folder) {
    return folder.resolve("home/jars");
  }

  private static Path work(Path folder, int worker) {
    return folder.resolve("work-" + worker);
  }

  /**
   * Starts one.
   *
   * @param folder empty, for its files
   */
  static SparkCluster start(Path folder, int workers)
      throws IOException, InterruptedException, NoClusterException {
    Path jars = Files.createDirectories(jars(folder));
    // A worker takes what it starts its executors with from there.
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(each);
      if (Files.isRegularFile(jar)) {
        Path link = jars.resolve(jar.getFileName());
        if (!Files.exists(link)) {
          Path unused = Files.createSymbolicLink(link, jar.toAbsolutePath());
        }
      }
    }
    Path unused = Files.createFile(folder.resolve("home/RELEASE"));
    SparkCluster cluster =
        new SparkCluster(
            folder,
            node(
                folder,
                MASTER,
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--webui-port",
                "0"));
    try {
      String url = cluster.url();
      for (int i = 0; i < workers; i++) {
        cluster.workers.add(
            node(
                folder,
                WORKER,
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--webui-port",
                "0",
                "--work-dir",
                work(folder, i).toString(),
                url));
      }
      for (Node each : cluster.workers) {
        String registered = each.await();
        if (!registered.equals(url)) {
          throw new AssertionError("registered with " + registered);
        }
      }
      return cluster;
    } catch (RuntimeException | IOException | InterruptedException | NoClusterException failed) {
      cluster.close();
      throw failed;
    }
  }

  private static Node node(Path folder, Pattern started, String... command) throws IOException {
    ProcessBuilder builder =
        JavaCommand.of(
                List.of(
                    "-Xmx512m",
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "--sun-misc-unsafe-memory-access=allow"),
                System.getProperty("java.class.path"),
                command[0],
                List.of(command).subList(1, command.length))
            .redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return new Node(builder.start(), started);
  }

  /** Where the master listens. */
  String url() throws InterruptedException, NoClusterException {
    return master.await();
  }

  /** SIGKILL to the worker that has this executor, and to its executors. */
  void killWorkerOf(String executor) {
    for (int i = 0; i < workers.size(); i++) {
      // An executor has a folder in that of its application.
      try (Stream<Path> applications = Files.list(work(folder, i))) {
        if (applications.anyMatch(each -> Files.isDirectory(each.resolve(executor)))) {
          workers.get(i).kill();
          return;
        }
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
    throw new AssertionError("no worker has executor " + executor);
  }

  @Override
  public void close() {
    workers.forEach(Node::kill);
    master.kill();
    // JUnit warns of each link that it finds.
    try (Stream<Path> links = Files.list(jars(folder))) {
      for (Path each : links.toList()) {
        Files.delete(each);
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
