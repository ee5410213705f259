// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.testing.Shared;
import org.hanota.transport.grpc.v1.ControlProto;
import org.hanota.transport.grpc.v1.HanProto;
import org.hanota.transport.grpc.v1.WanProto;
import org.junit.jupiter.api.Test;

/** What is published may be added to and never changed. */
class ContractTest {
  private static final Path GOLDEN =
      Shared.root().resolve("transport-grpc/src/test/resources/hanota-v1.golden");

  @Test
  void everythingThatWasPublishedIsStillThere() throws IOException {
    Set<String> now = new TreeSet<>();
    for (FileDescriptor file :
        List.of(HanProto.getDescriptor(), ControlProto.getDescriptor(), WanProto.getDescriptor())) {
      lines(file.toProto(), now);
    }
    if (Boolean.getBoolean("hanota.golden")) {
      Files.write(GOLDEN, now);
    }
    assertThat(now)
        .as("lines may be added with -Dhanota.golden=true, never taken away")
        .containsAll(Files.readAllLines(GOLDEN));
    assertThat(Files.readAllLines(GOLDEN)).containsAll(now);
  }

  private static void lines(FileDescriptorProto file, Set<String> out) {
    file.getMessageTypeList().forEach(message -> lines(file.getPackage(), message, out));
    file.getEnumTypeList().forEach(values -> lines(file.getPackage(), values, out));
    file.getServiceList()
        .forEach(
            service ->
                service
                    .getMethodList()
                    .forEach(
                        method ->
                            out.add(
                                "rpc "
                                    + file.getPackage()
                                    + "."
                                    + service.getName()
                                    + "/"
                                    + method.getName()
                                    + (method.getClientStreaming() ? " stream " : " ")
                                    + method.getInputType()
                                    + (method.getServerStreaming() ? " stream " : " ")
                                    + method.getOutputType())));
  }

  private static void lines(String scope, DescriptorProto message, Set<String> out) {
    String name = scope + "." + message.getName();
    for (FieldDescriptorProto field : message.getFieldList()) {
      out.add(
          "field "
              + name
              + "."
              + field.getName()
              + " = "
              + field.getNumber()
              + " "
              + field.getType()
              + " "
              + field.getTypeName()
              + " "
              + field.getLabel()
              + (field.getProto3Optional() ? " optional" : "")
              + (field.hasOneofIndex()
                  ? " in " + message.getOneofDecl(field.getOneofIndex()).getName()
                  : ""));
    }
    message.getNestedTypeList().forEach(nested -> lines(name, nested, out));
    message.getEnumTypeList().forEach(values -> lines(name, values, out));
  }

  private static void lines(String scope, EnumDescriptorProto values, Set<String> out) {
    values
        .getValueList()
        .forEach(
            value ->
                out.add(
                    "value "
                        + scope
                        + "."
                        + values.getName()
                        + "."
                        + value.getName()
                        + " = "
                        + value.getNumber()));
  }

  @Test
  void aFrameComesBackFromTheContractAsItWas() {
    org.hanota.api.transport.Frame frame = Han.frame(Han.device(1), Han.HUB, "0102030405");
    assertThat(FrameCodec.decode(FrameCodec.encode(frame, 7))).isEqualTo(frame);
    assertThat(FrameCodec.encode(frame, 7).getSequence()).isEqualTo(7);
  }
}
