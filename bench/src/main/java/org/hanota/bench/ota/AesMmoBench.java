// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.ota;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.crypto.MultiBlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hanota.api.Octets;
import org.hanota.bench.SideBySide;
import org.hanota.otaformat.AesMmo;

/** P3: AES-MMO over 1 MiB, where every block is a new key. */
public final class AesMmoBench {
  private static final int MIB = 1 << 20;
  private static final int BLOCK = 16;
  private static final int ROUNDS = 7;

  private AesMmoBench() {}

  /** Prints ours beside Bouncy Castle and, where it can be compiled, OpenSSL. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  /** Measures and prints. */
  public static List<SideBySide.Result> run(PrintStream out) {
    byte[] message = new byte[MIB];
    for (int i = 0; i < MIB; i++) {
      message[i] = (byte) (i * 7);
    }
    Octets octets = Octets.wrap(message);
    AesMmo hash = new AesMmo();
    SideBySide.Work ours =
        times -> {
          long kept = 0;
          for (int i = 0; i < times; i++) {
            hash.accept(octets);
            kept += hash.finish().at(0);
          }
          return kept;
        };
    List<SideBySide.Result> results = new ArrayList<>();
    results.add(
        SideBySide.compare(
            "P3",
            "AES-MMO of 1 MiB (want 4)",
            ours,
            "Bouncy Castle AESEngine re-keyed",
            times -> byBouncyCastle(message, times)));
    openSsl(octets, ours, results, out);
    results.forEach(out::println);
    return results;
  }

  private static long byBouncyCastle(byte[] message, int times) {
    byte[] hash = new byte[BLOCK];
    byte[] encrypted = new byte[BLOCK];
    MultiBlockCipher aes = AESEngine.newInstance();
    long kept = 0;
    for (int i = 0; i < times; i++) {
      Arrays.fill(hash, (byte) 0);
      for (int at = 0; at < message.length; at += BLOCK) {
        aes.init(true, new KeyParameter(hash));
        aes.processBlock(message, at, encrypted, 0);
        for (int j = 0; j < BLOCK; j++) {
          hash[j] = (byte) (encrypted[j] ^ message[at + j]);
        }
      }
      kept += hash[0];
    }
    return kept;
  }

  /** Runs the C program and ours in turns: each round of it prints its own speed. */
  private static void openSsl(
      Octets message, SideBySide.Work ours, List<SideBySide.Result> results, PrintStream out) {
    try {
      Path program = compile();
      double[] a = new double[ROUNDS];
      double[] b = new double[ROUNDS];
      String hash = "";
      for (int i = 0; i < ROUNDS; i++) {
        String[] printed = output(new ProcessBuilder(program.toString())).strip().split(" ", -1);
        b[i] = Double.parseDouble(printed[0]);
        hash = printed[1];
        a[i] = oneRound(ours);
      }
      String own = AesMmo.of(message).toHex();
      if (!hash.equals(own)) {
        throw new AssertionError("OpenSSL's hash is " + hash + ", ours " + own);
      }
      Arrays.sort(a);
      Arrays.sort(b);
      results.add(
          new SideBySide.Result(
              "P3",
              "AES-MMO of 1 MiB (want 1.3)",
              a[ROUNDS / 2],
              "OpenSSL EVP re-keyed",
              b[ROUNDS / 2]));
    } catch (IOException e) {
      out.println("P3   OpenSSL not measured: " + e.getMessage());
    }
  }

  private static double oneRound(SideBySide.Work work) {
    int times = 40;
    long start = System.nanoTime();
    long kept = work.run(times);
    double seconds = (System.nanoTime() - start) / 1e9;
    return kept == Long.MIN_VALUE ? 0 : times / seconds;
  }

  private static Path compile() throws IOException {
    Path folder = Files.createTempDirectory("hanota-bench");
    Path source = folder.resolve("aes_mmo.c");
    try (InputStream in = AesMmoBench.class.getResourceAsStream("aes_mmo.c")) {
      if (in == null) {
        throw new IOException("aes_mmo.c is not in the jar");
      }
      Files.copy(in, source);
    }
    Path program = folder.resolve("aes_mmo");
    output(
        new ProcessBuilder("gcc", "-O2", "-o", program.toString(), source.toString(), "-lcrypto"));
    return program;
  }

  private static String output(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        String line = text.lines().findFirst().orElse("no output");
        throw new IOException(
            String.format(Locale.ROOT, "%s failed: %s", builder.command().get(0), line));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return text;
  }
}
