// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A serial port through jSerialComm: 8 data bits, no parity, one stop bit; with flow control by RTS
 * and CTS where it is wanted, which Z-Stack does not have. A pseudo-terminal or a link to a port
 * will do as well.
 */
final class SerialLine extends ThreadedPort {
  private static final int DATA_BITS = 8;

  /** A read without octets returns after this: the longest that closing has to wait. */
  private static final int READ_MILLIS = 500;

  private final String path;
  private final int baud;
  private final boolean hardwareFlowControl;
  private @Nullable SerialPort port;

  private SerialLine(String path, int baud, boolean hardwareFlowControl, Receiver receiver) {
    super(path, receiver);
    this.path = path;
    this.baud = baud;
    this.hardwareFlowControl = hardwareFlowControl;
  }

  static Opener opener(String path, int baud, boolean hardwareFlowControl) {
    return new Opener() {
      @Override
      public BytePort open(Receiver receiver) {
        SerialLine line = new SerialLine(path, baud, hardwareFlowControl, receiver);
        line.start();
        return line;
      }

      @Override
      public String name() {
        return path;
      }
    };
  }

  @Override
  void openNow() throws IOException {
    SerialPort found;
    try {
      // By path each time: a stick that was pulled out and put back is another device.
      found = SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException absent) {
      throw failure("no such port: " + path, absent);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError broken) {
      throw failure(
          "jSerialComm's native library cannot be loaded; it is unpacked into the temporary folder,"
              + " or found through -DjSerialComm.library.path: "
              + broken.getMessage(),
          broken);
    }
    found.setComPortParameters(baud, DATA_BITS, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    found.setFlowControl(
        hardwareFlowControl
            ? SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED
            : SerialPort.FLOW_CONTROL_DISABLED);
    found.setComPortTimeouts(
        SerialPort.TIMEOUT_READ_SEMI_BLOCKING | SerialPort.TIMEOUT_WRITE_BLOCKING, READ_MILLIS, 0);
    if (!found.openPort()) {
      throw failure(refusal(found.getLastErrorCode()), null);
    }
    // Both in one call: on many sticks one of them alone holds reset or starts the bootloader.
    found.setDTRandRTS(true, true);
    found.flushIOBuffers();
    port = found;
  }

  private String refusal(int error) {
    String cure =
        switch (error) {
          case 2 -> ": there is no such port, or this process has it open already";
          case 11 -> ": another program has it open";
          case 21, 25 -> ": that is no serial port";
          case 13 -> ": no permission; is the user in the group of serial ports?";
          default -> "";
        };
    return "cannot open " + path + " (error " + error + ")" + cure;
  }

  @Override
  int readNow(byte[] buffer) throws IOException {
    SerialPort current = port;
    // isOpen() stays true after an unplug; only the read tells.
    int count = current == null ? -1 : current.readBytes(buffer, buffer.length);
    if (count < 0) {
      throw failure(path + " is gone", null);
    }
    return count;
  }

  @Override
  void writeNow(Octets octets) throws IOException {
    SerialPort current = port;
    byte[] array = octets.toByteArray();
    int written = current == null ? -1 : current.writeBytes(array, array.length);
    if (written != array.length) {
      throw failure(path + " took " + written + " of " + array.length + " octets", null);
    }
  }

  @Override
  void closeNow() {
    SerialPort current = port;
    if (current != null) {
      current.closePort();
    }
  }
}
